package io.luyun.simulator.scenario;

import io.luyun.simulator.plan.LoadScenario;
import io.luyun.simulator.plan.TrafficPlan;
import io.luyun.simulator.script.Script;
import io.luyun.simulator.script.ZoneScript;
import io.luyun.simulator.source.FcdInput;
import io.luyun.simulator.source.FcdOptions;
import io.luyun.simulator.source.FcdScript;
import io.luyun.simulator.source.FcdTypes;
import io.luyun.simulator.source.JournalOptions;
import io.luyun.simulator.source.JournalScript;
import io.luyun.simulator.source.SumoProcess;
import io.luyun.simulator.stage.Receivers;
import io.luyun.simulator.traffic.GeoPoint;
import io.luyun.simulator.traffic.TrafficConfig;
import io.luyun.simulator.traffic.Zone;
import io.luyun.simulator.traffic.ZoneGenerator;
import io.luyun.simulator.traffic.ZoneGeoJson;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a scenario plays on and by: its zone and its script. Closed with the run. */
public final class Setting implements Closeable {
    private final Script script;
    private final @Nullable Zone zone;
    private final @Nullable Path zoneFile;
    private final Closeable source;

    private Setting(
            final Script script, final @Nullable Zone zone, final @Nullable Path zoneFile, final Closeable source) {
        this.script = script;
        this.zone = zone;
        this.zoneFile = zoneFile;
        this.source = source;
    }

    /** Drivers of a zone; their habits, and how their receivers err, or null when they do not. */
    public static Setting seeded(
            final LoadScenario scenario,
            final TrafficPlan.Seeded plan,
            final Zone zone,
            final TrafficConfig habits,
            final @Nullable Receivers receivers) {
        if (plan.units() > zone.rsus().size()) {
            throw new IllegalArgumentException(
                    "units " + plan.units() + " is not in 0.." + zone.rsus().size() + ", what the zone has");
        }
        final TrafficConfig chosen = plan.closedLoop() ? habits.reacting() : habits;
        final Script script = new ZoneScript(
                zone,
                scenario.seed(),
                plan.vehicles(),
                plan.units(),
                scenario.usualRate(),
                plan.ssm(),
                chosen,
                receivers);
        return new Setting(script, zone, plan.zone(), () -> {});
    }

    /**
     * The setting of a scenario.
     *
     * @throws IOException when a file it names cannot be read, or SUMO cannot be started
     * @throws IllegalArgumentException when what it asks for is not there
     */
    public static Setting of(final LoadScenario scenario) throws IOException {
        return switch (scenario.traffic()) {
            case final TrafficPlan.Seeded plan ->
                seeded(
                        scenario,
                        plan,
                        plan.zone() == null ? ZoneGenerator.generate(scenario.seed()) : ZoneGeoJson.read(plan.zone()),
                        TrafficConfig.DEFAULT,
                        null);
            case final TrafficPlan.Fcd plan -> {
                final FcdScript script = new FcdScript(
                        plan.net() == null
                                ? FcdInput.file(plan.file(), null)
                                : FcdInput.ofNetwork(plan.file(), plan.net()),
                        FcdTypes.BY_NAME,
                        options(plan.vehicles(), plan.persons(), plan.loop(), scenario.seed()));
                yield elsewhere(plan, script, script::close);
            }
            case final TrafficPlan.Sumo plan -> sumo(scenario, plan);
            case final TrafficPlan.Journal plan -> {
                final JournalScript script = new JournalScript(
                        plan.directory(),
                        new JournalOptions(
                                plan.copies(),
                                plan.eastMetres(),
                                plan.northMetres(),
                                plan.laterSeconds(),
                                plan.units(),
                                FcdOptions.QUIET_MILLIS,
                                scenario.seed()));
                yield elsewhere(plan, script, script::close);
            }
        };
    }

    /** What is played. */
    public Script script() {
        return script;
    }

    /** Where roadside units are, round which those look who watch an area; empty when nobody knows. */
    public List<GeoPoint> places() {
        return zone == null
                ? List.of()
                : zone.rsus().stream().map(Zone.Rsu::pos).toList();
    }

    /** Writes the zone for a server; false when there is none. */
    boolean writeZone(final Path file) throws IOException {
        if (zoneFile != null) {
            Files.copy(zoneFile, file);
        } else if (zone != null) {
            ZoneGeoJson.write(zone, file);
        }
        return zoneFile != null || zone != null;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private static Setting sumo(final LoadScenario scenario, final TrafficPlan.Sumo plan) throws IOException {
        if (scenario.seed() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "seed " + scenario.seed() + " is not in 0.." + Integer.MAX_VALUE + ", which SUMO takes");
        }
        final SumoProcess sumo = new SumoProcess(plan.config(), plan.stepSeconds(), Math.toIntExact(scenario.seed()));
        try {
            final FcdScript script = new FcdScript(
                    sumo, FcdTypes.BY_NAME, options(plan.vehicles(), plan.persons(), false, scenario.seed()));
            return elsewhere(plan, script, () -> {
                script.close();
                sumo.close();
            });
        } catch (final IOException | IllegalArgumentException e) {
            sumo.close();
            throw e;
        }
    }

    /** The server's zone may hold what drivers here do not know; only its roadside units count. */
    private static Setting elsewhere(final TrafficPlan plan, final Script script, final Closeable source)
            throws IOException {
        final Path file = plan.zone();
        try {
            return new Setting(script, file == null ? null : ZoneGeoJson.read(file), file, source);
        } catch (final IOException | IllegalArgumentException e) {
            source.close();
            throw e;
        }
    }

    private static FcdOptions options(final int vehicles, final int persons, final boolean loop, final long seed) {
        return new FcdOptions(vehicles, persons, loop, FcdOptions.QUIET_MILLIS, seed);
    }
}
