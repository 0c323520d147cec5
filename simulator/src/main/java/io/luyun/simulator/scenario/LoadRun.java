package io.luyun.simulator.scenario;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Role;
import io.luyun.simulator.link.Identity;
import io.luyun.simulator.link.LinkListener;
import io.luyun.simulator.measure.Pacer;
import io.luyun.simulator.script.Script;
import io.luyun.simulator.script.StepFrames;
import io.luyun.simulator.script.ZoneScript;
import io.luyun.simulator.stage.Receivers;
import io.luyun.simulator.traffic.TrafficConfig;
import io.luyun.simulator.traffic.Zone;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * A simulated zone against a server, open loop: every device sends at its own phase of the period whatever the server
 * does. Run by one thread; {@link #stop()} may come from any.
 */
public final class LoadRun {
    private static final LinkListener NOBODY = new LinkListener() {};
    private static final long OPEN_MILLIS = 10_000;
    private static final long LEAD_NS = 200_000_000;
    private static final double GOLDEN = 0.6180339887498949;

    private final LoadPlan plan;
    private final Script script;
    private final NanoClock clock;
    private final EpochNanoClock epochClock;
    private final double periodNs;
    private final long openMillis;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean aborted;

    /** A run of the plan's zone. */
    public LoadRun(final LoadPlan plan, final Zone zone, final NanoClock clock, final EpochNanoClock epochClock) {
        this(plan, zone, TrafficConfig.DEFAULT, null, clock, epochClock);
    }

    /** A run of the plan's zone with other habits of its drivers, whose receivers err. */
    public LoadRun(
            final LoadPlan plan,
            final Zone zone,
            final TrafficConfig traffic,
            final @Nullable Receivers receivers,
            final NanoClock clock,
            final EpochNanoClock epochClock) {
        this(
                plan,
                new ZoneScript(
                        zone, plan.seed(), plan.vehicles(), plan.rsus(), plan.rate(), plan.ssm(), traffic, receivers),
                clock,
                epochClock,
                OPEN_MILLIS);
    }

    LoadRun(
            final LoadPlan plan,
            final Script script,
            final NanoClock clock,
            final EpochNanoClock epochClock,
            final long openMillis) {
        this.plan = plan;
        this.openMillis = openMillis;
        this.script = script;
        this.clock = clock;
        this.epochClock = epochClock;
        periodNs = 1e9 / plan.rate();
    }

    /** Ends the run after the step being sent. */
    public void stop() {
        stop.countDown();
    }

    /** Ends the run and does not wait for what is outstanding: the server is gone. */
    public void abort() {
        aborted = true;
        stop();
    }

    /**
     * Runs to the end.
     *
     * @param eachSecond is told how it stands
     */
    public RunResult run(final Consumer<RunResult> eachSecond)
            throws IOException, InterruptedException, ResourceException {
        final List<Identity> identities = identities(epochClock.nanoTime());
        try (Fleet fleet = new Fleet(
                        plan.link(), identities, Math.min(plan.loops(), identities.size()), clock, epochClock, NOBODY);
                StepFeed feed = new StepFeed(script, clock, periodNs, fleet.loops())) {
            final @Nullable Observer observer = plan.observe() ? new Observer(fleet.alerts()) : null;
            fleet.open(openMillis);
            if (observer != null) {
                final Identity watcher = identity("observer-01", Role.ROLE_OBSERVER, epochClock.nanoTime());
                fleet.subscriber(watcher, observer, Observer.EVERYTHING);
            }
            final CountDownLatch finished = new CountDownLatch(fleet.loops());
            final List<Pacer> pacers = pacers(fleet, feed, identities.size(), finished);
            final long startNs = clock.nanoTime() + LEAD_NS;
            final long steps = plan.seconds() == 0 ? Long.MAX_VALUE : Math.round(plan.seconds() * plan.rate());
            feed.start(startNs, TimeUnit.NANOSECONDS.toMillis(epochClock.nanoTime() + LEAD_NS));
            pacers.forEach(pacer -> pacer.start(startNs, steps));
            watch(fleet, feed, observer, startNs, finished, eachSecond);
            pacers.forEach(Pacer::stop);
            finished.await(plan.drainMillis(), TimeUnit.MILLISECONDS);
            for (final Pacer pacer : pacers) {
                if (pacer.failure() != null) {
                    throw new IllegalStateException("sending failed", pacer.failure());
                }
            }
            final double seconds = (clock.nanoTime() - startNs) / 1e9;
            fleet.drain(aborted ? 0 : plan.drainMillis());
            return result(fleet, observer, seconds);
        }
    }

    private void watch(
            final Fleet fleet,
            final StepFeed feed,
            final @Nullable Observer observer,
            final long startNs,
            final CountDownLatch finished,
            final Consumer<RunResult> eachSecond)
            throws InterruptedException {
        for (long second = 1; ; second++) {
            final long atNs = startNs + TimeUnit.SECONDS.toNanos(second);
            while (clock.nanoTime() < atNs) {
                if (stop.await(10, TimeUnit.MILLISECONDS) || finished.getCount() == 0) {
                    return;
                }
                final Throwable failure = feed.failure();
                if (failure != null) {
                    throw new IllegalStateException("the simulated traffic failed", failure);
                }
            }
            fleet.askClock();
            eachSecond.accept(result(fleet, observer, (double) second));
            if (second == plan.warmupSeconds()) {
                fleet.forgetLatencies();
            }
        }
    }

    private RunResult result(final Fleet fleet, final @Nullable Observer observer, final double seconds) {
        return new RunResult(
                fleet.totals(),
                seconds,
                fleet.alerts().raised(),
                fleet.alerts().lines(),
                observer == null ? -1 : observer.participants(),
                observer == null ? -1 : observer.signals(),
                observer == null ? -1 : observer.events());
    }

    private List<Identity> identities(final long bootEpoch) {
        return script.devices().stream()
                .map(device -> identity(device.id(), device.role(), bootEpoch))
                .toList();
    }

    private Identity identity(final String id, final Role role, final long bootEpoch) {
        final AckLevel level = plan.ackLevel();
        return new Identity(id, role, plan.token(), bootEpoch, level);
    }

    private List<Pacer> pacers(
            final Fleet fleet, final StepFeed feed, final int devices, final CountDownLatch finished) {
        // In this order kinds of device mix, so that the roadside units' larger messages do not come in one burst.
        final int[] order = IntStream.range(0, devices)
                .boxed()
                .sorted(Comparator.comparingDouble(device -> device * GOLDEN % 1))
                .mapToInt(Integer::intValue)
                .toArray();
        final long[] phases = Pacer.spread(devices, periodNs);
        final List<Pacer> pacers = new ArrayList<>();
        for (int loop = 0; loop < fleet.loops(); loop++) {
            final int here = loop;
            final int[] mine = IntStream.range(0, devices)
                    .filter(place -> fleet.loopOf(order[place]) == here)
                    .toArray();
            final int[] senders = IntStream.of(mine).map(place -> order[place]).toArray();
            final long[] phaseNs =
                    IntStream.of(mine).mapToLong(place -> phases[place]).toArray();
            pacers.add(new Pacer(
                    fleet.loop(loop), clock, phaseNs, periodNs, new Sender(fleet, feed, here, senders, finished)));
        }
        return pacers;
    }

    /** Sends the messages of one loop's devices. */
    private static final class Sender implements Pacer.Target {
        private final Fleet fleet;
        private final StepFeed feed;
        private final int loop;
        private final int[] devices;
        private final CountDownLatch finished;

        Sender(
                final Fleet fleet,
                final StepFeed feed,
                final int loop,
                final int[] devices,
                final CountDownLatch finished) {
            this.fleet = fleet;
            this.feed = feed;
            this.loop = loop;
            this.devices = devices;
            this.finished = finished;
        }

        @Override
        public boolean due(final int sender, final long step, final long intendedNs) {
            final StepFrames frames = feed.frames(step);
            if (frames == null) {
                return false;
            }
            final int device = devices[sender];
            final int end = frames.first(device + 1);
            for (int message = frames.first(device); message < end; message++) {
                fleet.send(
                        device,
                        frames.kind(message),
                        frames.buffer(),
                        frames.offset(message),
                        frames.length(message),
                        intendedNs);
            }
            fleet.client(device).flush();
            return true;
        }

        @Override
        public void stepDone(final long step) {
            feed.done(loop, step);
        }

        @Override
        public void finished() {
            finished.countDown();
        }
    }
}
