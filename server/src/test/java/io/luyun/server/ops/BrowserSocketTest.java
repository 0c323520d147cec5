package io.luyun.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.core.CoreConfig;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.live.LiveConfig;
import io.luyun.server.live.LiveHub;
import io.luyun.server.live.LivePipe;
import io.luyun.server.live.LiveRoads;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.luyun.server.site.SiteConfig;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.ZoneMap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The handler of a browser's connection in a channel of the test, over an empty road. */
final class BrowserSocketTest {
    private static final long NOW_NS = 1_790_000_000_000_000_000L;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path directory;

    private final Counters counters = new Counters();
    private final List<Throwable> errors = new ArrayList<>();
    private LiveHub hub;
    private BrowserSockets sockets;

    @BeforeEach
    void open() {
        Journal.open(
                        new JournalConfig(
                                directory.toString(), 2_000, 256, 1_024, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0),
                        () -> NOW_NS,
                        new Counters(),
                        new Latencies(),
                        errors::add)
                .close();
        hub = new LiveHub(
                new LiveConfig(2, 1, 1, 16),
                "test",
                new LivePipe(),
                new LiveRoads(
                        new CoreConfig(
                                ZoneMap.empty(296_000_000, 1_063_000_000),
                                WorldConfig.DEFAULT,
                                SiteConfig.DEFAULT,
                                AlertConfig.DEFAULT),
                        () -> Journal.openReadOnly(directory),
                        () -> Journal.openReadOnly(directory),
                        () -> 0,
                        i -> ""),
                AlertJson::of,
                counters,
                errors::add);
        sockets = new BrowserSockets(hub, () -> NOW_NS, errors::add);
    }

    @AfterEach
    void nothingWentWrong() {
        assertThat(errors).as("errors of the server itself").isEmpty();
    }

    private static JsonNode text(final EmbeddedChannel channel) throws IOException {
        final TextWebSocketFrame frame = channel.readOutbound();
        try {
            return MAPPER.readTree(frame.text());
        } finally {
            frame.release();
        }
    }

    @Test
    void saysWhoItIsAndAnswersTextsAndReleasesThem() throws IOException {
        final EmbeddedChannel channel = new EmbeddedChannel(sockets.open(Caller.LOCAL));
        final JsonNode hello = text(channel);
        assertThat(hello.path("type").asText()).isEqualTo("hello");
        assertThat(hello.path("scopes")).extracting(JsonNode::asText).containsExactly("read", "operate");
        final ByteBuf said = Unpooled.copiedBuffer("{\"type\":\"dance\"}", StandardCharsets.UTF_8);
        channel.writeInbound(new TextWebSocketFrame(said));
        assertThat(text(channel).path("field").asText()).isEqualTo("type");
        assertThat(said.refCnt()).isZero();
        final ByteBuf binary = Unpooled.copiedBuffer(new byte[] {1});
        channel.writeInbound(new BinaryWebSocketFrame(binary));
        assertThat(text(channel).path("rule").asText()).isEqualTo("must be a text");
        assertThat(binary.refCnt()).isZero();
        assertThat(hub.watched()).isTrue();
        channel.close().syncUninterruptibly();
        assertThat(hub.watched()).as("it has left").isFalse();
    }

    @Test
    void whatDoesNotReadIsKeptATimeAndThenClosed() {
        final EmbeddedChannel channel = new EmbeddedChannel(sockets.open(Caller.LOCAL));
        channel.releaseOutbound();
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        for (int i = 0; i < 15; i++) {
            channel.writeInbound(new TextWebSocketFrame("{\"type\":\"dance\"}"));
        }
        assertThat(channel.outboundMessages()).as("all of it waits").isEmpty();
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        channel.runPendingTasks();
        assertThat(channel.outboundMessages()).hasSize(15);
        channel.releaseOutbound();
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        for (int i = 0; i < 400 && channel.isActive(); i++) {
            if (i % 50 == 0) {
                hub.poll(System.nanoTime() + TimeUnit.SECONDS.toNanos(100 + i));
            }
            if (channel.isActive()) { // a look of the hub may have ended it
                channel.writeInbound(new TextWebSocketFrame("{\"type\":\"live\"}"));
            }
        }
        CloseWebSocketFrame last = null;
        for (Object sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
            last = sent instanceof final CloseWebSocketFrame close ? close : last;
        }
        assertThat(last).isNotNull();
        assertThat(last.statusCode()).isEqualTo(1013);
        last.release();
        assertThat(channel.isActive()).isFalse();
        assertThat(counters.get(Counter.LIVE_CLOSED)).isEqualTo(1);
    }

    @Test
    void isPolledWhileItIsThereAndGoesWithTheServer() {
        final EmbeddedChannel channel = new EmbeddedChannel(sockets.open(Caller.LOCAL));
        channel.releaseOutbound();
        channel.advanceTimeBy(50, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        hub.close();
        final CloseWebSocketFrame close = channel.readOutbound();
        assertThat(close.statusCode()).isEqualTo(1001);
        close.release();
        channel.runPendingTasks();
        assertThat(channel.isActive()).isFalse();
        channel.advanceTimeBy(50, TimeUnit.MILLISECONDS);
        assertThat(channel.runScheduledPendingTasks())
                .as("nothing runs any more")
                .isEqualTo(-1);
    }
}
