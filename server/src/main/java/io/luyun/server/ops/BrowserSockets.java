package io.luyun.server.ops;

import io.luyun.server.live.LiveHub;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Gives browsers to those who show them the road. The hub lives on the face's thread and is polled there while anybody watches; nothing
 * runs otherwise.
 */
public final class BrowserSockets implements LiveSockets, AutoCloseable {
    /** Adds half of it to the age of what is shown; chosen here, a fifth of the time between two turns of the road. */
    private static final long POLL_MILLIS = 20;

    private static final long CLOSE_SECONDS = 10;

    private final LiveHub hub;
    private final EpochNanoClock clock;
    private final ErrorHandler errors;
    private volatile @Nullable EventExecutor thread;
    private @Nullable Future<?> polling;

    /**
     * Nobody watches yet.
     *
     * @param clock of the server
     */
    public BrowserSockets(final LiveHub hub, final EpochNanoClock clock, final ErrorHandler errors) {
        this.hub = hub;
        this.clock = clock;
        this.errors = errors;
    }

    @Override
    public ChannelHandler open(final Caller caller) {
        final List<String> scopes =
                caller.scope().all().stream().map(Scope::label).toList();
        return new BrowserSocket(this, scopes);
    }

    LiveHub hub() {
        return hub;
    }

    long nowNs() {
        return clock.nanoTime();
    }

    /** Somebody watches. */
    void poll(final EventExecutor executor) {
        thread = executor;
        if (polling == null) {
            polling = executor.scheduleAtFixedRate(this::poll, 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void poll() {
        try {
            hub.poll(System.nanoTime());
        } catch (final RuntimeException e) {
            // the next browser must not go without because of this one
            errors.onError(e);
        }
        final Future<?> running = polling;
        if (!hub.watched() && running != null) {
            running.cancel(false);
            polling = null;
        }
    }

    /** Tells all browsers to go; before the face is closed. */
    @Override
    public void close() {
        final EventExecutor executor = thread;
        thread = null;
        if (executor != null) {
            executor.submit(hub::close).awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
