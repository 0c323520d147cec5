package io.luyun.simulator.scenario;

import io.luyun.proto.v1.AckLevel;
import io.luyun.simulator.link.Identity;
import io.luyun.simulator.measure.Timetable;
import io.luyun.simulator.measure.Totals;
import io.luyun.simulator.recording.FeedFrame;
import io.luyun.simulator.recording.Recording;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A recording sent as one device, frame by frame when each is due. Recorded times are long past, so messages are stamped with
 * the time they are due, as far as the recording wants it.
 */
public final class FeedRun {
    private static final long OPEN_MILLIS = 10_000;
    private static final long LEAD_NS = 20_000_000;

    private final FeedPlan plan;
    private final NanoClock clock;
    private final EpochNanoClock epochClock;
    private final Recording recording;
    private final boolean restamped;
    private final Map<String, Long> refusedHere = new TreeMap<>();
    private final CountDownLatch stop = new CountDownLatch(1);

    /**
     * A run.
     *
     * @param restamped whether the recording stamps its messages anew, for the report
     */
    public FeedRun(
            final FeedPlan plan,
            final Recording recording,
            final boolean restamped,
            final NanoClock clock,
            final EpochNanoClock epochClock) {
        this.plan = plan;
        this.clock = clock;
        this.epochClock = epochClock;
        this.recording = recording;
        this.restamped = restamped;
        for (final FeedFrame frame : recording.frames()) {
            frame.problems().forEach(problem -> refusedHere.merge(problem, 1L, Long::sum));
        }
    }

    /** Ends the run after the frame being sent. */
    public void stop() {
        stop.countDown();
    }

    /**
     * Runs to the end of the recording.
     *
     * @param eachSecond is told how it stands
     */
    public FeedResult run(final Consumer<FeedResult> eachSecond)
            throws IOException, InterruptedException, ResourceException {
        final Identity identity = new Identity(
                plan.deviceId(), plan.role(), plan.token(), epochClock.nanoTime(), AckLevel.ACK_LEVEL_SYNCED);
        final FrameLedger ledger = new FrameLedger(recording.frames());
        try (Fleet fleet = new Fleet(plan.link(), List.of(identity), 1, clock, epochClock, ledger)) {
            fleet.open(OPEN_MILLIS);
            final CountDownLatch finished = new CountDownLatch(1);
            final long startNs = clock.nanoTime() + LEAD_NS;
            final long startUtcMs = TimeUnit.NANOSECONDS.toMillis(epochClock.nanoTime() + LEAD_NS);
            final Timetable timetable = new Timetable(
                    fleet.loop(0), clock, recording.dueNs(), new Sender(fleet, ledger, startUtcMs, finished));
            timetable.start(startNs);
            for (long second = 1; ; second++) {
                final long atNs = startNs + TimeUnit.SECONDS.toNanos(second) - clock.nanoTime();
                if (finished.await(atNs, TimeUnit.NANOSECONDS) || stop.getCount() == 0) {
                    break;
                }
                eachSecond.accept(result(fleet, ledger, (double) second));
            }
            timetable.stop();
            finished.await(plan.drainMillis(), TimeUnit.MILLISECONDS);
            if (timetable.failure() != null) {
                throw new IllegalStateException("sending failed", timetable.failure());
            }
            fleet.drain(plan.drainMillis());
            return result(fleet, ledger, (clock.nanoTime() - startNs) / 1e9);
        }
    }

    private FeedResult result(final Fleet fleet, final FrameLedger ledger, final double seconds) {
        final Totals totals = fleet.totals();
        return fleet.loop(0)
                .submit(() -> ledger.result(refusedHere, restamped, totals, seconds))
                .syncUninterruptibly()
                .getNow();
    }

    /** Sends the frames. */
    private final class Sender implements Timetable.Target {
        private final Fleet fleet;
        private final FrameLedger ledger;
        private final long startUtcMs;
        private final CountDownLatch finished;
        private int messages;

        Sender(final Fleet fleet, final FrameLedger ledger, final long startUtcMs, final CountDownLatch finished) {
            this.fleet = fleet;
            this.ledger = ledger;
            this.startUtcMs = startUtcMs;
            this.finished = finished;
        }

        @Override
        public void due(final int index, final long intendedNs) {
            final long utcMs =
                    startUtcMs + TimeUnit.NANOSECONDS.toMillis(recording.dueNs()[index]);
            for (final FeedFrame.FeedMessage message :
                    recording.frames().get(index).messages()) {
                final byte[] bytes = message.at(utcMs, messages++);
                final long number = fleet.send(0, message.kind(), new UnsafeBuffer(bytes), 0, bytes.length, intendedNs);
                ledger.sent(number, index);
            }
            ledger.done(index);
            fleet.client(0).flush();
        }

        @Override
        public void finished() {
            finished.countDown();
        }
    }
}
