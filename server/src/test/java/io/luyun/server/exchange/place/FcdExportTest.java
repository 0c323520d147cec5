package io.luyun.server.exchange.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.RecordKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** FCD by what we say of it, by SUMO's schema, and through SUMO's own converter. */
final class FcdExportTest {
    private static final long STEP_NS = 100_000_000L;
    private static final String SUMO = "/usr/share/sumo";

    @TempDir
    private Path directory;

    private Document export(final TestRecords records, final long stepNs) throws Exception {
        final Path file = directory.resolve("fcd.xml");
        records.into(FcdExporter.open(file, stepNs));
        final Document document = XmlFiles.read(file);
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("fcd-export");
        double before = -1;
        for (final Element step : XmlFiles.children(document.getDocumentElement())) {
            assertThat(step.getTagName()).isEqualTo("timestep");
            assertThat(Double.parseDouble(step.getAttribute("time"))).isGreaterThan(before);
            before = Double.parseDouble(step.getAttribute("time"));
        }
        return document;
    }

    private static List<String> times(final Document document) {
        return XmlFiles.all(document, "timestep").stream()
                .map(step -> step.getAttribute("time"))
                .toList();
    }

    @Test
    void stepsHaveTheLastOfEachWithinThem() throws Exception {
        final TestRecords records = new TestRecords()
                .bsm("veh-1", 1_000, 1, 0)
                .bsm("veh-1", 1_050, 2, 0)
                .bsm("veh-2", 1_060, 3, 0)
                .pedestrian("rsu-1", 1_090, 17, 5)
                .bsm("veh-1", 1_130, 4, 0)
                .bsm("veh-1", 9_000, 5, 0);
        final Document document = export(records, STEP_NS);
        assertThat(times(document)).containsExactly("0.00", "0.10", "8.00");
        final List<Element> first =
                XmlFiles.children(XmlFiles.all(document, "timestep").getFirst());
        assertThat(first).extracting(Element::getTagName).containsExactly("vehicle", "vehicle", "person");
        assertThat(first).extracting(one -> one.getAttribute("id")).containsExactly("veh-1", "veh-2", "rsu-1/17");
        assertThat(first.getFirst().getAttribute("y")).isEqualTo("29.6000002");
        assertThat(first.getFirst().getAttribute("x")).isEqualTo("106.3");
        assertThat(first.getFirst().getAttribute("angle")).isEqualTo("177.9875");
        assertThat(first.getFirst().getAttribute("speed")).isEqualTo("10.22");
        assertThat(first.getFirst().getAttribute("type")).isEqualTo("passenger");
        assertThat(Files.readString(directory.resolve("fcd.xml")))
                .contains("<!-- luyun: time 0 is 2026-01-01T00:00:01.000Z -->");
    }

    @Test
    void goesByTheClocksOfTheDevicesUnlessTheyAreFarOff() throws Exception {
        final TestRecords records = new TestRecords();
        for (int i = 0; i < 50; i++) {
            final long millis = 10_000 + i * 100L;
            records.add(
                    RecordKind.RECORD_KIND_BSM_VALUE,
                    "ahead",
                    millis,
                    TestRecords.bsm(millis + 1_500, 0, 0).build());
            records.add(
                    RecordKind.RECORD_KIND_BSM_VALUE,
                    "behind",
                    millis,
                    TestRecords.bsm(millis - 1_500, 0, 0).build());
            records.add(
                    RecordKind.RECORD_KIND_BSM_VALUE,
                    "wrong",
                    millis,
                    TestRecords.bsm(millis + 20_000, 0, 0).build());
        }
        final Document document = export(records, STEP_NS);
        assertThat(span(document, "behind")).containsExactly(0.0, 4.9);
        assertThat(span(document, "wrong")).containsExactly(1.5, 6.4);
        assertThat(span(document, "ahead")).containsExactly(3.0, 7.9);
        assertThat(XmlFiles.all(document, "vehicle")).hasSize(150);
    }

    private static List<Double> span(final Document document, final String id) {
        final List<Double> times = XmlFiles.all(document, "vehicle").stream()
                .filter(vehicle -> vehicle.getAttribute("id").equals(id))
                .map(vehicle -> Double.valueOf(((Element) vehicle.getParentNode()).getAttribute("time")))
                .toList();
        return List.of(times.getFirst(), times.getLast());
    }

    @Test
    void stepsMayBeOfMillisecondsOrSeconds() throws Exception {
        final TestRecords records = new TestRecords().bsm("veh-1", 1_001, 1, 0).bsm("veh-1", 1_016, 1, 0);
        assertThat(times(export(records, 5_000_000L))).containsExactly("0.000", "0.015");
        assertThat(times(export(records, 1_000_000_000L))).containsExactly("0.00");
        assertThat(times(export(new TestRecords(), STEP_NS))).isEmpty();
    }

    /** The schema of this version knows no persons. */
    @Test
    void fitsSumosSchema() throws Exception {
        final Path schema = Path.of(SUMO, "data/xsd/fcd_file.xsd");
        if (!XmlFiles.has(schema.toString(), "sumo-tools") || !XmlFiles.has("xmllint", "libxml2-utils")) {
            return;
        }
        new TestRecords()
                .bsm("veh-1", 0, 0, 0)
                .bsm(TestRecords.HOSTILE, 1_000, -5, -1_063_000_001)
                .add(
                        RecordKind.RECORD_KIND_BSM_VALUE,
                        "silent",
                        1_000,
                        TestRecords.bsm(1_000, 0, 0)
                                .clearSpeed()
                                .clearHeading()
                                .clearVehicleClass()
                                .build())
                .into(FcdExporter.open(directory.resolve("fcd.xml"), STEP_NS));
        assertThat(XmlFiles.run(directory, "xmllint", "--noout", "--nonet", "--schema", schema.toString(), "fcd.xml"))
                .isEqualTo(new XmlFiles.Answer(0, "fcd.xml validates\n"));
    }

    @Test
    void sumosConverterReadsAllOfIt() throws Exception {
        final String tool = SUMO + "/tools/traceExporter.py";
        if (!XmlFiles.has(tool, "sumo-tools") || !XmlFiles.has("python3", "python3")) {
            return;
        }
        final TestRecords records = new TestRecords();
        for (int i = 0; i < 20; i++) {
            records.bsm("veh-1", i * 100L, i, 0);
            records.bsm(TestRecords.HOSTILE, i * 100L, i, 3);
            records.pedestrian("rsu-1", i * 100L, 17, -i);
        }
        records.into(FcdExporter.open(directory.resolve("fcd.xml.gz"), STEP_NS));
        final XmlFiles.Answer answer = XmlFiles.run(
                directory,
                "python3",
                tool,
                "--fcd-input",
                "fcd.xml.gz",
                "--persons",
                "--orig-ids",
                "--gpsdat-output",
                "places.csv");
        assertThat(answer.code()).as(answer.text()).isZero();
        // an id with a line feed stands in two lines there
        final List<String> lines = Files.readAllLines(directory.resolve("places.csv")).stream()
                .filter(line -> line.contains("\t"))
                .toList();
        assertThat(lines).hasSize(60);
        assertThat(lines.stream().filter(line -> line.startsWith("veh-1"))).hasSize(20);
        assertThat(lines.stream().filter(line -> line.startsWith("rsu-1/17"))).hasSize(20);
        assertThat(lines.getFirst()).contains("106.3").contains("29.6");
    }
}
