package io.luyun.simulator.scenario;

import io.luyun.simulator.link.ClientLoops;
import io.luyun.simulator.link.Identity;
import io.luyun.simulator.link.MqttPublisher;
import io.luyun.simulator.measure.Timetable;
import io.luyun.simulator.recording.TopicFile.Published;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/** A recording of topics and payloads published as one device at an even rate; each is waited for. */
@SuppressWarnings("FutureReturnValueIgnored") // tasks tell what became of them through fields of the loop
public final class MqttFeedRun {
    private static final long POLL_NS = 5_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final FeedPlan plan;
    private final List<Published> lines;
    private final double rate;
    private final NanoClock clock;
    private final EpochNanoClock epochClock;
    private final CountDownLatch stop = new CountDownLatch(1);

    /**
     * A run.
     *
     * @param rate messages a second
     */
    public MqttFeedRun(
            final FeedPlan plan,
            final List<Published> lines,
            final double rate,
            final NanoClock clock,
            final EpochNanoClock epochClock) {
        this.plan = plan;
        this.lines = List.copyOf(lines);
        this.rate = rate;
        this.clock = clock;
        this.epochClock = epochClock;
    }

    /** Ends the run after the message being sent. */
    public void stop() {
        stop.countDown();
    }

    /**
     * Runs to the end of the recording.
     *
     * @param eachSecond is told how it stands
     */
    public MqttFeedResult run(final Consumer<MqttFeedResult> eachSecond)
            throws IOException, InterruptedException, ResourceException {
        final Identity identity = new Identity(
                plan.deviceId(),
                plan.role(),
                plan.token(),
                epochClock.nanoTime(),
                io.luyun.proto.v1.AckLevel.ACK_LEVEL_SYNCED);
        try (ClientLoops loops = new ClientLoops(plan.link(), 1, clock, epochClock)) {
            final EventLoop loop = loops.loop(0);
            final Ledger ledger = new Ledger();
            final MqttPublisher publisher = new MqttPublisher(loops, loop, identity, ledger);
            loop.execute(publisher::connect);
            ledger.opened.await();
            final String closed = on(loop, () -> ledger.closed);
            if (closed != null) {
                throw new ResourceException(closed);
            }
            final long startNs = clock.nanoTime();
            final Timetable timetable = new Timetable(loop, clock, dueNs(), new Timetable.Target() {
                @Override
                public void due(final int index, final long intendedNs) {
                    ledger.send(publisher, index);
                }

                @Override
                public void finished() {
                    ledger.finished.countDown();
                }
            });
            timetable.start(startNs);
            for (long second = 1; ; second++) {
                final long atNs = startNs + TimeUnit.SECONDS.toNanos(second) - clock.nanoTime();
                if (ledger.finished.await(atNs, TimeUnit.NANOSECONDS) || stop.getCount() == 0) {
                    break;
                }
                final double seconds = second;
                eachSecond.accept(on(loop, () -> ledger.result(seconds)));
            }
            timetable.stop();
            final long endNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(plan.drainMillis());
            while (on(loop, publisher::outstanding) > 0 && clock.nanoTime() < endNs) {
                LockSupport.parkNanos(POLL_NS);
            }
            final double seconds = (clock.nanoTime() - startNs) / NANOS_PER_SECOND;
            final MqttFeedResult result = on(loop, () -> ledger.result(seconds));
            loop.submit(publisher::close).syncUninterruptibly();
            return result;
        }
    }

    private long[] dueNs() {
        final long[] dueNs = new long[lines.size()];
        for (int i = 0; i < dueNs.length; i++) {
            dueNs[i] = (long) (i * NANOS_PER_SECOND / rate);
        }
        return dueNs;
    }

    private static <T> T on(final EventLoop loop, final java.util.concurrent.Callable<T> task) {
        return loop.submit(task).syncUninterruptibly().getNow();
    }

    /** What became of the lines; confined to the loop but for its latches. */
    private final class Ledger implements MqttPublisher.Listener {
        private final CountDownLatch opened = new CountDownLatch(1);
        private final CountDownLatch finished = new CountDownLatch(1);
        private final Map<String, Long> refusals = new TreeMap<>();
        private final Map<String, Long> problems = new TreeMap<>();
        private int reached;
        private int taken;
        private @Nullable String closed;

        void send(final MqttPublisher publisher, final int index) {
            final Published line = lines.get(index);
            reached++;
            if (line.problem() == null) {
                publisher.publish(index, line.topic(), line.payload());
            } else {
                problems.merge(line.problem(), 1L, Long::sum);
            }
        }

        @Override
        public void onOpen() {
            opened.countDown();
        }

        @Override
        public void onAnswer(final int index, final @Nullable String refusal) {
            if (refusal == null) {
                taken++;
            } else {
                refusals.merge(refusal, 1L, Long::sum);
            }
        }

        @Override
        public void onClosed(final String why) {
            closed = why;
            opened.countDown();
            stop.countDown();
        }

        MqttFeedResult result(final double seconds) {
            return new MqttFeedResult(
                    lines.size(), reached, taken, new TreeMap<>(refusals), new TreeMap<>(problems), closed, seconds);
        }
    }
}
