package io.luyun.server.net;

import io.luyun.proto.json.Bounds;
import io.luyun.server.datagram.UdpConfig;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Descriptors;
import io.luyun.server.mqtt.MqttConfig;
import io.luyun.server.session.ControlRecords;
import io.luyun.server.session.DeviceRegistry;
import io.luyun.server.session.DeviceView;
import io.luyun.server.session.Line;
import io.luyun.server.session.SessionConfig;
import io.luyun.server.session.Sessions;
import io.luyun.server.tls.TlsFiles;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLSession;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The device port: listens, gives each connection to an event loop, and passes between the loops and the line. Its own
 * state is safe for any thread; connections and sessions belong to their loops.
 */
public final class DeviceServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceServer.class);
    private static final long DRAIN_MILLIS = 3_000;
    private static final long GOODBYE_MILLIS = 500;

    private final NetConfig config;
    private final ErrorHandler errors;
    private final Counters counters;
    private final ControlRecords control;
    private final ConnectionLimits limits;
    private final FileWatch watch;
    private final @Nullable TlsFiles tls;
    private final Transport transport;
    private final NetLoop[] loops;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ConcurrentHashMap<Long, LoopChannel> open = new ConcurrentHashMap<>();
    private final AtomicLong synced = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Sessions.Environment env;
    private @Nullable IntSupplier lineWork;
    private @Nullable Channel listener;
    private @Nullable MqttEndpoint mqtt;
    private @Nullable UdpEndpoint udp;

    public DeviceServer(
            final NetConfig config,
            final SessionConfig sessionConfig,
            final DeviceRegistry registry,
            final Line line,
            final EpochNanoClock clock,
            final Counters counters,
            final ErrorHandler errors) {
        this(config, sessionConfig, registry, line, clock, counters, errors, new SocketTransport(config));
    }

    /** The same, carried by something else than sockets. */
    public DeviceServer(
            final NetConfig config,
            final SessionConfig sessionConfig,
            final DeviceRegistry registry,
            final Line line,
            final EpochNanoClock clock,
            final Counters counters,
            final ErrorHandler errors,
            final Transport transport) {
        this.config = config;
        this.transport = transport;
        this.errors = errors;
        this.counters = counters;
        this.control = new ControlRecords(line);
        this.limits = new ConnectionLimits(config.maxConnections(), config.maxConnectionsPerAddress());
        this.tls = config.tls().enabled() ? TlsFiles.load(config.tls().settings()) : null;
        this.watch = new FileWatch(watched(registry, tls), errors);
        final String version = DeviceServer.class.getPackage().getImplementationVersion();
        env = new Sessions.Environment(
                sessionConfig,
                registry,
                line,
                control,
                clock,
                counters,
                config.insecure(),
                config.maxFrameBytes(),
                "luyun " + (version == null ? "(unpackaged)" : version));
        this.loops = new NetLoop[config.loopCount()];
        final NetTimes times = NetTimes.of(config, sessionConfig.idleTimeoutMillis());
        for (int i = 0; i < loops.length; i++) {
            final EventLoop executor = transport.loop();
            final Sessions sessions = new Sessions(i, env);
            loops[i] = new NetLoop(executor, sessions, this, config, times, transport.pauseOf(executor), env);
        }
    }

    /** Shared mode, before start: the event loop runs this after each burst of frames and when time passes. */
    public void driveLine(final IntSupplier work) {
        if (!config.shared()) {
            throw new IllegalStateException("the line has a thread of its own in dedicated mode");
        }
        lineWork = work;
    }

    /** Binds the port and accepts. */
    public void start() throws IOException {
        for (final NetLoop loop : loops) {
            loop.start(lineWork);
        }
        keepDescriptors();
        listener = listen(config.port(), channel -> channel.pipeline().addLast(new DeviceChannel(loopOf(channel))));
        if (mqtt != null) {
            mqtt.start(this);
        }
        if (udp != null) {
            udp.start(transport.name().equals("epoll"));
        }
        if (tls != null || env.registry().mayChange()) {
            watch.start(config.registryPollMillis());
        }
        // without a port nobody comes from outside
        if (config.insecure() && port() > 0) {
            LOG.warn(
                    "insecure mode: connections on {}:{} are not encrypted and devices need no proof",
                    config.host(),
                    port());
        }
    }

    /** A connection too many is better than a journal that cannot open its next file. */
    private void keepDescriptors() {
        final Descriptors descriptors = Descriptors.now();
        final int room = descriptors.devices(config.maxConnections());
        limits.lower(room);
        if (room < config.maxConnections()) {
            LOG.warn(
                    "{} connections of devices at most, not net.maxConnections = {}: this process may have {} descriptors"
                            + " (ulimit -n)",
                    room,
                    config.maxConnections(),
                    descriptors.limit());
        }
    }

    /** Before start: speaks MQTT, too. */
    public MqttEndpoint speakMqtt(final MqttConfig mqttConfig, final @Nullable Bounds zone) {
        final MqttEndpoint endpoint = new MqttEndpoint(mqttConfig, zone, env, loops);
        mqtt = endpoint;
        return endpoint;
    }

    /** Before start: takes datagrams, too. */
    public UdpEndpoint takeDatagrams(final UdpConfig udpConfig) {
        final UdpEndpoint endpoint = new UdpEndpoint(udpConfig, env, loops[0]);
        udp = endpoint;
        return endpoint;
    }

    /** The port bound; 0 before the start. */
    public int port() {
        return portOf(listener);
    }

    static int portOf(final @Nullable Channel bound) {
        return bound != null && bound.localAddress() instanceof InetSocketAddress address ? address.getPort() : 0;
    }

    /** Listens on a port of the configured address; connections are counted, limited and encrypted alike. */
    Channel listen(final int port, final Consumer<Channel> language) throws IOException {
        return transport.listen(port, new ChannelInitializer<>() {
            @Override
            protected void initChannel(final Channel channel) {
                accept(channel, language);
            }
        });
    }

    /** What carries it: {@code epoll} or {@code nio}; empty before the start. */
    public String transport() {
        return listener == null ? "" : transport.name();
    }

    /** Which of its ports is not open, in one line; null when all are. Any thread, after the start. */
    public @Nullable String shut() {
        if (listener == null || !listener.isActive()) {
            return "the device port is not open";
        }
        if (mqtt != null && !mqtt.listening()) {
            return "the MQTT port is not open";
        }
        return udp != null && !udp.listening() ? "the UDP port is not open" : null;
    }

    /** Sessions open now. Any thread. */
    public int sessions() {
        return control.sessions();
    }

    /** The devices of the registry and those with a session. */
    public List<DeviceView> devices() {
        return env.registry().devices(control);
    }

    /** The journal has taken a record. Line thread; in shared mode that is the event loop. */
    public void onAppended(
            final long sessionId, final int kind, final long number, final long sequence, final boolean duplicate) {
        final int loop = Sessions.loopOf(sessionId);
        if (sessionId != 0 && loop < loops.length) {
            loops[loop].onAppended(sessionId, kind, number, sequence, duplicate);
        }
    }

    /** The journal is on the disk up to this sequence. Any thread. */
    public void onSynced(final long sequence) {
        synced.accumulateAndGet(sequence, Math::max);
        for (final NetLoop loop : loops) {
            loop.onSynced();
        }
    }

    /** Whether the session has been welcomed and can take more. Any thread. */
    public boolean ready(final long sessionId) {
        final LoopChannel channel = open.get(sessionId);
        return channel != null && channel.ready();
    }

    /**
     * Sends one complete delimited frame to several sessions; it is copied once. Those that are gone are left out. It
     * leaves at the end of the line's burst. Any thread.
     */
    public void send(
            final long[] sessionIds, final int count, final DirectBuffer frame, final int offset, final int length) {
        final ByteBuf copy = ByteBufAllocator.DEFAULT.directBuffer(length, length);
        try {
            Bytes.copy(frame, offset, length, copy);
            for (final NetLoop loop : loops) {
                if (loop.executor().inEventLoop()) {
                    loop.deliver(sessionIds, count, copy);
                } else {
                    pass(loop, sessionIds.clone(), count, copy.retain());
                }
            }
        } finally {
            copy.release();
        }
    }

    /** Closes a session that reads too slowly. Any thread. */
    public void closeSlow(final long sessionId, final String why) {
        final LoopChannel channel = open.get(sessionId);
        if (channel != null) {
            channel.execute(() -> channel.session().onSlow(why));
        }
    }

    /** Reads no more, acknowledges what was taken, for so long as that may take, says goodbye and closes. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        watch.close();
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
        if (mqtt != null) {
            mqtt.close();
        }
        if (udp != null) {
            udp.close();
        }
        drain();
        for (final NetLoop loop : loops) {
            loop.execute(loop::shutDown);
        }
        channels.newCloseFuture().awaitUninterruptibly(GOODBYE_MILLIS);
        transport.close();
    }

    Sessions.Environment environment() {
        return env;
    }

    long synced() {
        return synced.get();
    }

    void onError(final Throwable error) {
        errors.onError(error);
    }

    /** A task came after the loops have stopped. */
    void onRejected(final RejectedExecutionException e) {
        if (!closed.get()) {
            errors.onError(e);
        }
    }

    void onOpened(final long sessionId, final LoopChannel channel) {
        open.put(sessionId, channel);
    }

    void onClosed(final long sessionId) {
        open.remove(sessionId);
    }

    private void drain() {
        final CountDownLatch settled = new CountDownLatch(loops.length);
        for (final NetLoop loop : loops) {
            loop.execute(() -> loop.drain(settled::countDown));
        }
        try {
            if (!settled.await(DRAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("some messages that were taken are not acknowledged: the journal takes too long");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing is left to do when a close fails
    private void accept(final Channel channel, final Consumer<Channel> language) {
        final InetAddress address =
                channel.remoteAddress() instanceof final InetSocketAddress remote ? remote.getAddress() : null;
        if (!limits.tryAdd(address)) {
            counters.increment(Counter.CONNECTIONS_REFUSED);
            channel.close();
            return;
        }
        channel.closeFuture().addListener(done -> limits.remove(address));
        channels.add(channel);
        loopOf(channel).entrance().come(channel, cameNs -> begin(channel, language, cameNs));
    }

    /** What it has waited counts as time of its handshake and of its hello. */
    private void begin(final Channel channel, final Consumer<Channel> language, final long cameNs) {
        if (tls != null) {
            final SslHandler handler = tls.context().newHandler(channel.alloc());
            final long waitedMillis =
                    TimeUnit.NANOSECONDS.toMillis(env.clock().nanoTime() - cameNs);
            handler.setHandshakeTimeoutMillis(
                    Math.max(1, config.tls().handshakeTimeoutMillis() - waitedMillis));
            channel.pipeline().addLast(handler);
        }
        language.accept(channel);
        final LoopChannel begun = channel.pipeline().get(LoopChannel.class);
        if (begun != null) {
            begun.aliveNs = cameNs;
        }
    }

    NetLoop loopOf(final Channel channel) {
        for (final NetLoop loop : loops) {
            if (loop.executor().equals(channel.eventLoop())) {
                return loop;
            }
        }
        throw new IllegalStateException("a channel of a foreign loop");
    }

    private void pass(final NetLoop loop, final long[] sessionIds, final int count, final ByteBuf frame) {
        final boolean passed = loop.execute(() -> {
            try {
                loop.deliver(sessionIds, count, frame);
            } finally {
                frame.release();
            }
        });
        if (!passed) {
            frame.release();
        }
    }

    @Nullable
    String distrust(final SSLSession proved) {
        return tls == null ? null : tls.distrust(proved);
    }

    private List<FileWatch.Watched> watched(final DeviceRegistry registry, final @Nullable TlsFiles encryption) {
        final List<FileWatch.Watched> watched = new ArrayList<>();
        watched.add(new FileWatch.Watched("registry", registry::reload, this::onRegistryChanged));
        if (encryption != null) {
            watched.add(new FileWatch.Watched("net.tls", encryption::reload, this::onTrustChanged));
        }
        return watched;
    }

    private void onTrustChanged() {
        for (final NetLoop loop : loops) {
            loop.execute(loop::onTrustChanged);
        }
    }

    private void onRegistryChanged() {
        for (final NetLoop loop : loops) {
            loop.execute(loop::onRegistryChanged);
        }
    }
}
