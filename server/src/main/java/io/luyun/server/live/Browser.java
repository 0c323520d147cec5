package io.luyun.server.live;

import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One browser: what it looks at, what it was sent, and what waits for it. Positions and states that it does not read are left out,
 * the latest follow when it reads again; all else waits, up to a bound. One thread: that of the face.
 */
final class Browser {
    /** A frame may come this part of its interval too early, so that it does not miss the turn it belongs to. */
    private static final int EARLY_PART = 4;
    /** Nothing new is said once so often, so that the browser knows what time it is. */
    private static final long QUIET_NS = TimeUnit.SECONDS.toNanos(1);

    private static final int FIRST_HZ = 5;
    /** Who takes nothing for so long, while more waits than may, reads too slowly; a burst is no sign of that. */
    private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(1);
    /** So many times what may wait is too much for a burst, too. */
    private static final int BURST = 8;

    private final Outbox out;
    private final Counters counters;
    private final long mostWaiting;
    private final FrameBytes bytes;
    private final View view = new View();
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private final List<byte[]> news = new ArrayList<>();
    private long waitingBytes;
    private Picture picture;
    private int clears;
    private int toldTurn;
    private boolean joined;
    private long intervalNs = TimeUnit.SECONDS.toNanos(1) / FIRST_HZ;
    private long nextFrameNs = Long.MIN_VALUE;
    private long lastFrameNs = Long.MIN_VALUE;
    private long tookNs = Long.MIN_VALUE;
    private boolean closed;

    Browser(
            final Outbox out,
            final Picture picture,
            final LiveConfig config,
            final FrameBytes bytes,
            final Counters counters) {
        this.out = out;
        this.picture = picture;
        this.counters = counters;
        this.bytes = bytes;
        mostWaiting = config.maxWaitingKiB() * 1_024L;
        clears = picture.clears();
    }

    /** Looks at another road; all that was shown is forgotten. */
    void turnTo(final Picture other) {
        picture = other;
        startOver();
    }

    Picture picture() {
        return picture;
    }

    boolean closed() {
        return closed;
    }

    void look(final LiveRequest.Look wish) {
        view.look(wish.box());
        intervalNs = Math.round(TimeUnit.SECONDS.toNanos(1) / wish.hz());
        nextFrameNs = Long.MIN_VALUE;
    }

    void watch(final long participantId) {
        view.watch(participantId);
    }

    /** Sends a text, or keeps it until the browser reads again. */
    void tell(final byte[] text) {
        if (closed) {
            return;
        }
        if (waiting.isEmpty() && out.writable()) {
            out.text(text);
            return;
        }
        waiting.add(text);
        waitingBytes += text.length;
        if (waitingBytes > BURST * mostWaiting) {
            closeSlow();
        }
    }

    private void closeSlow() {
        counters.increment(Counter.LIVE_CLOSED);
        close(Outbox.TRY_AGAIN_LATER, "reads too slowly");
    }

    void close(final int code, final String why) {
        if (!closed) {
            end();
            out.close(code, why);
        }
    }

    /** The connection is gone. */
    void end() {
        closed = true;
        waiting.clear();
        waitingBytes = 0;
    }

    /** Tells what was told to all of the road it looks at; before {@link #work}, once for each time. */
    void hear() {
        if (closed) {
            return;
        }
        if (clears != picture.clears()) {
            startOver();
        }
        if (joined) {
            for (final byte[] text : picture.told()) {
                tell(text);
            }
        } else if (picture.complete()) {
            joined = true;
            for (final byte[] text : picture.standing()) {
                tell(text);
            }
        }
    }

    /** Sends what waits and what is due. */
    void work(final long nowNs) {
        if (waiting.isEmpty() || out.writable() || tookNs == Long.MIN_VALUE) {
            tookNs = nowNs;
        }
        while (!waiting.isEmpty() && out.writable()) {
            final byte[] text = waiting.remove();
            waitingBytes -= text.length;
            out.text(text);
        }
        if (waitingBytes > mostWaiting && nowNs - tookNs > GRACE_NS) {
            closeSlow();
        }
        if (closed || !joined || !waiting.isEmpty()) {
            return;
        }
        if (toldTurn != picture.rows().turn() && out.writable()) {
            tellStates();
        }
        if (joined && view.due(picture.rows()) && nowNs + intervalNs / EARLY_PART >= nextFrameNs) {
            sendFrame(nowNs);
        }
    }

    private void startOver() {
        clears = picture.clears();
        toldTurn = 0;
        joined = false;
        view.forget();
        nextFrameNs = Long.MIN_VALUE;
        tell(LiveText.clear());
    }

    private void tellStates() {
        if (!picture.reaches(toldTurn)) {
            startOver();
            return;
        }
        news.clear();
        picture.since(toldTurn, news);
        toldTurn = picture.rows().turn();
        for (final byte[] text : news) {
            tell(text);
        }
    }

    private void sendFrame(final long nowNs) {
        nextFrameNs = Math.max(nextFrameNs, nowNs) + intervalNs;
        if (!out.writable()) {
            counters.increment(Counter.LIVE_FRAMES_SKIPPED);
            return;
        }
        final boolean alone = view.anew();
        final int length = view.write(picture.rows(), picture.plane(), picture.atNs(), bytes);
        if (!view.newNames().isEmpty()) {
            tell(LiveText.names(view.newNames(), picture.names()));
        }
        if (closed || !(alone || view.something() || nowNs - lastFrameNs >= QUIET_NS)) {
            return;
        }
        lastFrameNs = nowNs;
        out.binary(bytes.bytes(), length);
        counters.increment(Counter.LIVE_FRAMES_SENT);
    }
}
