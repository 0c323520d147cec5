package io.luyun.server.ops;

import io.luyun.server.monitor.Descriptors;
import io.luyun.server.monitor.Settings;
import io.luyun.server.tls.TlsFiles;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP face: health, metrics, state, the operations page and everything it asks. It has one thread of its own, so that a scrape
 * never stands in the way of the line; answers out of files come from further threads. Not thread-safe itself: one owner starts and
 * closes it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the samples let nothing through
public final class OpsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpsServer.class);
    private static final int MAX_LINE_BYTES = 2_048;
    private static final int MAX_HEADER_BYTES = 8_192;
    private static final int MAX_CHUNK_BYTES = 8_192;
    /** Where more come at once than this, the kernel lets the others in a second later, or forgets them. */
    private static final int BACKLOG = 1_024;

    private static final int BURST = 4;
    private static final int FAILURES_PER_MINUTE = 5;
    private static final int REFUSALS_PER_MINUTE = 30;
    private static final double SECONDS_PER_MINUTE = 60;

    private final OpsConfig config;
    private final OpsEnvironment env;
    private final StateRoutes state;
    private final Figures figures;
    private final Reception reception;
    private final Live live;
    private final Workers workers = new Workers();
    private final boolean loopback;
    private final @Nullable TlsFiles tls;
    private @Nullable EventLoopGroup loop;
    private @Nullable Channel listener;

    /**
     * One that is not started.
     *
     * @param more routes besides those of the server's own state and of logging in
     * @param sockets takes over WebSockets; null where there are none
     * @throws IllegalArgumentException when a file of tokens or of TLS is not right; one line
     */
    public OpsServer(
            final OpsConfig config,
            final OpsSource source,
            final OpsEnvironment env,
            final List<Route> more,
            final @Nullable LiveSockets sockets) {
        this.config = config;
        this.env = env;
        final boolean encrypted = config.tls().enabled();
        tls = encrypted ? TlsFiles.load(config.tls().settings()) : null;
        loopback = Settings.isLoopback("ops.host", config.host());
        state = new StateRoutes(source, env.counters(), env.latencies(), loopback);
        final Duration longest = Duration.ofMinutes(config.sessionMinutes());
        final Logins logins = new Logins(tokens(config.tokens()), longest, env.clock());
        final RateLimit failures =
                new RateLimit(FAILURES_PER_MINUTE / SECONDS_PER_MINUTE, FAILURES_PER_MINUTE, env.clock());
        final Changes changes = new Changes(env.audit());
        final List<Route> routes = new ArrayList<>(state.routes());
        routes.addAll(new SessionRoutes(encrypted, logins, changes, longest, failures).routes());
        figures = new Figures(env, env.data());
        routes.addAll(figures.routes());
        routes.addAll(new AuditRoutes(env.audit()).routes());
        routes.add(Live.route());
        more.forEach(route -> routes.add(written(route, changes)));
        final Refusals refusals = new Refusals(
                changes,
                workers,
                new RateLimit(REFUSALS_PER_MINUTE / SECONDS_PER_MINUTE, REFUSALS_PER_MINUTE, env.clock()),
                env.errors());
        final Door door = new Door(encrypted, logins, rate(), rate(), failures, refusals);
        reception = new Reception(new Router(routes), door, PageFiles.packed(), workers, env.errors());
        live = new Live(door, sockets, env.errors());
    }

    private RateLimit rate() {
        return new RateLimit(config.requestsPerSecond(), (double) BURST * config.requestsPerSecond(), env.clock());
    }

    private static @Nullable TokenFile tokens(final String file) {
        if (file.isEmpty()) {
            return null;
        }
        try {
            return TokenFile.load(Path.of(file));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("ops.tokens = " + file + ": " + e.getMessage(), e);
        }
    }

    /** The same route, which writes down what it changes. */
    private static Route written(final Route route, final Changes changes) {
        return route.change().isEmpty()
                ? route
                : new Route(
                        route.method(),
                        route.pattern(),
                        route.scope(),
                        route.pace(),
                        route.change(),
                        request -> changes.make(route, request));
    }

    /** What may be asked: method and pattern, such as {@code GET /api/v1/status}. */
    public List<String> routes() {
        return reception.routes().stream()
                .map(route -> route.method() + " " + route.pattern())
                .toList();
    }

    /**
     * Listens.
     *
     * @throws IOException when the address is not to be had
     */
    public void start() throws IOException {
        final InetAddress address = InetAddress.getByName(config.host());
        if (!loopback && tls == null) {
            LOG.warn(
                    "the operations page on {} is not encrypted: what reaches it from elsewhere has to come through"
                            + " something that encrypts, or ops.tls has to be enabled",
                    config.host());
        }
        final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("luyun-ops", true), NioIoHandler.newFactory());
        final Admission admission = new Admission(Descriptors.now().face(config.maxConnections()), env.counters());
        final ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(final SocketChannel channel) {
                        if (admission.admit(channel)) {
                            encrypt(channel);
                            fill(channel.pipeline());
                        }
                    }
                })
                .bind(new InetSocketAddress(address, config.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
            throw new IOException("cannot listen for HTTP on " + config.host() + ":" + config.port(), bound.cause());
        }
        group.next().scheduleAtFixedRate(this::sample, 0, 1, TimeUnit.SECONDS);
        loop = group;
        listener = bound.channel();
    }

    private void encrypt(final SocketChannel channel) {
        if (tls != null) {
            final SslHandler handler = tls.context().newHandler(channel.alloc());
            handler.setHandshakeTimeoutMillis(config.requestTimeoutMillis());
            channel.pipeline().addLast(handler);
        }
    }

    /** A sample that fails must not be the last one. */
    private void sample() {
        try {
            state.look();
            figures.sample(System.nanoTime());
            if (tls != null && tls.reload()) {
                LOG.info("ops.tls read anew");
            }
        } catch (final IllegalArgumentException e) {
            LOG.warn("{}; ops.tls stays as it was", e.getMessage());
        } catch (final RuntimeException e) {
            env.errors().onError(e);
        }
    }

    /** Has a connection spoken with, whatever way it has come; {@link #start} does it for those of the port. */
    public void fill(final ChannelPipeline pipeline) {
        pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxChunkSize(MAX_CHUNK_BYTES)
                .setChunkedSupported(false)));
        if (tls != null) {
            pipeline.addLast(new ChunkedWriteHandler());
        }
        pipeline.addLast(
                new FlowControlHandler(),
                new HttpConnection(
                        reception,
                        live,
                        env.counters(),
                        env.errors(),
                        new Manners(loopback, config.requestTimeoutMillis())));
    }

    /** The port it listens on, after {@link #start()}. */
    public int port() {
        final Channel channel = listener;
        if (channel == null) {
            throw new IllegalStateException("not started");
        }
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Stops listening and closes what is open. */
    @Override
    public void close() {
        final EventLoopGroup group = loop;
        if (group == null) {
            return;
        }
        loop = null;
        final Channel channel = listener;
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
        workers.close();
        group.submit(state::close).awaitUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
