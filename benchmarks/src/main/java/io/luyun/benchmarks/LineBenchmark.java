package io.luyun.benchmarks;

import io.luyun.proto.v1.AckLevel;
import io.luyun.server.LuyunServer;
import io.luyun.server.ServerConfig;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The whole line over loopback: 32 vehicles send 8 messages each, and the operation ends when all are acknowledged as
 * appended; the client is part of it. {@link #echo} is the reference, the same bytes through bare Netty. How much CPU the
 * server alone takes for a message tells {@code luyun bench line}.
 */
@NullUnmarked // JMH sets up before it runs
public class LineBenchmark {
    private static final int VEHICLES = 32;
    private static final int FRAMES = 8;
    private static final long WARM_UP_NS = TimeUnit.SECONDS.toNanos(4);

    /** The other end, and a connection to it for each vehicle. */
    public abstract static class Clients {
        private final Fleet fleet = new Fleet(VEHICLES);
        private final Peer[] peers = new Peer[VEHICLES];
        private final SocketChannel[] channels = new SocketChannel[VEHICLES];
        private final ByteBuffer burst = ByteBuffer.allocateDirect(8_192);

        final void connect(final int port, final boolean echo) throws IOException {
            final long bootEpoch = System.currentTimeMillis();
            for (int i = 0; i < VEHICLES; i++) {
                channels[i] = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channels[i].setOption(StandardSocketOptions.TCP_NODELAY, true);
                if (!echo) {
                    PeerGroup.greet(channels[i], i, bootEpoch, AckLevel.ACK_LEVEL_APPENDED);
                }
                peers[i] = new Peer(channels[i], echo);
            }
        }

        /** The server's many paths take longer to be compiled than JMH warms up in a short run. */
        final void warmUp() throws IOException {
            final long end = System.nanoTime() + WARM_UP_NS;
            while (System.nanoTime() < end) {
                exchange();
            }
        }

        final void disconnect() throws IOException {
            for (final SocketChannel channel : channels) {
                channel.close();
            }
        }

        final long exchange() throws IOException {
            final long nowNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
            for (int i = 0; i < VEHICLES; i++) {
                burst.clear();
                for (int frame = 0; frame < FRAMES; frame++) {
                    burst.put(fleet.report(i, nowNs).bytes());
                }
                peers[i].send(burst.flip(), fleet.number());
            }
            for (final Peer peer : peers) {
                while (!peer.settled()) {
                    peer.receive();
                }
                if (peer.refused() > 0) {
                    throw new IllegalStateException("refused");
                }
            }
            return nowNs;
        }
    }

    /** A Luyun server. */
    @State(Scope.Thread)
    public static class Server extends Clients {
        private Scratch scratch;
        private LuyunServer server;

        @Setup(Level.Trial)
        public void open() throws IOException {
            scratch = Scratch.create();
            server = LuyunServer.launch(ServerConfig.load(ServerFile.write(scratch.path(), VEHICLES, 0)));
            connect(server.devicePort(), false);
            warmUp();
        }

        @TearDown(Level.Trial)
        public void close() throws IOException {
            disconnect();
            server.close();
            scratch.close();
        }
    }

    /** A bare Netty echo. */
    @State(Scope.Thread)
    public static class Echo extends Clients {
        private EventLoopGroup group;
        private Channel listener;

        @Setup(Level.Trial)
        public void open() throws IOException, InterruptedException {
            group = EchoCommand.group();
            listener = EchoCommand.listen(group);
            connect(EchoCommand.port(listener), true);
        }

        @TearDown(Level.Trial)
        public void close() throws IOException {
            disconnect();
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    /** One message. */
    @Benchmark
    @OperationsPerInvocation(VEHICLES * FRAMES)
    public long acknowledged(final Server server) throws IOException {
        return server.exchange();
    }

    /** Reference: one message there and back. */
    @Benchmark
    @OperationsPerInvocation(VEHICLES * FRAMES)
    public long echo(final Echo echo) throws IOException {
        return echo.exchange();
    }
}
