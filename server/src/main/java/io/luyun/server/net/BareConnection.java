package io.luyun.server.net;

import io.luyun.proto.json.Bounds;
import io.luyun.server.monitor.Counters;
import io.luyun.server.mqtt.MqttConfig;
import io.luyun.server.session.DeviceRegistry;
import io.luyun.server.session.Line;
import io.luyun.server.session.SessionConfig;
import io.luyun.server.session.Sessions;
import io.netty.channel.Channel;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The device port without a socket: what one connection does is put into a channel of the caller's, on whose thread all of it
 * runs. For measuring what a peer's bytes cost, and for trying out what peers may send.
 *
 * <pre>
 *   bytes ─▶ channel ─▶ DeviceChannel or MqttChannel ─▶ Session ─▶ the caller's Line
 * </pre>
 */
public final class BareConnection implements AutoCloseable {
    private final NetConfig config;
    private final DeviceServer server;
    private final @Nullable Bounds zone;

    /**
     * One that is never started and listens nowhere.
     *
     * @param zone where coordinates of JSON may lie; null for anywhere
     */
    public BareConnection(
            final DeviceRegistry registry,
            final Line line,
            final EpochNanoClock clock,
            final Counters counters,
            final ErrorHandler errors,
            final @Nullable Bounds zone) {
        config = NetConfig.insecure(0);
        this.zone = zone;
        server = new DeviceServer(config, SessionConfig.defaults(), registry, line, clock, counters, errors);
    }

    /** Speaks the server's own language on a channel that has an event loop of its own. */
    public Sessions speak(final Channel channel) {
        final NetLoop loop = loop(channel);
        channel.pipeline().addLast(new DeviceChannel(loop));
        return loop.sessions();
    }

    /** The same over MQTT. */
    public Sessions speakMqtt(final Channel channel, final MqttConfig mqtt) {
        final NetLoop loop = loop(channel);
        final MqttEndpoint endpoint = new MqttEndpoint(mqtt, zone, server.environment(), new NetLoop[] {loop});
        endpoint.speakOn(channel, loop);
        return loop.sessions();
    }

    private NetLoop loop(final Channel channel) {
        return new NetLoop(
                channel.eventLoop(),
                new Sessions(0, server.environment()),
                server,
                config,
                NetTimes.of(config, SessionConfig.defaults().idleTimeoutMillis()),
                new BurstPause(0),
                server.environment());
    }

    @Override
    public void close() {
        server.close();
    }
}
