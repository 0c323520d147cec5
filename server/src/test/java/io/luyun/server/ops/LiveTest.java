package io.luyun.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a connection becomes a WebSocket, and what keeps others from it. */
@SuppressWarnings("FutureReturnValueIgnored") // what is not written is not heard, and the test fails
final class LiveTest {
    private @TempDir Path directory;
    private OpsRig rig;
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void closeAndExpectNoErrors() {
        rig.close();
        client.shutdownNow();
        assertThat(rig.errors.distinct()).isZero();
    }

    @Test
    void aPageOfThisServerOpensOneAndBothSidesTalk() throws Exception {
        rig = new OpsRig(directory, true, List.of(), new Echoes());
        final String cookie = rig.login(OpsRig.READER);
        final WebSocket socket = open("cookie", cookie, "origin", rig.origin());
        await().untilAsserted(() -> assertThat(heard).containsExactly("hello reader"));
        final String longest = "x".repeat(60_000);
        socket.sendText(longest.substring(0, 30_000), false).join();
        socket.sendText(longest.substring(30_000), true).join();
        await().untilAsserted(() -> assertThat(heard).contains("back " + longest));
        socket.sendPing(ByteBuffer.wrap(new byte[] {7})).join();
        await().untilAsserted(() -> assertThat(heard).contains("pong 7"));
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").join();
        await().untilAsserted(() -> assertThat(heard).contains("closed 1000"));
        assertThat(taken).containsExactly("reader");
    }

    @Test
    void othersGetAnAnswerThatSaysWhyNot() throws Exception {
        rig = new OpsRig(directory, true, List.of(), new Echoes());
        final String bearer = "Bearer " + OpsRig.READER;
        assertThat(refusal("origin", rig.origin())).isEqualTo(401);
        assertThat(refusal("authorization", "Bearer wrong")).isEqualTo(401);
        assertThat(refusal("authorization", bearer, "origin", "http://elsewhere.example"))
                .isEqualTo(403);
        assertThat(refusal("cookie", rig.login(OpsRig.READER))).isEqualTo(403);
        assertThat(rig.send(Live.PATH, null, "authorization", bearer).statusCode())
                .isEqualTo(426);
        assertThat(taken).isEmpty();
        open("authorization", bearer);
        await().untilAsserted(() -> assertThat(taken).containsExactly("reader"));
    }

    @Test
    void itEndsWithTheSession() throws Exception {
        rig = new OpsRig(directory, true, List.of(), new Echoes());
        open("cookie", rig.login(OpsRig.READER), "origin", rig.origin());
        await().untilAsserted(() -> assertThat(heard).containsExactly("hello reader"));
        rig.now = rig.now.plusSeconds(3_600);
        await().atMost(15, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(heard).contains("closed 1008"));
    }

    @Test
    void itEndsWithItsTokenAndWhenTheTokenMayLess() throws Exception {
        rig = new OpsRig(directory, true, List.of(), new Echoes());
        open("authorization", "Bearer " + OpsRig.READER);
        await().untilAsserted(() -> assertThat(heard).containsExactly("hello reader"));
        open("authorization", "Bearer " + OpsRig.OPERATOR);
        await().untilAsserted(() -> assertThat(heard).containsExactly("hello reader", "hello operator"));
        Files.writeString(rig.tokens, "operator:read:" + Logins.sha256(OpsRig.OPERATOR) + "\n");
        await().atMost(15, TimeUnit.SECONDS).untilAsserted(() -> {
            rig.now = rig.now.plusSeconds(1);
            assertThat(heard)
                    .containsOnlyOnce("hello reader")
                    .filteredOn("closed 1008"::equals)
                    .hasSize(2);
        });
    }

    /** Found by fuzzing: it was counted as an error of the server. */
    @Test
    void whoGoesInTheMiddleOfAMessageIsNoError() throws Exception {
        rig = new OpsRig(directory, false, List.of(), new Echoes());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.server.port())) {
            socket.getOutputStream()
                    .write(("GET /api/v1/live HTTP/1.1\r\nHost: localhost:" + rig.server.port() + "\r\nOrigin: "
                                    + rig.origin()
                                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
                    .isEqualTo("HTTP/1.1 101");
            // the first of several parts of a text
            socket.getOutputStream().write(new byte[] {0x01, (byte) 0x81, 0, 0, 0, 0, 'a'});
        }
        open("origin", rig.origin()).sendText("b", true).join();
        await().untilAsserted(() -> assertThat(heard).contains("hello local"));
    }

    /** Found by fuzzing: the handshake failed as an error of the server, without an answer. */
    @Test
    void aHandshakeThatDoesNotAskForTheUpgradeIsRefused() throws Exception {
        rig = new OpsRig(directory, false, List.of(), new Echoes());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.server.port())) {
            socket.getOutputStream()
                    .write(("GET /api/v1/live HTTP/1.1\r\nHost: localhost:" + rig.server.port() + "\r\nOrigin: "
                                    + rig.origin() + "\r\nUpgrade: websocket\r\nConnection: keep-alive\r\n"
                                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
                    .isEqualTo("HTTP/1.1 426");
        }
    }

    @Test
    void aFrameHasABound() throws Exception {
        rig = new OpsRig(directory, false, List.of(), new Echoes());
        final WebSocket socket = open("origin", rig.origin());
        await().untilAsserted(() -> assertThat(heard).containsExactly("hello local"));
        for (int i = 0; i < 3; i++) {
            socket.sendText("x".repeat(30_000), i == 2).join();
        }
        await().untilAsserted(() -> assertThat(heard).contains("closed 1009"));
    }

    @Test
    void withoutSomebodyWhoTakesItOverItIsNotReady() throws Exception {
        rig = new OpsRig(directory, false, List.of(), null);
        assertThat(refusal("origin", rig.origin())).isEqualTo(503);
    }

    private int refusal(final String... headers) {
        try {
            open(headers);
            return 101;
        } catch (final CompletionException e) {
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
    }

    private WebSocket open(final String... headers) {
        final WebSocket.Builder builder = client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return builder.buildAsync(URI.create("ws://localhost:" + rig.server.port() + Live.PATH), new Listener())
                .join();
    }

    private final class Echoes implements LiveSockets {
        @Override
        public ChannelHandler open(final Caller caller) {
            taken.add(caller.name());
            return new SimpleChannelInboundHandler<WebSocketFrame>() {
                @Override
                public void handlerAdded(final ChannelHandlerContext context) {
                    context.writeAndFlush(new TextWebSocketFrame("hello " + caller.name()));
                }

                @Override
                protected void channelRead0(final ChannelHandlerContext context, final WebSocketFrame frame) {
                    if (frame instanceof final TextWebSocketFrame text) {
                        context.writeAndFlush(new TextWebSocketFrame("back " + text.text()));
                    }
                }
            };
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(final WebSocket socket, final CharSequence data, final boolean last) {
            text.append(data);
            if (last) {
                heard.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(final WebSocket socket, final ByteBuffer message) {
            heard.add("pong " + message.get());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(final WebSocket socket, final int status, final String reason) {
            heard.add("closed " + status);
            return null;
        }
    }
}
