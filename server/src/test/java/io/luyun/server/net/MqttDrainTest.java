package io.luyun.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.json.RoadsideJson;
import io.luyun.server.monitor.Counters;
import io.luyun.server.mqtt.DownRequests;
import io.luyun.server.mqtt.Downlink;
import io.luyun.server.mqtt.MqttConfig;
import io.luyun.server.mqtt.MqttShared;
import io.luyun.server.mqtt.MqttStats;
import io.luyun.server.mqtt.PayloadReader;
import io.luyun.server.mqtt.SessionStates;
import io.luyun.server.mqtt.TopicTable;
import io.luyun.server.payment.PaymentPost;
import io.luyun.server.session.ControlRecords;
import io.luyun.server.session.DeviceRegistry;
import io.luyun.server.session.Sessions;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that was accepted just before the server began to end. */
@ExtendWith(LeakGuard.class)
final class MqttDrainTest {
    /** Version 5, clean, client id "rsu-1". */
    private static final byte[] CONNECT =
            HexFormat.of().parseHex("1012" + "00044d515454" + "05" + "02" + "0001" + "00" + "0005" + "7273752d31");

    private final MemoryLine line = new MemoryLine();
    private final Counters counters = new Counters();
    private final SystemEpochNanoClock clock = new SystemEpochNanoClock();
    private final ControlRecords control = new ControlRecords(line);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatComesWhileTheServerDrainsIsNotTaken(final boolean draining) {
        final NetConfig net = Rig.Configs.net();
        final Sessions.Environment env = new Sessions.Environment(
                Rig.Configs.session(), DeviceRegistry.everyone(), line, control, clock, counters, true, 65_536, "test");
        final DefaultEventLoop executor = new DefaultEventLoop();
        try (DeviceServer server = new DeviceServer(
                net,
                env.config(),
                env.registry(),
                line,
                clock,
                counters,
                e -> assertThat(e).isNull())) {
            final NetLoop loop = new NetLoop(
                    executor, new Sessions(0, env), server, net, NetTimes.of(net, 30_000), new BurstPause(0), env);
            final MqttChannel connection = new MqttChannel(loop, shared());
            final EmbeddedChannel channel = new EmbeddedChannel();
            connection.addTo(channel.pipeline());
            if (draining) {
                loop.drain(() -> {});
            }
            channel.writeInbound(Unpooled.copiedBuffer(CONNECT));

            assertThat(connection.session().opening()).isEqualTo(!draining);
            channel.finishAndReleaseAll();
        } finally {
            executor.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private MqttShared shared() {
        final TopicTable topics = TopicTable.load("");
        return new MqttShared(
                MqttConfig.on(0),
                new SessionStates(control, counters, clock),
                topics,
                new PayloadReader(new RoadsideJson(null)),
                new Downlink(topics),
                new DownRequests(),
                new PaymentPost(300, (_, _, answer) -> answer.delivered(false), counters),
                new MqttStats(topics));
    }
}
