package io.luyun.simulator.scenario;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.Rsm;
import io.luyun.simulator.link.Identity;
import io.luyun.simulator.measure.Pacer;
import io.luyun.simulator.measure.Totals;
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
 * A recording sent as one roadside unit, frame by frame at an even rate. Recorded times are long past, so each frame is
 * stamped with the time it is due; differences between the participants of a message are kept.
 */
public final class FeedRun {
    private static final long OPEN_MILLIS = 10_000;
    private static final long LEAD_NS = 20_000_000;

    private final FeedPlan plan;
    private final NanoClock clock;
    private final EpochNanoClock epochClock;
    private final List<TrackFrame> frames;
    private final Map<String, Long> refusedHere = new TreeMap<>();
    private final CountDownLatch stop = new CountDownLatch(1);

    /**
     * Reads the file.
     *
     * @throws IOException when it cannot be read
     */
    public FeedRun(final FeedPlan plan, final NanoClock clock, final EpochNanoClock epochClock) throws IOException {
        this.plan = plan;
        this.clock = clock;
        this.epochClock = epochClock;
        frames = TrackFile.read(plan.file(), plan.rsuId());
        for (final TrackFrame frame : frames) {
            frame.problems().forEach(problem -> refusedHere.merge(problem, 1L, Long::sum));
        }
    }

    /** Ends the run after the frame being sent. */
    public void stop() {
        stop.countDown();
    }

    /**
     * Runs to the end of the file.
     *
     * @param eachSecond is told how it stands
     */
    public FeedResult run(final Consumer<FeedResult> eachSecond)
            throws IOException, InterruptedException, ResourceException {
        final Identity identity = new Identity(
                plan.deviceId(), Role.ROLE_RSU, plan.token(), epochClock.nanoTime(), AckLevel.ACK_LEVEL_SYNCED);
        final FrameLedger ledger = new FrameLedger(frames);
        try (Fleet fleet = new Fleet(plan.link(), List.of(identity), 1, clock, epochClock, ledger)) {
            fleet.open(OPEN_MILLIS);
            final CountDownLatch finished = new CountDownLatch(1);
            final long startNs = clock.nanoTime() + LEAD_NS;
            final long startUtcMs = TimeUnit.NANOSECONDS.toMillis(epochClock.nanoTime() + LEAD_NS);
            final double periodNs = 1e9 / plan.rate();
            final Pacer pacer = new Pacer(
                    fleet.loop(0),
                    clock,
                    new long[1],
                    periodNs,
                    new Sender(fleet, ledger, startUtcMs, periodNs, finished));
            pacer.start(startNs, frames.size());
            for (long second = 1; ; second++) {
                final long atNs = startNs + TimeUnit.SECONDS.toNanos(second) - clock.nanoTime();
                if (finished.await(atNs, TimeUnit.NANOSECONDS) || stop.getCount() == 0) {
                    break;
                }
                eachSecond.accept(result(fleet, ledger, (double) second));
            }
            pacer.stop();
            finished.await(plan.drainMillis(), TimeUnit.MILLISECONDS);
            if (pacer.failure() != null) {
                throw new IllegalStateException("sending failed", pacer.failure());
            }
            fleet.drain(plan.drainMillis());
            return result(fleet, ledger, (clock.nanoTime() - startNs) / 1e9);
        }
    }

    private FeedResult result(final Fleet fleet, final FrameLedger ledger, final double seconds) {
        final Totals totals = fleet.totals();
        return fleet.loop(0)
                .submit(() -> ledger.result(refusedHere, totals, seconds))
                .syncUninterruptibly()
                .getNow();
    }

    /** Sends the frames. */
    private final class Sender implements Pacer.Target {
        private final Fleet fleet;
        private final FrameLedger ledger;
        private final long startUtcMs;
        private final double periodNs;
        private final CountDownLatch finished;
        private int messages;

        Sender(
                final Fleet fleet,
                final FrameLedger ledger,
                final long startUtcMs,
                final double periodNs,
                final CountDownLatch finished) {
            this.fleet = fleet;
            this.ledger = ledger;
            this.startUtcMs = startUtcMs;
            this.periodNs = periodNs;
            this.finished = finished;
        }

        @Override
        public boolean due(final int sender, final long step, final long intendedNs) {
            final TrackFrame frame = frames.get((int) step);
            final long utcMs = startUtcMs + (long) (step * periodNs / 1e6);
            for (final TrackFrame.TrackMessage message : frame.messages()) {
                final Rsm rsm = message.at(utcMs, messages++ & 127);
                final byte[] bytes = rsm.toByteArray();
                final long number = fleet.send(
                        0, MessageKind.MESSAGE_KIND_RSM_VALUE, new UnsafeBuffer(bytes), 0, bytes.length, intendedNs);
                ledger.sent(number, (int) step);
            }
            ledger.done((int) step);
            fleet.client(0).flush();
            return true;
        }

        @Override
        public void finished() {
            finished.countDown();
        }
    }
}
