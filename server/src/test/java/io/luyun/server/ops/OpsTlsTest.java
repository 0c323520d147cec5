package io.luyun.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.luyun.server.monitor.Counter;
import io.luyun.server.net.Certificates;
import io.luyun.server.tls.TlsFiles;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP face behind its own TLS, with the JDK's clients. */
final class OpsTlsTest {
    private static final int FILE_BYTES = 3_000_017;

    private @TempDir Path directory;
    private Path file;
    private OpsRig rig;

    @BeforeEach
    void start() throws Exception {
        final Certificates certificates = Certificates.make(directory);
        file = directory.resolve("window.mcap");
        final byte[] bytes = new byte[FILE_BYTES];
        new Random(7).nextBytes(bytes);
        Files.write(file, bytes);
        final Route download =
                Route.slow("/api/v1/file", Scope.READ, _ -> Answer.file("application/octet-stream", file));
        rig = new OpsRig(directory, true, List.of(download), _ -> new Greeting(), certificates.trusting());
    }

    @AfterEach
    void closeAndExpectNoErrors() {
        rig.close();
        assertThat(rig.errors.distinct()).isZero();
    }

    @Test
    void aBrowserGetsThePageAndACookieThatNeverTravelsInTheClear() throws Exception {
        assertThat(rig.send("/", null).body()).contains("<html");
        final HttpResponse<String> answer =
                rig.send("/api/v1/session", "{\"token\":\"" + OpsRig.OPERATOR + "\"}", "origin", rig.origin());
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("set-cookie").orElseThrow())
                .contains("HttpOnly")
                .endsWith("; Secure");
        assertThat(rig.send("/api/v1/session", null, "cookie", rig.login(OpsRig.READER))
                        .body())
                .contains("\"reader\"");
        assertThat(rig.send("/api/v1/nothing", null).statusCode()).isEqualTo(404);
    }

    /** Whoever is between can put up a page under the same name without encryption. */
    @Test
    void aPageThatCameInTheClearIsFromElsewhere() throws Exception {
        final String clear = rig.origin().replace("https", "http");
        assertThat(rig.send("/api/v1/session", "{\"token\":\"" + OpsRig.READER + "\"}", "origin", clear)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aFileComesWholeAndTheConnectionGoesOn() throws Exception {
        final HttpRequest request = HttpRequest.newBuilder(URI.create(rig.origin() + "/api/v1/file"))
                .header("authorization", "Bearer " + OpsRig.READER)
                .build();
        for (int i = 0; i < 2; i++) {
            final HttpResponse<byte[]> answer = rig.client.send(request, BodyHandlers.ofByteArray());
            assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(FILE_BYTES);
            assertThat(answer.body()).isEqualTo(Files.readAllBytes(file));
        }
    }

    @Test
    void aWebSocketIsEncryptedToo() throws Exception {
        final CompletableFuture<Integer> length = new CompletableFuture<>();
        final WebSocket socket = rig.client
                .newWebSocketBuilder()
                .header("cookie", rig.login(OpsRig.READER))
                .header("origin", rig.origin())
                .buildAsync(URI.create(rig.origin().replace("https", "wss") + Live.PATH), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onBinary(
                            final WebSocket from, final ByteBuffer data, final boolean last) {
                        length.complete(data.remaining());
                        return null;
                    }
                })
                .get(5, TimeUnit.SECONDS);
        assertThat(length.get(5, TimeUnit.SECONDS)).isEqualTo(24);
        socket.abort();
    }

    @Test
    void aClientThatDoesNotEncryptIsNoErrorOfTheServer() throws Exception {
        assertThat(rig.raw("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")).doesNotContain("HTTP/1.1");
        await().untilAsserted(
                        () -> assertThat(rig.counters.get(Counter.HTTP_REFUSED)).isOne());
        assertThat(rig.send("/livez", null).statusCode()).isEqualTo(200);
    }

    @Test
    void aCertificateThatIsNoneIsOneClearLine() {
        assertThatThrownBy(() -> new OpsConfig.Tls(true, "", "server.key"))
                .hasMessage("ops.tls.certificate = \"\": must name a file");
        assertThatThrownBy(() -> TlsFiles.load(new OpsConfig.Tls(true, "absent.pem", "absent.key").settings()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ops.tls: certificate absent.pem, key absent.key: ");
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is not written is not heard, and the test fails
    private static final class Greeting extends ChannelInboundHandlerAdapter {
        @Override
        public void handlerAdded(final ChannelHandlerContext context) {
            context.writeAndFlush(
                    new BinaryWebSocketFrame(context.alloc().buffer(24).writeZero(24)));
        }
    }
}
