package io.luyun.simulator.replay;

import java.util.List;
import java.util.Objects;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Plays records: sends each when it is due, give or take what one wake-up costs, or later one after the other, and never not at all. It
 * is a duty cycle, whose thread owns it: {@link #doWork} sends what is due and says when to come back, and whoever presses keys comes in
 * between.
 *
 * <pre>
 *   OPENING ──▶ PLAYING ◀──▶ PAUSED        SEEKING is before the first record behind a seek, and goes back to what was
 *                  │  ▲         │ step      ENDED when there are no more, or on request
 *                  ▼  └─ SEEKING┘
 *                ENDED
 * </pre>
 */
final class Player {
    enum State {
        OPENING,
        PLAYING,
        PAUSED,
        SEEKING,
        ENDED
    }

    /**
     * How it plays.
     *
     * @param burst most records that are sent before what was sent goes out
     * @param earlyNs by how much sooner than due a record may be sent, so that records that are due together need one wake-up
     * @param paused whether it begins with a pause
     */
    record Manner(int burst, long earlyNs, boolean paused) {}

    /** What doWork says when nothing but a key makes more work. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int REHEARSED_AT_ONCE = 64;
    private static final long RETRY_NS = 500_000;
    private static final long LEAD_NS = 20_000_000;

    private final RecordFeed feed;
    private final Outlet outlet;
    private final Schedule schedule;
    private final PaceMeter pace;
    private final NanoClock clock;
    private final Manner manner;
    private final long[] burstDueNs;
    private final long[] burstTimeNs;
    private int burst;
    private State state = State.OPENING;
    private boolean paused;
    private boolean stepping;
    private long positionNs;
    private long seekNs;
    private int pass;
    private long lastDueNs;
    private @Nullable ReplayDevice lastDevice;
    private int rehearsals;

    /** A player of what the feed has. */
    Player(
            final RecordFeed feed,
            final Outlet outlet,
            final Schedule schedule,
            final PaceMeter pace,
            final NanoClock clock,
            final Manner manner) {
        this.feed = feed;
        this.outlet = outlet;
        this.schedule = schedule;
        this.pace = pace;
        this.clock = clock;
        this.manner = manner;
        paused = manner.paused();
        burstDueNs = new long[manner.burst()];
        burstTimeNs = new long[manner.burst()];
    }

    State state() {
        return state;
    }

    /** Where in the journal it is, ns since 1970; 0 before it begins. */
    long positionNs() {
        return state == State.PLAYING ? Math.max(positionNs, schedule.positionNs(clock.nanoTime())) : positionNs;
    }

    /** Seconds of the journal in a second. */
    double rate() {
        return schedule.rate();
    }

    /**
     * Sends what is due.
     *
     * @return when there is more to do, by the clock; {@link #NEVER} when a key has to be pressed first, or all is over
     */
    long doWork(final long nowNs) {
        if (state == State.OPENING && !begin(nowNs)) {
            return nowNs + RETRY_NS;
        }
        if (state == State.SEEKING && !arrive(nowNs)) {
            return nowNs + RETRY_NS;
        }
        long backNs = NEVER;
        // also what cannot be sent counts: where nothing can be, a journal that is played again and again would never
        // let go of the loop
        for (int records = 0; state == State.PLAYING || stepping; records++) {
            if (records == burstDueNs.length) {
                backNs = nowNs;
                break;
            }
            final Recorded next = feed.peek();
            if (next == null) {
                backNs = nowNs + RETRY_NS;
                break;
            }
            if (next.end()) {
                end();
                break;
            }
            backNs = play(next, nowNs);
            if (backNs != 0) {
                break;
            }
        }
        if (burst > 0) {
            flush();
        }
        return state == State.PLAYING || stepping ? backNs : NEVER;
    }

    /** Sends the record when it is due; 0 when it has been, otherwise when to come back. */
    private long play(final Recorded next, final long nowNs) {
        if (next.pass() != pass) {
            // a new pass follows the last record of the one before at once
            pass = next.pass();
            positionNs = feed.beginNs();
            schedule.anchor(lastDueNs, positionNs);
            pace.begin(schedule.rate());
        }
        final long dueNs = stepping || !schedule.paced() ? nowNs : schedule.due(next.timeNs());
        if (dueNs - nowNs > manner.earlyNs()) {
            return dueNs - manner.earlyNs() / 2;
        }
        if (!outlet.ready(next)) {
            return nowNs + RETRY_NS;
        }
        if (burst > 0 && !outlet.shared() && !Objects.equals(next.device(), lastDevice)) {
            flush();
        }
        lastDevice = next.device();
        if (outlet.send(next, dueNs)) {
            burstDueNs[burst] = dueNs;
            burstTimeNs[burst++] = next.timeNs();
            stepping = false;
        }
        feed.remove();
        schedule.sent(next.timeNs());
        positionNs = next.timeNs();
        lastDueNs = dueNs;
        return 0;
    }

    private void flush() {
        outlet.flush();
        final long actualNs = clock.nanoTime();
        if (state != State.PAUSED) {
            for (int i = 0; i < burst; i++) {
                pace.sent(burstTimeNs[i], burstDueNs[i], actualNs);
            }
        }
        burst = 0;
    }

    private boolean begin(final long nowNs) {
        if (!feed.primed() || !outlet.settled(nowNs) || !rehearsed()) {
            return false;
        }
        positionNs = feed.beginNs();
        lastDueNs = nowNs + LEAD_NS;
        goOn(nowNs + LEAD_NS);
        return true;
    }

    /** Rehearses some of the first records; true when all have been. */
    private boolean rehearsed() {
        final List<Recorded> sample = feed.sample();
        for (int i = 0; i < REHEARSED_AT_ONCE && rehearsals < sample.size(); i++) {
            outlet.rehearse(sample.get(rehearsals++));
        }
        return rehearsals == sample.size();
    }

    private boolean arrive(final long nowNs) {
        final Recorded first = feed.peek();
        if (first == null) {
            return false;
        }
        pass = first.pass();
        // behind the end of a journal that goes round the next record is one of its beginning
        positionNs = first.end() ? seekNs : Math.min(seekNs, first.timeNs());
        goOn(nowNs);
        return true;
    }

    /** Plays, or stands, from the position on. */
    private void goOn(final long atNs) {
        state = paused ? State.PAUSED : State.PLAYING;
        outlet.begin();
        schedule.anchor(atNs, positionNs);
        pace.begin(schedule.rate());
    }

    /** Pauses or goes on. */
    void togglePause() {
        paused = !paused;
        if (state == State.PLAYING || state == State.PAUSED) {
            positionNs = here();
            goOn(clock.nanoTime());
        }
    }

    /** Sends the next message, while it is paused. */
    void step() {
        stepping = state == State.PAUSED;
    }

    void faster() {
        rate(Schedule.faster(schedule.rate()));
    }

    void slower() {
        rate(Schedule.slower(schedule.rate()));
    }

    private void rate(final double other) {
        final long nowNs = clock.nanoTime();
        if (state == State.PLAYING) {
            positionNs = here();
        }
        schedule.rate(other, nowNs, positionNs);
        pace.begin(other);
    }

    /** Goes forward or, below 0, back, but not before the beginning. */
    void seek(final long byNs) {
        if (state == State.OPENING || state == State.ENDED) {
            return;
        }
        final long fromNs = state == State.SEEKING ? seekNs : here();
        seekNs = Math.max(feed.beginNs(), fromNs + byNs);
        state = State.SEEKING;
        stepping = false;
        feed.seek(seekNs);
    }

    /** Sends nothing more. */
    void end() {
        state = State.ENDED;
        stepping = false;
    }

    /** The position, which is never behind a record that has not been sent. */
    private long here() {
        if (state == State.PAUSED) {
            return positionNs;
        }
        final long reachedNs = Math.max(positionNs, schedule.positionNs(clock.nanoTime()));
        final Recorded next = feed.peek();
        return next == null || next.end() || next.pass() != pass ? reachedNs : Math.min(reachedNs, next.timeNs());
    }
}
