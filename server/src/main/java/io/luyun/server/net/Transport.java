package io.luyun.server.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.io.IOException;

/** What carries the connections of devices: event loops, and a way to listen. Sockets, unless somebody simulates them. */
public abstract class Transport {
    /** TCP sockets. */
    public static Transport sockets(final NetConfig config) {
        return new SocketTransport(config);
    }

    /** One of its event loops; another one at each call, as many as the server has. */
    public abstract EventLoop loop();

    /** Listens on a port of the configured address; each connection is given to a loop and gets this handler there. */
    public abstract Channel listen(int port, ChannelHandler each) throws IOException;

    /** Its name. */
    public abstract String name();

    /** Ends the loops. */
    public abstract void close();

    /** How a loop waits for bursts. */
    BurstPause pauseOf(final EventLoop loop) {
        return new BurstPause(0);
    }
}
