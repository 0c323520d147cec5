package io.luyun.simulator.plan;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Role;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.ScenarioReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads scenarios of load, strictly: a file, or one of those that come with the simulator. Errors name file, key, value and rule. */
public final class ScenarioFile {
    /** Scenarios that come with the simulator. */
    public static final List<String> READY =
            List.of("rush-hour", "stadium", "depot-start", "storm", "black-out", "attack");

    private static final int DEFAULT_STEPS = 10;
    private static final int DEFAULT_SECONDS = 30;

    private final Path directory;

    private ScenarioFile(final Path directory) {
        this.directory = directory;
    }

    /**
     * The scenario of a file, or a ready one by its name.
     *
     * @throws IOException when there is neither
     * @throws IllegalArgumentException naming file, key, value and rule
     */
    public static LoadScenario read(final String nameOrFile) throws IOException {
        if (READY.contains(nameOrFile)) {
            return parse(nameOrFile, ready(nameOrFile), Path.of(""));
        }
        final Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    "there is no scenario file '" + nameOrFile + "'; ready ones are " + String.join(", ", READY));
        }
        final Path parent = file.getParent();
        return parse(nameOrFile, Files.readString(file), parent == null ? Path.of("") : parent);
    }

    /** The text of a ready scenario. */
    public static String ready(final String name) throws IOException {
        try (InputStream in = ScenarioFile.class.getResourceAsStream("/io/luyun/simulator/plan/" + name + ".yaml")) {
            if (in == null) {
                throw new IOException("there is no ready scenario '" + name + "'");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * The scenario of a text.
     *
     * @param directory where the files it names are looked for
     */
    public static LoadScenario parse(final String file, final String text, final Path directory) {
        final Fields fields = ScenarioReader.parse(file, text);
        try {
            return new ScenarioFile(directory).scenario(fields, text);
        } catch (final IllegalArgumentException e) {
            final String message = String.valueOf(e.getMessage());
            // what records check does not know the file
            throw message.startsWith(file + ": ") ? e : new IllegalArgumentException(file + ": " + message, e);
        }
    }

    private LoadScenario scenario(final Fields top, final String text) {
        final Fields traffic = top.object("traffic");
        final double steps = traffic.number("stepsPerSecond", DEFAULT_STEPS, 0.1, 1_000);
        final TrafficPlan who = traffic(traffic);
        final @Nullable Search search = top.has("search") ? search(top.object("search")) : null;
        final List<Fields> stretches = top.objects("rates");
        if (!stretches.isEmpty() && (top.has("seconds") || search != null)) {
            throw top.error(
                    "rates", "(there)", "say how long themselves; neither seconds nor search may be there, too");
        }
        final Rates rates = search != null
                ? Rates.constant(search.from())
                : stretches.isEmpty() ? Rates.constant(steps) : rates(stretches, steps);
        final int seconds = search != null
                ? 0
                : stretches.isEmpty()
                        ? top.whole("seconds", DEFAULT_SECONDS, 0, 1_000_000)
                        : (int) Math.ceil(rates.seconds());
        final LoadScenario scenario = new LoadScenario(
                top.text("name"),
                top.text("about", ""),
                text,
                who,
                rates,
                steps,
                seconds,
                top.whole("warmup", 0, 0, 3_600),
                (long) top.number("seed", 1, 0, 1L << 53),
                top.has("ack") ? ack(top) : AckLevel.ACK_LEVEL_SYNCED,
                links(top.objects("links")),
                watchers(top.objects("watchers")),
                outages(top.objects("outages")),
                intrusions(top.objects("intrusions")),
                search,
                top.text("expect", ""));
        top.end();
        return scenario;
    }

    private TrafficPlan traffic(final Fields fields) {
        final TrafficPlan plan = switch (fields.word("source", Source.ZONE)) {
            case ZONE ->
                new TrafficPlan.Seeded(
                        fields.has("zone") ? file(fields, "zone") : null,
                        fields.whole("vehicles", 100, 0, TrafficPlan.MAX_VEHICLES),
                        fields.whole("units", 4, 0, 1_000),
                        fields.flag("ssm"),
                        fields.flag("closedLoop"));
            case FCD ->
                new TrafficPlan.Fcd(
                        fields.has("zone") ? file(fields, "zone") : null,
                        file(fields, "file"),
                        fields.has("net") ? file(fields, "net") : null,
                        atOnce(fields, "vehicles", TrafficPlan.AS_MANY),
                        atOnce(fields, "persons", TrafficPlan.AS_MANY),
                        fields.flag("loop"));
            case SUMO ->
                new TrafficPlan.Sumo(
                        fields.has("zone") ? file(fields, "zone") : null,
                        file(fields, "config"),
                        fields.whole("vehicles", 1_000, 0, TrafficPlan.MAX_VEHICLES),
                        fields.whole("persons", 0, 0, TrafficPlan.MAX_VEHICLES),
                        fields.number("stepSeconds", 0.1, 0.01, 10));
            case JOURNAL ->
                new TrafficPlan.Journal(
                        fields.has("zone") ? file(fields, "zone") : null,
                        file(fields, "directory"),
                        fields.whole("copies", 1, 1, 1_000),
                        fields.number("eastMetres", 0, -100_000, 100_000),
                        fields.number("northMetres", 0, -100_000, 100_000),
                        fields.number("laterSeconds", 0, 0, 86_400),
                        fields.flag("units"));
        };
        fields.end();
        return plan;
    }

    private Path file(final Fields fields, final String key) {
        return directory.resolve(fields.text(key));
    }

    private static int atOnce(final Fields fields, final String key, final int absent) {
        return fields.whole(key, absent, TrafficPlan.AS_MANY, TrafficPlan.MAX_VEHICLES);
    }

    /** Where traffic comes from. */
    private enum Source {
        ZONE,
        FCD,
        SUMO,
        JOURNAL
    }

    private static Rates rates(final List<Fields> list, final double steps) {
        final List<Rates.Stretch> stretches = new ArrayList<>();
        for (final Fields fields : list) {
            final double seconds = fields.number("seconds", 0.001, 1e7);
            if (fields.has("at")) {
                final double at = steps * fields.number("at", 0, 1_000);
                stretches.add(new Rates.Stretch(seconds, at, at));
            } else {
                stretches.add(new Rates.Stretch(
                        seconds, steps * fields.number("from", 0, 1_000), steps * fields.number("to", 0, 1_000)));
            }
            fields.end();
        }
        return new Rates(stretches);
    }

    private static Search search(final Fields fields) {
        final Search search = new Search(
                fields.number("from", 1, 0.1, Rates.MOST),
                fields.number("growth", 1.5, 1.01, 10),
                fields.whole("stageSeconds", 5, 1, 600),
                fields.whole("halvings", 3, 0, 10),
                fields.number("most", Rates.MOST, 0.1, Rates.MOST),
                fields.number("ackP99Millis", 100, 0.01, 60_000));
        fields.end();
        return search;
    }

    private static AckLevel ack(final Fields top) {
        return switch (top.text("ack")) {
            case "received" -> AckLevel.ACK_LEVEL_RECEIVED;
            case "appended" -> AckLevel.ACK_LEVEL_APPENDED;
            case "synced" -> AckLevel.ACK_LEVEL_SYNCED;
            default -> throw top.error("ack", top.text("ack"), "must be one of received, appended, synced");
        };
    }

    private static List<LinkPlan> links(final List<Fields> list) {
        final List<LinkPlan> links = new ArrayList<>();
        for (final Fields fields : list) {
            final Role role = switch (fields.text("role")) {
                case "vehicle" -> Role.ROLE_OBU;
                case "unit" -> Role.ROLE_RSU;
                default -> throw fields.error("role", fields.text("role"), "must be one of vehicle, unit");
            };
            links.add(new LinkPlan(
                    role,
                    fields.number("share", 1, 0, 1),
                    fields.word("carrier", LinkPlan.Carrier.NATIVE),
                    fields.has("faults") ? faults(fields.object("faults")) : Faults.NONE));
            fields.end();
        }
        return links;
    }

    private static Faults faults(final Fields fields) {
        final Faults faults = new Faults(
                fields.number("loss", 0, 0, 1),
                fields.number("duplicates", 0, 0, 1),
                fields.number("swaps", 0, 0, 1),
                fields.number("spoiled", 0, 0, 1),
                fields.whole("clockSkewMillis", 0, 0, 86_400_000));
        fields.end();
        return faults;
    }

    private static List<WatcherPlan> watchers(final List<Fields> list) {
        final List<WatcherPlan> watchers = new ArrayList<>();
        for (final Fields fields : list) {
            watchers.add(new WatcherPlan(
                    fields.whole("count", 1, 1, 10_000),
                    fields.whole("radiusMetres", 0, 0, 100_000),
                    fields.whole("intervalMillis", 500, 0, 60_000),
                    fields.whole("readBytesPerSecond", 0, 0, 1_000_000_000)));
            fields.end();
        }
        return watchers;
    }

    private static List<Outage> outages(final List<Fields> list) {
        final List<Outage> outages = new ArrayList<>();
        for (final Fields fields : list) {
            outages.add(new Outage(
                    fields.number("atSeconds", 0, 1e7),
                    fields.number("share", 1, 0, 1),
                    fields.number("awaySeconds", 0, 0, 86_400),
                    fields.flag("togetherAgain")));
            fields.end();
        }
        return outages;
    }

    private static List<Intrusion> intrusions(final List<Fields> list) {
        final List<Intrusion> intrusions = new ArrayList<>();
        for (final Fields fields : list) {
            intrusions.add(new Intrusion(
                    fields.whole("count", 10, 1, 20_000),
                    fields.word("how", Intrusion.How.class),
                    fields.number("perSecond", 1, 0.001, 1_000)));
            fields.end();
        }
        return intrusions;
    }
}
