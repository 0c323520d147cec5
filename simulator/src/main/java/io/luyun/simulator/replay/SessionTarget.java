package io.luyun.simulator.replay;

import io.luyun.proto.v1.MessageKind;
import io.luyun.simulator.link.ClientLoops;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A server in which each device has a session of its own, and which answers each message.
 *
 * @param <L> the session of a device
 */
abstract class SessionTarget<L> implements Target {
    /** More are not sent before there are answers. */
    private static final int MOST_OUTSTANDING = 16_384;

    final ClientLoops loops;
    final EventLoop loop;
    final Account account;
    final Sessions sessions = new Sessions();
    final Map<ReplayDevice, L> links = new HashMap<>();
    /** Messages without an answer. */
    long outstanding;

    /**
     * A server not connected to yet.
     *
     * @param loops one loop, closed with this
     */
    SessionTarget(final ClientLoops loops, final Account account) {
        this.loops = loops;
        this.account = account;
        loop = loops.loop(0);
    }

    /** The session of a device that has none yet; begins to connect. */
    abstract L connect(ReplayDevice device);

    /** That of a device, which is asked for when there is none. */
    final L link(final ReplayDevice device) {
        final L known = links.get(device);
        if (known != null) {
            return known;
        }
        sessions.asked();
        final L link = connect(device);
        links.put(device, link);
        return link;
    }

    @Override
    public final ScheduledExecutorService loop() {
        return loop;
    }

    @Override
    public final boolean answers() {
        return true;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // sessions tell what became of them
    public final void announce(final ReplayDevice device) {
        sessions.announced();
        loop.execute(() -> link(device));
    }

    @Override
    public final boolean settled(final long nowNs) {
        return sessions.settled(nowNs);
    }

    @Override
    public final @Nullable String closed() {
        return sessions.closed();
    }

    @Override
    public boolean ready(final ReplayDevice device) {
        return outstanding < MOST_OUTSTANDING;
    }

    @Override
    public final @Nullable String lacks(final int kind) {
        return kind == MessageKind.MESSAGE_KIND_VPM_VALUE ? "no server takes payments" : null;
    }

    @Override
    public final boolean shared() {
        return false;
    }

    @Override
    public final long outstanding() {
        return outstanding;
    }
}
