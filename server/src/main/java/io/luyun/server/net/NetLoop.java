package io.luyun.server.net;

import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.session.Session;
import io.luyun.server.session.Sessions;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLSession;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's work beside its connections: running the line in shared mode, acknowledging what has been synced,
 * trying paused connections again, looking after time-outs, flushing what was gathered. Owned by the loop's thread; the
 * methods said to be for any thread only wake it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the tasks let nothing through
final class NetLoop {
    /** Turns of the line in one run at most. */
    static final int LINE_ROUNDS = 64;

    private static final long RETRY_MILLIS = 1;

    private final EventLoop executor;
    private final Sessions sessions;
    private final DeviceServer server;
    private final NetConfig config;
    private final NetTimes times;
    private final BurstPause pause;
    private final Counters counters;
    private final EpochNanoClock clock;
    private final @Nullable AppendedQueue appended;
    private final Shares shares;
    private final Entrance<SslContext> entrance;
    private final Standstill standstill;
    private final List<LoopChannel> channels = new ArrayList<>();
    private final List<LoopChannel> touched = new ArrayList<>();
    private final ArrayDeque<LoopChannel> paused = new ArrayDeque<>();
    private final AtomicBoolean wakeScheduled = new AtomicBoolean();
    private final Runnable lineTask = this::onLine;
    private final Runnable tickTask = this::onTick;
    private final Runnable wakeTask = this::onWake;
    private final Runnable settleTask = this::onSettle;
    private final Runnable retryTask = this::onRetry;
    private @Nullable IntSupplier lineWork;
    private boolean lineScheduled;
    private boolean lineRuns;
    private boolean settleScheduled;
    private boolean retryScheduled;
    private boolean retrying;
    private boolean draining;
    private @Nullable Runnable onSettled;

    NetLoop(
            final EventLoop executor,
            final Sessions sessions,
            final DeviceServer server,
            final NetConfig config,
            final NetTimes times,
            final BurstPause pause,
            final Sessions.Environment env) {
        this.executor = executor;
        this.sessions = sessions;
        this.server = server;
        this.config = config;
        this.times = times;
        this.pause = pause;
        this.counters = env.counters();
        this.clock = env.clock();
        this.shares = new Shares(env.line(), config.shared());
        this.entrance = new Entrance<>(clock);
        this.standstill = new Standstill(executor.ticker(), TimeUnit.MILLISECONDS.toNanos(times.sweepMillis()));
        this.appended = config.shared() ? null : new AppendedQueue();
    }

    /** Begins to look after time; once, before any connection. */
    void start(final @Nullable IntSupplier line) {
        lineWork = line;
        final long sweep = times.sweepMillis();
        executor.scheduleAtFixedRate(this::sweep, sweep, sweep, TimeUnit.MILLISECONDS);
        if (line != null) {
            executor.scheduleAtFixedRate(
                    tickTask, config.lineTickMillis(), config.lineTickMillis(), TimeUnit.MILLISECONDS);
        }
    }

    // any thread

    EventLoop executor() {
        return executor;
    }

    /** Runs this on the loop; false when the loop has stopped. */
    boolean execute(final Runnable task) {
        try {
            executor.execute(() -> {
                task.run();
                afterWork();
            });
            return true;
        } catch (final RejectedExecutionException e) {
            server.onRejected(e);
            return false;
        }
    }

    /** The line thread's news of an append. In shared mode that is this loop's own thread. */
    void onAppended(
            final long sessionId, final int kind, final long number, final long sequence, final boolean duplicate) {
        if (appended == null) {
            sessions.onAppended(sessionId, kind, number, sequence, duplicate);
            return;
        }
        while (!appended.offer(sessionId, kind, number, sequence, duplicate)) {
            wake();
            Thread.onSpinWait();
        }
        if (sessions.eager()) {
            wake();
        }
    }

    void onSynced() {
        if (sessions.waiting() || (appended != null && !appended.isEmpty())) {
            wake();
        }
    }

    // this loop's thread

    /** Whether connections paused before are being tried again. */
    boolean retrying() {
        return retrying;
    }

    Sessions sessions() {
        return sessions;
    }

    NetConfig config() {
        return config;
    }

    /** Where encrypted connections come in. */
    Entrance<SslContext> entrance() {
        return entrance;
    }

    Shares shares() {
        return shares;
    }

    Counters counters() {
        return counters;
    }

    long nanoTime() {
        return clock.nanoTime();
    }

    void onError(final Throwable error) {
        server.onError(error);
    }

    void opened(final long sessionId, final LoopChannel channel) {
        server.onOpened(sessionId, channel);
        if (channel.context != null) {
            entrance.done(channel.context.channel());
        }
    }

    void add(final LoopChannel channel) {
        channel.position = channels.size();
        channels.add(channel);
        counters.increment(Counter.CONNECTIONS_ACCEPTED);
    }

    void remove(final LoopChannel channel) {
        final LoopChannel last = channels.removeLast();
        if (channel.position < channels.size()) {
            channels.set(channel.position, last);
            last.position = channel.position;
        }
        server.onClosed(channel.session().id());
        if (channel.context != null) {
            entrance.done(channel.context.channel());
        }
        counters.increment(Counter.CONNECTIONS_CLOSED);
        lineSoon();
    }

