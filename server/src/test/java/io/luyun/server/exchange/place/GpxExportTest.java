package io.luyun.server.exchange.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RecordKind;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** GPX held against what GPX 1.1 asks of the elements that are written: where they stand, in which order, with which values. */
final class GpxExportTest {
    private static final String GPX = "http://www.topografix.com/GPX/1/1";
    private static final long GAP_NS = 5_000_000_000L;

    @TempDir
    private Path directory;

    private Document export(final TestRecords records, final int mostPoints) throws Exception {
        final Path file = directory.resolve("tracks.gpx");
        records.into(GpxExporter.open(file, GAP_NS, mostPoints));
        final Document document = XmlFiles.read(file);
        final Element root = document.getDocumentElement();
        assertThat(root.getNamespaceURI()).isEqualTo(GPX);
        assertThat(root.getLocalName()).isEqualTo("gpx");
        assertThat(root.getAttribute("version")).isEqualTo("1.1");
        assertThat(root.getAttribute("creator")).isEqualTo("luyun");
        for (final Element track : XmlFiles.children(root)) {
            assertThat(name(track)).isEqualTo("trk");
            assertThat(XmlFiles.children(track))
                    .extracting(GpxExportTest::name)
                    .startsWith("name", "type", "trkseg")
                    .isSubsetOf("name", "type", "trkseg");
        }
        XmlFiles.all(document, "trkseg").forEach(GpxExportTest::segment);
        return document;
    }

    private static void segment(final Element segment) {
        OffsetDateTime before = OffsetDateTime.MIN;
        assertThat(XmlFiles.children(segment)).isNotEmpty();
        for (final Element point : XmlFiles.children(segment)) {
            assertThat(name(point)).isEqualTo("trkpt");
            assertThat(Double.parseDouble(point.getAttribute("lat"))).isBetween(-90.0, 90.0);
            assertThat(Double.parseDouble(point.getAttribute("lon")))
                    .isGreaterThanOrEqualTo(-180)
                    .isLessThan(180);
            // the order that the schema has
            assertThat(List.of("ele", "time", "extensions"))
                    .containsSubsequence(XmlFiles.children(point).stream()
                            .map(GpxExportTest::name)
                            .toList());
            for (final Element child : XmlFiles.children(point)) {
                if (name(child).equals("time")) {
                    final OffsetDateTime time = OffsetDateTime.parse(child.getTextContent());
                    assertThat(time).isAfterOrEqualTo(before);
                    before = time;
                }
            }
        }
    }

    private static String name(final Element element) {
        return element.getLocalName();
    }

    @Test
    void aTrackHasASegmentForEachStretchWithoutAPause() throws Exception {
        final TestRecords records = new TestRecords();
        for (int second = 0; second < 30; second++) {
            if (second < 10 || second >= 20) {
                records.bsm("veh-1", second * 1_000L, second, 0);
            }
            records.pedestrian("rsu-1", second * 1_000L, 17, second);
        }
        records.bsm("veh-1", 8_500, 85, 0);
        final Document document = export(records, 1_000);
        assertThat(XmlFiles.all(document, "name"))
                .extracting(Element::getTextContent)
                .containsExactlyInAnyOrder("veh-1", "rsu-1/17");
        assertThat(XmlFiles.all(document, "trkseg"))
                .extracting(segment -> XmlFiles.children(segment).size())
                .containsExactlyInAnyOrder(11, 10, 30);
        final Element point = XmlFiles.all(document, "trkpt").getFirst();
        assertThat(XmlFiles.all(document, "speed").getFirst().getTextContent()).isEqualTo("10.22");
        assertThat(XmlFiles.all(document, "course").getFirst().getTextContent()).isEqualTo("177.9875");
        assertThat(XmlFiles.all(document, "ele")).isEmpty();
        assertThat(point.getAttribute("lon")).isEqualTo("106.3");
    }

    @Test
    void theAntimeridianHasTheLongitudeThatGpxGivesIt() throws Exception {
        final Document document = export(new TestRecords().bsm("veh-1", 0, 0, 737_000_000), 1_000);
        assertThat(XmlFiles.all(document, "trkpt"))
                .extracting(point -> point.getAttribute("lon"))
                .containsExactly("-180");
    }

    @Test
    void heightsAreThereWhenTheRecordsHaveThem() throws Exception {
        final TestRecords records = new TestRecords()
                .add(
                        RecordKind.RECORD_KIND_BSM_VALUE,
                        "veh-1",
                        0,
                        TestRecords.bsm(0, 0, 0)
                                .setHeading(28_800)
                                .setPos(Position.newBuilder()
                                        .setLat(1)
                                        .setLon(-2)
                                        .setElevation(-26))
                                .build());
        final Document document = export(records, 1_000);
        assertThat(XmlFiles.all(document, "ele").getFirst().getTextContent()).isEqualTo("-2.6");
        assertThat(XmlFiles.all(document, "course").getFirst().getTextContent())
                .as("360 degrees are 0")
                .isEqualTo("0");
        assertThat(XmlFiles.all(document, "trkpt").getFirst().getAttribute("lat"))
                .isEqualTo("0.0000001");
        assertThat(XmlFiles.all(document, "trkpt").getFirst().getAttribute("lon"))
                .isEqualTo("-0.0000002");
    }

    @Test
    void namesMayBeHostileAndNoPointIsLostWhenThereAreManyOfThem() throws Exception {
        final TestRecords records = new TestRecords();
        for (int i = 0; i < 3_000; i++) {
            records.bsm(i % 10 == 0 ? TestRecords.HOSTILE : "veh-" + i % 10, i * 10L, i, 0);
        }
        final Document document = export(records, 1_000);
        assertThat(XmlFiles.all(document, "trk").size()).isGreaterThan(10);
        assertThat(XmlFiles.all(document, "trkpt")).hasSize(3_000);
        assertThat(XmlFiles.all(document, "name"))
                .extracting(Element::getTextContent)
                .contains("veh \"<&'>\\\uFFFD\n\uD83D\uDE8C\uFFFD 路");
    }

    @Test
    void wellFormedByAnotherReader() throws Exception {
        if (!XmlFiles.has("xmllint", "libxml2-utils")) {
            return;
        }
        new TestRecords()
                .bsm(TestRecords.HOSTILE, 0, 0, 0)
                .into(GpxExporter.open(directory.resolve("one.gpx"), GAP_NS));
        assertThat(XmlFiles.run(directory, "xmllint", "--noout", "one.gpx")).isEqualTo(new XmlFiles.Answer(0, ""));
    }
}
