package io.luyun.simulator.scenario;

import io.luyun.simulator.link.Identity;
import io.luyun.simulator.measure.Pacer;
import io.luyun.simulator.measure.Totals;
import io.luyun.simulator.plan.LoadScenario;
import io.luyun.simulator.plan.Outage;
import io.luyun.simulator.plan.Rates;
import io.luyun.simulator.plan.Search;
import io.luyun.simulator.script.Device;
import io.luyun.simulator.script.Script;
import io.luyun.simulator.traffic.GeoPoint;
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
 * The devices of a script against a server, open loop: each sends at its own phase of the step whatever the server does. Run by one thread;
 * {@link #stop()} may come from any.
 */
public final class LoadRun {
    private static final long OPEN_MILLIS = 10_000;
    /** Time from the opening of all links to the first step. */
    public static final long LEAD_NS = 200_000_000;

    private static final double GOLDEN = 0.6180339887498949;
    private static final double NS = 1e9;
    /** No answer tells when the last datagram has been read. */
    private static final long DATAGRAM_MILLIS = 500;

    /** A change of rates lies so far ahead that no step of the old ones is behind it. */
    private static final double AHEAD_SECONDS = 0.3;

    private final LoadScenario scenario;
    private final LoadTarget target;
    private final Script script;
    private final List<GeoPoint> places;
    private final NanoClock clock;
    private final EpochNanoClock epochClock;
    private final long openMillis;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile Rates rates;
    private volatile boolean aborted;

    /** A run of a setting. */
    public LoadRun(
            final LoadScenario scenario,
            final LoadTarget target,
            final Setting setting,
            final NanoClock clock,
            final EpochNanoClock epochClock) {
        this(scenario, target, setting.script(), setting.places(), clock, epochClock, OPEN_MILLIS);
    }

    /**
     * A run of a script.
     *
     * @param places round which those look who watch an area, by turns
     */
    LoadRun(
            final LoadScenario scenario,
            final LoadTarget target,
            final Script script,
            final List<GeoPoint> places,
            final NanoClock clock,
            final EpochNanoClock epochClock,
            final long openMillis) {
        this.scenario = scenario;
        this.target = target;
        this.openMillis = openMillis;
        this.script = script;
        this.places = List.copyOf(places);
        this.clock = clock;
        this.epochClock = epochClock;
        rates = scenario.rates();
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

    /** Says when a run begins whose links are open. */
    public interface Gate {
        /**
         * All links are open.
         *
         * @return when the first step is due, nanoseconds since 1970
         */
        long open() throws IOException, InterruptedException;
    }

    /**
     * Runs to the end.
     *
     * @param eachSecond is told how it stands
     */
    public RunResult run(final Consumer<RunResult> eachSecond)
            throws IOException, InterruptedException, ResourceException {
        return run(Part.WHOLE, () -> epochClock.nanoTime() + LEAD_NS, eachSecond);
    }

    /** Runs a part to the end, beginning when the gate says. */
    public RunResult run(final Part part, final Gate gate, final Consumer<RunResult> eachSecond)
            throws IOException, InterruptedException, ResourceException {
        final List<Device> devices = script.devices();
        final int[] mine = part.devices(devices.size());
        if (mine.length == 0) {
            throw new IllegalArgumentException(
                    "there are fewer devices, " + devices.size() + ", than processes, " + part.of());
        }
        final long bootEpoch = epochClock.nanoTime();
        final List<Identity> identities = IntStream.of(mine)
                .mapToObj(devices::get)
                .map(device -> new Identity(device.id(), device.role(), target.token(), bootEpoch, scenario.ackLevel()))
                .toList();
        final Carriers carriers = new Carriers(scenario.links(), devices, target, epochClock);
        final Onlookers onlookers = part.index() == 0
                ? new Onlookers(scenario.watchers(), scenario.intrusions(), scenario.seed(), places, target.token())
                : new Onlookers(List.of(), List.of(), 0, places, target.token());
        final int loops = Math.min(target.loops(), identities.size());
        final DriverWarnings warnings = new DriverWarnings(devices);
        try (Fleet fleet = new Fleet(target.link(), identities, carriers, loops, clock, epochClock, warnings);
                StepFeed feed = new StepFeed(script, clock, step -> rates.atNs(step), loops)) {
            warnings.to(feed);
            fleet.open(openMillis);
            onlookers.watch(fleet, bootEpoch);
            final CountDownLatch finished = new CountDownLatch(loops);
            final List<Pacer> pacers = pacers(mine, fleet, feed, carriers, finished);
            final long startEpochNs = gate.open();
            final long startNs = clock.nanoTime() + startEpochNs - epochClock.nanoTime();
            feed.start(startNs, TimeUnit.NANOSECONDS.toMillis(startEpochNs));
            final long steps = scenario.seconds() == 0 ? Long.MAX_VALUE : rates.stepsBefore(scenario.seconds());
            pacers.forEach(pacer -> pacer.start(startNs, steps));
            onlookers.intrude(fleet);
            final Watch watch = new Watch(fleet, onlookers, startNs);
            watch.untilOver(feed, pacers, finished, eachSecond);
            pacers.forEach(Pacer::stop);
            finished.await(target.drainMillis(), TimeUnit.MILLISECONDS);
            for (final Pacer pacer : pacers) {
                if (pacer.failure() != null) {
                    throw new IllegalStateException("sending failed", pacer.failure());
                }
            }
            final double seconds = (clock.nanoTime() - startNs) / NS;
            onlookers.end(fleet);
            fleet.drain(aborted ? 0 : target.drainMillis());
            if (carriers.datagrams() && !aborted) {
                TimeUnit.MILLISECONDS.sleep(DATAGRAM_MILLIS);
            }
            return watch.result(seconds);
        }
    }

    private List<Pacer> pacers(
            final int[] mine,
            final Fleet fleet,
            final StepFeed feed,
            final Carriers carriers,
            final CountDownLatch finished) {
        // In this order kinds of device mix, so that the roadside units' larger messages do not come in one burst.
        final int[] order = IntStream.range(0, mine.length)
                .boxed()
                .sorted(Comparator.comparingDouble(client -> mine[client] * GOLDEN % 1))
                .mapToInt(Integer::intValue)
                .toArray();
        final double[] phases = Pacer.spread(order.length);
        final Pacer.Steps steps = new Pacer.Steps() {
            @Override
            public long atNs(final long step) {
                return rates.atNs(step);
            }

            @Override
            public long lengthNs(final long step) {
                return rates.lengthNs(step);
            }
        };
        final List<Pacer> pacers = new ArrayList<>();
        for (int loop = 0; loop < fleet.loops(); loop++) {
            final int here = loop;
            final int[] turns = IntStream.range(0, order.length)
                    .filter(place -> fleet.loopOf(order[place]) == here)
                    .toArray();
            final int[] clients = IntStream.of(turns).map(place -> order[place]).toArray();
            final double[] phase =
                    IntStream.of(turns).mapToDouble(place -> phases[place]).toArray();
            final int[] devices =
                    IntStream.of(clients).map(client -> mine[client]).toArray();
            final LoopSender sender = new LoopSender(fleet, feed, here, clients, devices, finished);
            for (int i = 0; i < clients.length; i++) {
                sender.faults(clients[i], carriers.plan(devices[i]).faults(), scenario.seed() * 31 + devices[i]);
            }
            pacers.add(new Pacer(fleet.loop(loop), clock, phase, steps, sender));
        }
        return pacers;
    }

    /** Looks at the run once a second, lets links go, and changes the rates of a search. */
    private final class Watch {
        private final Fleet fleet;
        private final Onlookers onlookers;
        private final long startNs;
        private final List<Outage> outages = new ArrayList<>(scenario.outages());
        private final @Nullable MostSearch search;

        Watch(final Fleet fleet, final Onlookers onlookers, final long startNs) {
            this.fleet = fleet;
            this.onlookers = onlookers;
            this.startNs = startNs;
            final Search plan = scenario.search();
            search = plan == null ? null : new MostSearch(plan);
        }

        void untilOver(
                final StepFeed feed,
                final List<Pacer> pacers,
                final CountDownLatch finished,
                final Consumer<RunResult> eachSecond)
                throws InterruptedException {
            for (long second = 1; ; second++) {
                final long atNs = startNs + TimeUnit.SECONDS.toNanos(second);
                while (clock.nanoTime() < atNs) {
                    letGo();
                    if (stop.await(10, TimeUnit.MILLISECONDS)
                            || finished.getCount() == 0
                            || pacers.stream().anyMatch(pacer -> pacer.failure() != null)) {
                        return;
                    }
                    final Throwable failure = feed.failure();
                    if (failure != null) {
                        throw new IllegalStateException("the simulated traffic failed", failure);
                    }
                }
                fleet.askClock();
                final RunResult now = result((double) second);
                eachSecond.accept(now);
                if (search != null) {
                    follow(search, now);
                    if (search.over()) {
                        return;
                    }
                }
                if (second == scenario.warmupSeconds()) {
                    fleet.forgetLatencies();
                }
            }
        }

        private void follow(final MostSearch path, final RunResult now) {
            final double rate = path.second(now.totals());
            final double atSeconds = (clock.nanoTime() - startNs) / NS + AHEAD_SECONDS;
            if (rate != rates.at(atSeconds)) {
                rates = rates.then(atSeconds, rate);
            }
        }

        private void letGo() {
            final double seconds = (clock.nanoTime() - startNs) / NS;
            outages.removeIf(outage -> {
                final boolean now = outage.atSeconds() <= seconds;
                if (now) {
                    fleet.stayAway(
                            outage.share(),
                            outages.size(),
                            Math.round(outage.awaySeconds() * 1e3),
                            outage.togetherAgain());
                }
                return now;
            });
        }

        RunResult result(final double seconds) {
            final Totals totals = fleet.totals();
            final long[] intrusions = onlookers.intrusions(fleet);
            return new RunResult(
                    totals,
                    seconds,
                    fleet.alerts().raised(),
                    fleet.alerts().lines(),
                    onlookers.road(),
                    new RunResult.Links(
                            rates.at(seconds),
                            fleet.open(),
                            onlookers.updates(),
                            fleet.subscribersAway(),
                            intrusions[0],
                            intrusions[1]),
                    search == null ? List.of() : search.stages());
        }
    }
}