    void addTouched(final LoopChannel channel) {
        touched.add(channel);
    }

    void addPaused(final LoopChannel channel) {
        if (!channel.session().opening()) {
            paused.add(channel);
            if (lineWork == null) {
                retrySoon();
            } else if (!retrying) {
                lineSoon();
            }
        }
    }

    void resumeSoon(final LoopChannel channel) {
        paused.add(channel);
        executor.execute(this::retryPaused);
    }

    /** Frames have come; the line is to run at the end of this burst. */
    void onFrames(final int count) {
        counters.add(Counter.FRAMES_RECEIVED, count);
        pause.onFrames(count);
        lineSoon();
    }

    void lineSoon() {
        if (lineWork != null && !lineScheduled) {
            lineScheduled = true;
            if (lineRuns) {
                // Executed, it would come before the next look at the sockets, and so on as long as paused connections
                // have something left: who sends little would wait for all that. What is due comes behind the look.
                executor.schedule(lineTask, 0, TimeUnit.NANOSECONDS);
            } else {
                executor.execute(lineTask);
            }
        }
    }

    /** Sends one frame to those of the sessions that live here. */
    void deliver(final long[] sessionIds, final int count, final ByteBuf frame) {
        for (int i = 0; i < count; i++) {
            final Session session = sessions.find(sessionIds[i]);
            final LoopChannel channel = session == null ? null : LoopChannel.of(session.connection());
            if (channel != null) {
                channel.sendShared(frame);
            }
        }
    }

    /** Whether nothing more is taken from devices. */
    boolean draining() {
        return draining;
    }

    /** Takes nothing more from devices; says when what was taken has been acknowledged. */
    void drain(final Runnable settled) {
        draining = true;
        onSettled = settled;
        for (final LoopChannel channel : channels) {
            channel.decideReading();
        }
        runLine();
    }

    /** Tells all devices that the server goes down, and has the line take what is left. */
    void shutDown() {
        for (final LoopChannel channel : List.copyOf(channels)) {
            channel.session().onShutdown();
        }
        sessions.onShutdown();
        runLine();
    }

    /** Why the certificate of a connection does not hold; null when it does, or there is none. */
    @Nullable
    String distrust(final SSLSession proved) {
        return server.distrust(proved);
    }

    void onTrustChanged() {
        for (final LoopChannel channel : List.copyOf(channels)) {
            channel.onTrustChanged();
        }
    }

    void onRegistryChanged() {
        sessions.onRegistryChanged();
    }

    private void onLine() {
        lineScheduled = false;
        runLine();
    }

    /** One that is scheduled already is not to become two, each of which would schedule another. */
    private void onTick() {
        if (!lineScheduled) {
            runLine();
        }
    }

    private void runLine() {
        lineRuns = true;
        sessions.drainControl();
        int work = 0;
        for (int i = 0; i < LINE_ROUNDS && lineWork != null; i++) {
            try {
                work = lineWork.getAsInt();
            } catch (final RuntimeException e) {
                work = 0;
                onError(e);
            }
            afterWork();
            if (work <= 0) {
                break;
            }
        }
        retryPaused();
        afterWork();
        if (work > 0) {
            lineSoon();
        }
        lineRuns = false;
    }

    private void wake() {
        if (wakeScheduled.compareAndSet(false, true)) {
            try {
                executor.execute(wakeTask);
            } catch (final RejectedExecutionException e) {
                server.onRejected(e);
            }
        }
    }

    private void onWake() {
        wakeScheduled.set(false);
        if (appended != null) {
            appended.drain(sessions);
        }
        afterWork();
    }

    private void afterWork() {
        final long synced = server.synced();
        if (synced > sessions.synced()) {
            sessions.onSynced(synced);
        } else if (sessions.settlesSoon()) {
            sessions.settle();
        }
        final long dueNs = sessions.nextDueNs();
        if (dueNs != Long.MAX_VALUE && !settleScheduled) {
            settleScheduled = true;
            executor.schedule(settleTask, Math.max(0, dueNs - nanoTime()), TimeUnit.NANOSECONDS);
        }
        for (int i = 0; i < touched.size(); i++) {
            final LoopChannel channel = touched.get(i);
            channel.touched = false;
            channel.flush();
        }
        touched.clear();
        final Runnable settled = onSettled;
        if (settled != null && sessions.settled()) {
            onSettled = null;
            settled.run();
        }
    }

    private void onSettle() {
        settleScheduled = false;
        sessions.settle();
        afterWork();
    }

    private void retrySoon() {
        if (!retryScheduled) {
            retryScheduled = true;
            executor.schedule(retryTask, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void onRetry() {
        retryScheduled = false;
        retryPaused();
        afterWork();
        if (!paused.isEmpty()) {
            retrySoon();
        }
    }

    /** A channel that gets nowhere waits for the next tick: a line that stands still must not make this loop spin. */
    private void retryPaused() {
        retrying = true;
        for (int i = paused.size(); i > 0; i--) {
            paused.removeFirst().retry();
        }
        retrying = false;
    }

    private void sweep() {
        sessions.drainControl();
        if (!standstill.justNow()) {
            final long nowNs = nanoTime();
            for (int i = channels.size() - 1; i >= 0; i--) {
                channels.get(i).onTime(nowNs, times);
            }
        }
        entrance.onTime();
        afterWork();
    }
}
