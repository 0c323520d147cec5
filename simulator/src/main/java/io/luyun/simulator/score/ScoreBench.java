package io.luyun.simulator.score;

import io.luyun.proto.v1.AlertKind;
import io.luyun.simulator.scenario.ResourceException;
import io.luyun.simulator.stage.Playbill;
import io.luyun.simulator.stage.Scenario;
import io.luyun.simulator.stage.Scene;
import io.luyun.simulator.stage.StageZone;
import io.luyun.simulator.traffic.ZoneGeoJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/** Draws the scenes, plays them in batches, each against a server of its own, and adds up the verdicts. Run by one thread. */
public final class ScoreBench {
    private static final String SERVER = """
            # A server that is scored: ports chosen by the system, this host alone.
            data: data
            zone:
              file: zone.geojson
            net:
              host: 127.0.0.1
              port: 0
              insecure: true
              registry: registry.yaml
            ops:
              host: 127.0.0.1
              port: 0
            alert:
              approvedRoad: {devices: ["*"]}
            # The observer hears all alerts of all scenes, and counts those it does not hear as missed.
            fanout: {alertQueue: 65536}
            """;

    private final ScorePlan plan;
    private final ServerHost host;
    private final NanoClock clock;
    private final EpochNanoClock epochClock;

    /** A scene of an application. */
    private record Entry(Tally tally, Scene scene) {
        int streams() {
            return Playbill.reporters(scene).size() + scene.scenario().units().size();
        }
    }

    /**
     * What came of it.
     *
     * @param tallies one for each application
     * @param messages messages sent
     * @param refused messages the server refused, by reason; anything here is an error of the bench or the server
     * @param strays alerts about nobody of the scenes
     * @param lagNs how late messages were sent, the 99th percentile; the machine's doing, beyond 0.1 s scores suffer
     * @param clean what was raised in clean traffic
     */
    public record Result(
            List<Tally> tallies,
            long messages,
            Map<String, Long> refused,
            int strays,
            long lagNs,
            CleanTraffic.Outcome clean) {
        /** The goals that do not hold. */
        public List<String> failures() {
            final List<String> failures = new ArrayList<>();
            tallies.forEach(tally -> {
                failures.addAll(tally.failures());
                failures.addAll(tally.failures(clean));
            });
            refused.forEach((reason, count) -> failures.add(count + " messages refused: " + reason));
            if (strays > 0) {
                failures.add(strays + " alerts about nobody of the scenes");
            }
            return failures;
        }
    }

    public ScoreBench(
            final ScorePlan plan, final ServerHost host, final NanoClock clock, final EpochNanoClock epochClock) {
        this.plan = plan;
        this.host = host;
        this.clock = clock;
        this.epochClock = epochClock;
    }

    /**
     * Runs to the end.
     *
     * @param progress is told in a line what is played
     * @throws IllegalArgumentException when no application has the only scenario that is wanted
     */
    public Result run(final List<Application> applications, final Consumer<String> progress)
            throws IOException, InterruptedException, ResourceException {
        final List<Tally> tallies = new ArrayList<>();
        final List<Entry> entries = new ArrayList<>();
        for (final Application application : applications) {
            final List<Scenario> scenarios = application.scenarios().stream()
                    .filter(one -> plan.scenario().isEmpty() || one.name().equals(plan.scenario()))
                    .toList();
            if (!scenarios.isEmpty()) {
                final Tally tally = new Tally(application);
                tallies.add(tally);
                for (int i = 0; i < plan.variants(); i++) {
                    entries.add(new Entry(tally, Scene.draw(scenarios.get(i % scenarios.size()), plan.seed() + i)));
                }
            }
        }
        if (tallies.isEmpty()) {
            throw new IllegalArgumentException("scenario " + plan.scenario() + " is in none of the applications");
        }
        // scenes of one length together, so that none of a batch waits for the others
        entries.sort(Comparator.comparingDouble(entry -> entry.scene.scenario().seconds()));
        final List<List<Entry>> batches = batches(entries);
        final Map<String, Long> refused = new TreeMap<>();
        long messages = 0;
        long lagNs = 0;
        int strays = 0;
        for (int i = 0; i < batches.size(); i++) {
            final List<Entry> batch = batches.get(i);
            progress.accept("batch " + (i + 1) + " of " + batches.size() + ": " + batch.size() + " scenes, "
                    + batch.stream().mapToInt(Entry::streams).sum() + " devices");
            final Performance.Outcome outcome = play(i, batch);
            judge(batch, outcome);
            messages += outcome.totals().sent();
            strays += outcome.strays();
            lagNs = Math.max(lagNs, outcome.totals().lag().getValueAtPercentile(99));
            outcome.totals().refusedByReason().forEach((reason, count) -> refused.merge(reason, count, Long::sum));
        }
        return new Result(tallies, messages, refused, strays, lagNs, clean(progress));
    }

    private CleanTraffic.Outcome clean(final Consumer<String> progress)
            throws IOException, InterruptedException, ResourceException {
        if (plan.cleanHours() == 0) {
            return CleanTraffic.Outcome.NONE;
        }
        final Path directory = configured("clean");
        return new CleanTraffic(host, clock, epochClock)
                .drive(directory, plan.cleanHours(), plan.seed(), plan.noise(), progress);
    }

    /** A directory with all that a server needs but its zone. */
    private Path configured(final String name) throws IOException {
        final Path directory = Files.createDirectories(plan.directory().resolve(name));
        Files.writeString(directory.resolve("registry.yaml"), Cast.REGISTRY);
        Files.writeString(directory.resolve("server.yaml"), SERVER + plan.settings());
        return directory;
    }

    private List<List<Entry>> batches(final List<Entry> entries) {
        final List<List<Entry>> batches = new ArrayList<>();
        int streams = Integer.MAX_VALUE;
        for (final Entry entry : entries) {
            if (batches.isEmpty() || streams + entry.streams() > plan.streams()) {
                batches.add(new ArrayList<>());
                streams = 0;
            }
            batches.getLast().add(entry);
            streams += entry.streams();
        }
        return batches;
    }

    private Performance.Outcome play(final int number, final List<Entry> batch)
            throws IOException, InterruptedException, ResourceException {
        final List<Scene> scenes = batch.stream().map(Entry::scene).toList();
        final Path directory = configured("batch-" + (number + 1));
        ZoneGeoJson.write(StageZone.of(scenes), directory.resolve("zone.geojson"));
        try (ServerHost.Running server = host.start(directory)) {
            return new Performance(scenes, plan.noise(), kinds(batch), clock, epochClock).play(server.link());
        }
    }

    private static Set<AlertKind> kinds(final List<Entry> batch) {
        final Set<AlertKind> kinds = EnumSet.noneOf(AlertKind.class);
        batch.forEach(entry -> kinds.add(entry.tally.application().kind()));
        return kinds;
    }

    private static void judge(final List<Entry> batch, final Performance.Outcome outcome) {
        final Map<Entry, List<Warning>> byEntry = new LinkedHashMap<>();
        for (int tile = 0; tile < batch.size(); tile++) {
            byEntry.put(batch.get(tile), outcome.warnings().get(tile));
        }
        byEntry.forEach(
                (entry, warnings) -> entry.tally.add(Judge.judge(entry.tally.application(), entry.scene, warnings)));
    }
}
