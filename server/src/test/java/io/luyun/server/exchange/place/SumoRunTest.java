package io.luyun.server.exchange.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.RecordKind;
import io.luyun.server.exchange.intake.MergedSources;
import io.luyun.server.exchange.intake.NewRecording;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** What the real SUMO writes comes in, and SUMO's own tool reads what goes out again. */
final class SumoRunTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long STEP_NS = 100_000_000L;
    private static final String TOOL = "/usr/share/sumo/tools/traceExporter.py";
    private static final String PLACE = """
            <location netOffset="-625000.00,-3275000.00" convBoundary="0.00,0.00,200.00,200.00" \
            origBoundary="106.29,29.59,106.30,29.61" projParameter="+proj=utm +zone=48 +ellps=WGS84 +datum=WGS84 +units=m +no_defs"/>""";
    private static final String ROUTES = """
            <routes>
                <vType id="bus_bus" vClass="bus"/>
                <vehicle id="car" depart="0"><route edges="A0A1 A1B1 B1B0"/></vehicle>
                <vehicle id="bus" type="bus_bus" depart="1"><route edges="A0A1 A1B1 B1B0"/></vehicle>
                <person id="walker" depart="2"><walk edges="A0A1 A1B1"/></person>
            </routes>
            """;

    @TempDir
    private Path directory;

    private final List<Throwable> errors = new ArrayList<>();

    @Test
    void aSimulationBecomesAJournalAndGoesBackToSumo() throws Exception {
        if (!XmlFiles.has("sumo", "sumo") || !XmlFiles.has("netgenerate", "sumo")) {
            return;
        }
        simulate();
        final Path written = directory.resolve("fcd.xml.gz");
        final long brought = bring(written, "data");
        final List<Element> in = users(written);
        assertThat(brought).isEqualTo(in.size()).isGreaterThan(300);

        export("data", "first.xml");
        final List<Element> back = users(directory.resolve("first.xml"));
        assertThat(back).hasSameSizeAs(in);
        for (int i = 0; i < in.size(); i++) {
            same(in.get(i), back.get(i));
        }
        assertThat(kinds("data")).containsOnlyKeys("BSM bus", "BSM car", "PSM walker");
        assertThat(errors).isEmpty();

        bring(directory.resolve("first.xml"), "again");
        export("again", "second.xml");
        assertThat(directory.resolve("second.xml")).hasSameTextualContentAs(directory.resolve("first.xml"));
        if (XmlFiles.has(TOOL, "sumo-tools") && XmlFiles.has("python3", "python3")) {
            final XmlFiles.Answer answer = XmlFiles.run(
                    directory,
                    "python3",
                    TOOL,
                    "--fcd-input",
                    "second.xml",
                    "--persons",
                    "--orig-ids",
                    "--gpsdat-output",
                    "places.csv");
            assertThat(answer.code()).as(answer.text()).isZero();
            assertThat(Files.readAllLines(directory.resolve("places.csv"))).hasSize(in.size());
        }
    }

    /** Half a step of each unit may be lost on the way into the messages, and half of SUMO's last digit. */
    private static void same(final Element in, final Element back) {
        assertThat(back.getTagName()).isEqualTo(in.getTagName());
        assertThat(back.getAttribute("id")).isEqualTo(in.getAttribute("id"));
        near(in, back, "x", 1e-7);
        near(in, back, "y", 1e-7);
        near(in, back, "angle", 0.006_26);
        near(in, back, "speed", 0.010_1);
        assertThat(step(back)).isEqualTo(step(in));
    }

    private static void near(final Element in, final Element back, final String attribute, final double most) {
        assertThat(Double.parseDouble(back.getAttribute(attribute)) - Double.parseDouble(in.getAttribute(attribute)))
                .as(attribute + " of " + in.getAttribute("id"))
                .isBetween(-most, most);
    }

    private static double step(final Element user) {
        return Double.parseDouble(((Element) user.getParentNode()).getAttribute("time"));
    }

    private void simulate() throws Exception {
        assertRuns(
                "netgenerate",
                "--grid",
                "--grid.number",
                "2",
                "--grid.length",
                "200",
                "--sidewalks.guess",
                "--xml-validation",
                "never",
                "-o",
                "grid.xml");
        final String net = Files.readString(directory.resolve("grid.xml"));
        Files.writeString(directory.resolve("net.xml"), net.replaceFirst("<location [^>]*/>", PLACE));
        Files.writeString(directory.resolve("routes.xml"), ROUTES);
        assertRuns(
                "sumo",
                "-n",
                "net.xml",
                "-r",
                "routes.xml",
                "--fcd-output",
                "fcd.xml.gz",
                "--fcd-output.geo",
                "--fcd-output.acceleration",
                "--step-length",
                "0.1",
                "--end",
                "60",
                "--xml-validation",
                "never",
                "--xml-validation.net",
                "never",
                "--precision.geo",
                "7",
                "--no-step-log");
    }

    private void assertRuns(final String... command) throws Exception {
        final XmlFiles.Answer answer = XmlFiles.run(directory, command);
        assertThat(answer.code()).as(answer.text()).isZero();
    }

    private long bring(final Path file, final String data) throws IOException {
        try (FcdImport source = new FcdImport(file, data.equals("data") ? START : null);
                NewRecording recording = new NewRecording(
                        directory.resolve(data),
                        (at, clock) -> Journal.open(
                                new JournalConfig(
                                        at.toString(), 2_000, 256, 2_048, 1, "FAST_DAILY", 1, 2, 0, 1_000_000, 0),
                                clock,
                                new Counters(),
                                new Latencies(),
                                errors::add))) {
            final long before = source.octetsRead();
            new MergedSources(List.of(source)).give(recording, (octets, given) -> {
                assertThat(octets).isEqualTo(source.octetsRead()).isGreaterThanOrEqualTo(before);
            });
            assertThat(source.octetsRead()).isEqualTo(Files.size(file));
            assertThat(source.account().whole())
                    .as(source.account().lost().toString())
                    .isTrue();
            return source.account().records();
        }
    }

    private void export(final String data, final String file) throws IOException {
        try (Records records = Recording.open(directory.resolve(data)).records(Selection.ALL);
                FcdExporter exporter = FcdExporter.open(directory.resolve(file), STEP_NS)) {
            while (records.next()) {
                exporter.add(records);
            }
        }
    }

    private Map<String, Integer> kinds(final String data) {
        final Map<String, Integer> counts = new TreeMap<>();
        try (Records records = Recording.open(directory.resolve(data)).records(Selection.ALL)) {
            while (records.next()) {
                if (records.kind() == RecordKind.RECORD_KIND_BSM_VALUE) {
                    counts.merge("BSM " + records.deviceId(), 1, Integer::sum);
                } else if (records.kind() == RecordKind.RECORD_KIND_PSM_VALUE) {
                    counts.merge("PSM " + records.deviceId(), 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    private List<Element> users(final Path file) throws Exception {
        final Path plain = directory.resolve("plain.xml");
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            Files.write(plain, in.readAllBytes());
        }
        final List<Element> users = new ArrayList<>();
        for (final Element step : XmlFiles.children(XmlFiles.read(plain).getDocumentElement())) {
            users.addAll(XmlFiles.children(step));
        }
        return users;
    }
}
