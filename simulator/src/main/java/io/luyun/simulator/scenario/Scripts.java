package io.luyun.simulator.scenario;

import io.luyun.simulator.plan.LoadScenario;
import io.luyun.simulator.plan.TrafficPlan;
import io.luyun.simulator.script.Script;
import io.luyun.simulator.script.ZoneScript;
import io.luyun.simulator.stage.Receivers;
import io.luyun.simulator.traffic.TrafficConfig;
import io.luyun.simulator.traffic.Zone;
import io.luyun.simulator.traffic.ZoneGenerator;
import io.luyun.simulator.traffic.ZoneGeoJson;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes the script of a scenario's traffic. */
public final class Scripts {
    private Scripts() {}

    /**
     * The zone of a scenario: that of its file, or one from its seed.
     *
     * @throws IOException when the file cannot be read
     */
    public static Zone zone(final LoadScenario scenario) throws IOException {
        final Path file = scenario.traffic().file();
        return file == null ? ZoneGenerator.generate(scenario.seed()) : ZoneGeoJson.read(file);
    }

    /**
     * The traffic of a zone.
     *
     * @throws IllegalArgumentException when the zone has fewer roadside units
     */
    public static Script of(final LoadScenario scenario, final Zone zone) {
        return of(scenario, zone, TrafficConfig.DEFAULT, null);
    }

    /** The same with other habits of its drivers, whose receivers err. */
    public static Script of(
            final LoadScenario scenario,
            final Zone zone,
            final TrafficConfig habits,
            final @Nullable Receivers receivers) {
        final TrafficPlan plan = scenario.traffic();
        if (plan.units() > zone.rsus().size()) {
            throw new IllegalArgumentException(
                    "units " + plan.units() + " is not in 0.." + zone.rsus().size() + ", what the zone has");
        }
        final double rate = scenario.rates().stretches().stream()
                .mapToDouble(stretch -> Math.max(stretch.from(), stretch.to()))
                .max()
                .orElseThrow();
        return new ZoneScript(
                zone, scenario.seed(), plan.vehicles(), plan.units(), rate, plan.ssm(), habits, receivers);
    }
}
