package io.luyun.simulator.score;

import io.luyun.proto.v1.AckLevel;
import io.luyun.simulator.plan.LoadScenario;
import io.luyun.simulator.plan.TrafficPlan;
import io.luyun.simulator.scenario.LoadRun;
import io.luyun.simulator.scenario.LoadTarget;
import io.luyun.simulator.scenario.ResourceException;
import io.luyun.simulator.scenario.RunResult;
import io.luyun.simulator.scenario.Setting;
import io.luyun.simulator.stage.NoiseLevels;
import io.luyun.simulator.stage.Receivers;
import io.luyun.simulator.traffic.TrafficConfig;
import io.luyun.simulator.traffic.Zone;
import io.luyun.simulator.traffic.ZoneGenerator;
import io.luyun.simulator.traffic.ZoneGeoJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * Dense traffic in which everybody behaves: signals, queues, turns and people at crossings, but nobody speeds, brakes hard or looks
 * away. Whatever is raised of collisions is wrong. What vehicles tell of themselves errs as in the scenes, but for
 * jumps and clocks. The first seconds do not count: a server that has just started, and takes all vehicles at once, is seconds late.
 */
public final class CleanTraffic {
    private static final int VEHICLES = 1_000;
    private static final int STEPS_PER_SECOND = 10;
    private static final int WARM_UP_S = 10;
    private static final double MORE_S = 60;
    private static final double SECONDS_AN_HOUR = 3_600;

    private final ServerHost host;
    private final NanoClock clock;
    private final EpochNanoClock epochClock;

    /**
     * What was raised.
     *
     * @param vehicleHours time all vehicles drove
     * @param raised alerts by kind
     * @param lagNs how late messages were sent, the 99th percentile
     */
    public record Outcome(double vehicleHours, Map<String, Long> raised, long lagNs) {
        /** Nothing was driven. */
        static final Outcome NONE = new Outcome(0, Map.of(), 0);

        /** Alerts of a kind a vehicle-hour. */
        public double anHour(final String kind) {
            return vehicleHours == 0 ? 0 : raised.getOrDefault(kind, 0L) / vehicleHours;
        }
    }

    CleanTraffic(final ServerHost host, final NanoClock clock, final EpochNanoClock epochClock) {
        this.host = host;
        this.clock = clock;
        this.epochClock = epochClock;
    }

    Outcome drive(
            final Path directory,
            final double hours,
            final long seed,
            final NoiseLevels noise,
            final Consumer<String> progress)
            throws IOException, InterruptedException, ResourceException {
        final Zone zone = ZoneGenerator.generate(seed);
        final int seconds = (int) Math.ceil(hours * SECONDS_AN_HOUR / VEHICLES);
        progress.accept("clean traffic: " + VEHICLES + " vehicles for " + seconds + " s");
        ZoneGeoJson.write(zone, directory.resolve("zone.geojson"));
        try (ServerHost.Running server = host.start(directory)) {
            final TrafficPlan.Seeded traffic =
                    TrafficPlan.zone(VEHICLES, zone.rsus().size(), false);
            final LoadScenario scenario = LoadScenario.plain(
                    traffic, STEPS_PER_SECOND, WARM_UP_S + seconds, WARM_UP_S, seed, AckLevel.ACK_LEVEL_RECEIVED, true);
            final Receivers receivers = new Receivers(noise, VEHICLES, WARM_UP_S + seconds + MORE_S, seed);
            final Map<String, Long> before = new HashMap<>();
            final RunResult result = new LoadRun(
                            scenario,
                            LoadTarget.plain(server.link()),
                            Setting.seeded(scenario, traffic, zone, TrafficConfig.CALM, receivers),
                            clock,
                            epochClock)
                    .run(now -> {
                        if (Math.round(now.seconds()) == WARM_UP_S) {
                            before.putAll(now.alerts());
                        }
                    });
            final Map<String, Long> raised = new TreeMap<>(result.alerts());
            before.forEach((kind, count) -> raised.merge(kind, -count, Long::sum));
            return new Outcome(
                    VEHICLES * seconds / SECONDS_AN_HOUR,
                    raised,
                    result.totals().lag().getValueAtPercentile(99));
        }
    }
}
