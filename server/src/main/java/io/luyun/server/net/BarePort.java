package io.luyun.server.net;

import io.luyun.server.monitor.Counters;
import io.luyun.server.mqtt.MqttConfig;
import io.luyun.server.session.DeviceRegistry;
import io.luyun.server.session.Line;
import io.luyun.server.session.SessionConfig;
import io.luyun.server.session.Sessions;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The device port without a socket: what a connection does is put into a channel of the caller's, and all of it runs on one
 * thread. For measuring what a peer's bytes cost, and for trying out what peers may send.
 *
 * <pre>
 *   bytes ─▶ channel ─▶ DeviceChannel or MqttChannel ─▶ Session ─▶ the caller's Line
 * </pre>
 */
public final class BarePort implements AutoCloseable {
    private final DeviceServer server;
    private final NetLoop loop;
    private final MqttEndpoint mqtt;

    /**
     * One that is never started and listens nowhere.
     *
     * @param thread what is to be done later is given to it; the caller runs it between the bytes
     */
    public BarePort(
            final EventLoop thread,
            final Line line,
            final EpochNanoClock clock,
            final Counters counters,
            final ErrorHandler errors) {
        final NetConfig config = NetConfig.insecure(0);
        final SessionConfig session = SessionConfig.defaults();
        server = new DeviceServer(config, session, DeviceRegistry.everyone(), line, clock, counters, errors);
        loop = new NetLoop(
                thread,
                new Sessions(0, server.environment()),
                server,
                config,
                NetTimes.of(config, session.idleTimeoutMillis()),
                new BurstPause(0),
                server.environment());
        mqtt = new MqttEndpoint(MqttConfig.on(0), null, server.environment(), new NetLoop[] {loop});
    }

    /** The sessions of all connections; they are to be told what the line has taken. */
    public Sessions sessions() {
        return loop.sessions();
    }

    /** Has a connection spoken with in the server's own language. */
    public void speak(final Channel channel) {
        channel.pipeline().addLast(new DeviceChannel(loop));
    }

    /** The same over MQTT. */
    public void speakMqtt(final Channel channel) {
        mqtt.speakOn(channel, loop);
    }

    @Override
    public void close() {
        server.close();
    }
}
