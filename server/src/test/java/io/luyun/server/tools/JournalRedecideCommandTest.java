package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.redecide.LiveRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command on what a server driven by hand has written. */
final class JournalRedecideCommandTest {
    private static final String ZONE = "{latitude: 29.6, longitude: 106.3}";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(directory.resolve("server.yaml"), "zone: " + ZONE + "\n");
        Files.writeString(
                directory.resolve("lenient.yaml"),
                "zone: " + ZONE
                        + "\nalert: {speedLimit: {toleranceKmh: 7, warningPercent: 60, criticalPercent: 100}}\n");
        Files.writeString(
                directory.resolve("cautions.yaml"),
                "zone: " + ZONE + "\nalert: {speedLimit: {warningPercent: 60, criticalPercent: 100}}\n");
    }

    @Test
    void theSameConfigurationGivesNoDifference() {
        record(AlertConfig.DEFAULT, 3 * LiveRun.STEPS);

        assertThat(run("--config", "server.yaml", "--assert-same"))
                .as("%s", err)
                .isZero();

        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines().toList()).satisfies(lines -> {
            assertThat(lines.getFirst()).startsWith("begun ").endsWith("record 1: where the server had started");
            assertThat(lines).anyMatch(line -> line.matches("SLW +3 +3 +3 +0 +0 +0 +0 +0 +0 +0"));
            assertThat(lines).anyMatch(line -> line.matches("all +4 +4 +4 +0 +0 +0 +0 +0 +0 +0"));
            assertThat(lines.getLast())
                    .matches("366 records, 18\\.0 s of traffic, in .* times real time, \\d+ threads");
        });
    }

    @Test
    void differencesAreLinesAndATable() {
        record(cautions(), 3 * LiveRun.STEPS);

        assertThat(run("--config", "lenient.yaml", "--limit", "2")).isZero();

        assertThat(out.toString().lines().toList()).satisfies(lines -> {
            assertThat(lines.get(0))
                    .matches("later +SLW +car-1 of sign rsu-1/4  raised 2026-09-21T14:13:22\\.100Z, 400 ms later;"
                            + " cleared 400 ms earlier");
            assertThat(lines.get(1)).startsWith("later ");
            assertThat(lines.get(2)).isEqualTo("... and 1 differences more; --limit 3 prints them all");
            assertThat(lines).anyMatch(line -> line.matches("SLW +3 +3 +0 +0 +0 +3 \\(400, 400\\) +0 +0 +3 +0"));
        });
        assertThat(run("--config", "lenient.yaml", "--assert-same")).isEqualTo(1);
    }

    @Test
    void jsonIsOneObject() throws Exception {
        record(cautions(), 3 * LiveRun.STEPS);

        assertThat(run("--config", "lenient.yaml", "--json", "--limit", "2", "--threads", "3"))
                .isZero();

        final JsonNode node = new ObjectMapper().readTree(out.toString());
        assertThat(node.get("differences")).hasSize(2);
        final JsonNode first = node.get("differences").get(0);
        assertThat(first.get("sort").asText()).isEqualTo("LATER");
        assertThat(first.get("raisedLaterMillis").asDouble()).isEqualTo(400);
        assertThat(first.get("clearedLaterMillis").asDouble()).isEqualTo(-400);
        assertThat(first.get("decided").get("alert").get("kind").asText()).isEqualTo("ALERT_KIND_SLW");
        assertThat(node.get("differencesInAll").asInt()).isEqualTo(3);
        assertThat(node.get("kinds").get("SLW").get("later").get("medianMillis").asInt())
                .isEqualTo(400);
        assertThat(node.get("all").get("same").asInt()).as("the sign shown").isEqualTo(1);
        assertThat(node.get("threads").asInt()).isEqualTo(3);
        assertThat(node.get("records").asInt()).isEqualTo(366);

        assertThat(run("--config", "cautions.yaml", "--json")).isZero();
        assertThat(new ObjectMapper().readTree(out.toString()).get("differences"))
                .isEmpty();
    }

    @Test
    void whatIsDecidedIsAnAlertJournalOfItsOwn() {
        record(cautions(), 3 * LiveRun.STEPS);
        final Path again = directory.resolve("again");

        assertThat(run("--config", "lenient.yaml", "--out", again.toString())).isZero();
        assertThat(journal("stats", again.toString())).isZero();
        assertThat(out.toString()).containsPattern("SLW +3 ");
        assertThat(run("--config", "lenient.yaml", "--out", again.toString())).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("luyun: " + again + ": must be empty or not there\n");

        assertThat(run("--config", "lenient.yaml", "--alerts", again.toString(), "--assert-same"))
                .as("it may be compared with")
                .isZero();
    }

    @Test
    void aRangeIsChosenByTimeOrSequence() throws Exception {
        final long sequence;
        try (LiveRun run = new LiveRun(directory, cautions(), "", ByteString.EMPTY)) {
            run.drive(3 * LiveRun.STEPS);
            sequence = run.sequence();
            run.drive(3 * LiveRun.STEPS);
        }

        assertThat(run("--config", "lenient.yaml", "--json", "--start", "+18.1s", "--end", "+24s"))
                .isZero();
        assertThat(slw()).as("the first of the second half").isEqualTo(1);
        assertThat(run("--config", "lenient.yaml", "--json", "--from", Long.toString(sequence + 1)))
                .isZero();
        assertThat(slw()).isEqualTo(3);
        assertThat(run("--config", "lenient.yaml", "--json", "--to", Long.toString(sequence)))
                .isZero();
        assertThat(slw()).isEqualTo(3);
        assertThat(run("--config", "lenient.yaml", "--json", "--start", "+30s", "--warm-up", "12s"))
                .isZero();
        final JsonNode node = new ObjectMapper().readTree(out.toString());
        assertThat(slw()).as("the last two of six, one of them raised before").isEqualTo(2);
        assertThat(node.get("begun").get("warmUp").asBoolean()).isTrue();
        assertThat(Instant.parse(node.get("begun").get("at").asText())).isAfter(Instant.parse("2026-09-21T14:13:37Z"));
    }

    private int slw() throws IOException {
        return new ObjectMapper()
                .readTree(out.toString())
                .get("kinds")
                .get("SLW")
                .get("recorded")
                .asInt();
    }

    @Test
    void damagedRangesAreNamedAndTheRestIsDecided() throws Exception {
        record(AlertConfig.DEFAULT, 10 * LiveRun.STEPS);
        damage(directory.resolve("journal"));

        assertThat(run("--config", "server.yaml")).isEqualTo(3);

        assertThat(err.toString()).startsWith("damaged: records ").hasLineCount(1);
        assertThat(out.toString()).containsPattern("SLW +10 ");

        damage(directory.resolve("alerts"));
        assertThat(run("--config", "server.yaml", "--assert-same"))
                .as("the check goes before")
                .isEqualTo(1);
        assertThat(err.toString()).hasLineCount(2).contains(" in alerts/run-00000001/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            | --zone: must name the zone file that the server had, or --config its configuration
            --config none.yaml | there is no configuration none.yaml
            --config wrong.yaml | alert.speedLimits = {}: no such key; there are forwardCollision
            --config range.yaml | alert.speedLimit.toleranceKmh = -1.0: must be 0.0 to 50.0
            --zone none.geojson | zone.file = none.geojson: must be a zone file
            --config server.yaml --alerts none | --alerts none: must be an alert journal (no journal at none)
            --config server.yaml --alerts journal | --alerts journal: must be an alert journal; its first record is of kind SERVER_STARTED
            --config server.yaml --kind BSM | rules need every record: choose by --start, --end, --from and --to alone
            --config server.yaml --device car-1 | rules need every record
            --config server.yaml --warm-up soon | --warm-up soon: must be a length of time such as 1.5s, 500ms or 2h
            --config server.yaml --window x | --window x: must be a length of time
            --config server.yaml --threads 0 | --threads 0: must be 1 to 16
            --config server.yaml --start never | --start never: must be RFC 3339
            --config server.yaml --start +1h | there are no records to decide on in what is chosen
            --config server.yaml --from 1000000 | --from 1000000: must be in the journal
            """)
    void badInputIsOneLineAndExitCodeTwo(final String arguments, final String message) throws Exception {
        record(AlertConfig.DEFAULT, 10);
        Files.writeString(directory.resolve("wrong.yaml"), "alert: {speedLimits: {}}\n");
        Files.writeString(directory.resolve("range.yaml"), "alert: {speedLimit: {toleranceKmh: -1}}\n");

        assertThat(run(arguments == null ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);

        assertThat(err.toString().replace(directory + "/", ""))
                .startsWith("luyun: " + message)
                .hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anAlertJournalIsNoJournalOfMessages() {
        record(AlertConfig.DEFAULT, LiveRun.STEPS);
        final String alerts = directory.resolve("alerts").toString();

        assertThat(journal("re-decide", alerts, "--config", file("server.yaml")))
                .isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("luyun: DIR " + alerts
                        + ": must be a journal of messages; its first record is of kind ALERT\n");
    }

    @Test
    void anotherZoneIsRefusedAndAnotherFileOfItIsTold() throws Exception {
        Files.writeString(directory.resolve("zone.geojson"), """
                {"type": "FeatureCollection",
                 "luyun": {"format": 1, "name": "Here", "region": 1, "ref": [106.3, 29.6]},
                 "features": []}
                """);
        try (LiveRun run =
                new LiveRun(directory, AlertConfig.DEFAULT, "Here", ByteString.fromHex("0123456789abcdef"))) {
            run.drive(LiveRun.STEPS);
        }
        assertThat(run("--zone", "zone.geojson")).as("%s", err).isZero();
        assertThat(out.toString())
                .contains(
                        "zone      the server had another zone file (SHA-256 01234567...): differences are not of the rules alone");

        assertThat(run("--config", "server.yaml")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("luyun: the server that wrote the journal had the zone 'Here', the zone file is of ''\n");
    }

    private static AlertConfig cautions() {
        return AlertScene.config(
                AlertScene.config("speedLimit", "criticalPercent", 100.0), "speedLimit", "warningPercent", 60.0);
    }

    private void record(final AlertConfig alert, final int steps) {
        try (LiveRun run = new LiveRun(directory, alert, "", ByteString.EMPTY)) {
            run.drive(steps);
        }
    }

    /** Some bytes near the end of what is written. */
    private static void damage(final Path journal) throws IOException {
        try (Stream<Path> files = Files.walk(journal)) {
            final Path file = files.filter(path -> path.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
            final byte[] bytes = Files.readAllBytes(file);
            int last = bytes.length - 1;
            while (bytes[last] == 0) {
                last--;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}), last - 500L);
            }
        }
    }

    private String file(final String name) {
        return directory.resolve(name).toString();
    }

    /** The command on the journal; names of files and directories are those in the test's directory. */
    private int run(final String... arguments) {
        final List<String> all = new ArrayList<>(List.of("re-decide", file("journal")));
        for (int i = 0; i < arguments.length; i++) {
            final boolean named =
                    i > 0 && Arrays.asList("--config", "--zone", "--alerts").contains(arguments[i - 1]);
            all.add(named ? file(arguments[i]) : arguments[i]);
        }
        return journal(all.toArray(new String[0]));
    }

    private int journal(final String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new JournalCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
