package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.Acceleration4Way;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.NonMotorData;
import io.luyun.proto.v1.PersonalDeviceUserType;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.proto.v1.VehicleClassification;
import io.luyun.server.exchange.SampleJournal;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** FCD of SUMO into a journal, by the command. */
final class JournalImportFcdTest {
    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- luyun: time 0 is 2026-01-01T00:00:59.900Z -->
            <fcd-export xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://sumo.dlr.de/xsd/fcd_file.xsd">
            """;
    private static final long START_NS = 1_767_225_659_900_000_000L;
    private static final long NANOS_A_MILLI = 1_000_000L;

    /** All that export can write, in its own form. */
    private static final String OURS = HEAD + """
                <timestep time="0.00">
                    <vehicle id="car" x="106.2909101" y="29.5819127" z="260.1" angle="89.95" type="passenger" speed="13.02" pos="0" slope="0"/>
                    <vehicle id="bus" x="-179.9999999" y="-90" z="-409.5" angle="0" type="bus" speed="0" pos="0" slope="0"/>
                    <vehicle id="truck" x="180" y="90" z="6143.9" angle="360" type="truck" speed="163.8" pos="0" slope="0"/>
                    <vehicle id="motorcycle" x="0" y="-0.0000001" angle="359.9875" type="motorcycle" speed="0.02" pos="0" slope="0"/>
                    <vehicle id="bicycle" x="0.0000001" y="0" angle="0.0125" type="bicycle" speed="4" pos="0" slope="0"/>
                    <vehicle id="emergency" x="0.1" y="0.01" angle="1" type="emergency" speed="4.2" pos="0" slope="0"/>
                    <vehicle id="rsu-07/274" x="0.1" y="0.01" angle="1" type="vehicle" speed="4.2" pos="0" slope="0"/>
                    <person id="&lt;&apos;&amp;&quot;&gt;&#10;&#9;\u8def\uD83D\uDE8C" x="0.1" y="0.01" angle="1" speed="1.5" pos="0" slope="0"/>
                </timestep>
                <timestep time="0.10">
                    <vehicle id="rsu-07/274" x="0.2" y="0.01" angle="1" type="vehicle" speed="4.2" pos="0" slope="0"/>
                    <vehicle id="car" x="106.291" y="29.5819127" z="260.1" angle="89.95" type="passenger" speed="13.04" pos="0" slope="0"/>
                </timestep>
                <timestep time="86400.30">
                    <person id="car" x="106.291" y="29.5819127" angle="89.95" speed="1" pos="0" slope="0"/>
                </timestep>
            </fcd-export>
            """;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(final String... arguments) {
        return new CommandLine(new JournalCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String at(final String name) {
        return directory.resolve(name).toString();
    }

    private int bring(final String file, final String data, final String... more) {
        final List<String> arguments = new ArrayList<>(List.of("import", at(file), "-o", at(data)));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(new String[0]));
    }

    private int export(final String data, final String file) {
        return run(
                "export",
                at(data),
                "-f",
                "fcd",
                "-o",
                at(file),
                "--reason",
                "test",
                "--with",
                "elevation",
                "--audit",
                at("audit.ndjson"));
    }

    private String text(final String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    private void write(final String name, final String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private record Line(int kind, String device, long timeNs, ByteString payload) {}

    private List<Line> records(final String data, final RecordKind kind) {
        final List<Line> lines = new ArrayList<>();
        try (Records records = Recording.open(directory.resolve(data)).records(Selection.ALL)) {
            while (records.next()) {
                if (records.kind() == kind.getNumber()) {
                    lines.add(new Line(
                            records.kind(),
                            records.deviceId(),
                            records.receivedAtNs(),
                            ByteString.copyFrom(records.payload())));
                }
            }
            assertThat(records.damage()).isEmpty();
        }
        return lines;
    }

    @Test
    void whatExportWroteComesBackAndOutAgainOctetByOctet() throws IOException {
        write("a.xml", OURS);
        assertThat(bring("a.xml", "back")).as(out + "" + err).isZero();
        assertThat(export("back", "b.xml")).as(out + "" + err).isZero();
        assertThat(text("b.xml")).isEqualTo(OURS);
        assertThat(run("verify", at("back/journal"))).as(out.toString()).isZero();
    }

    @Test
    void aWholeJournalGoesThereAndBackPacked() throws IOException {
        SampleJournal.write(directory.resolve("data"), 1);
        assertThat(export("data", "a.xml.gz")).as(err.toString()).isZero();
        assertThat(bring("a.xml.gz", "back")).as(out + "" + err).isZero();
        assertThat(export("back", "b.xml")).as(err.toString()).isZero();
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(directory.resolve("a.xml.gz")))) {
            final String first = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text("b.xml")).isEqualTo(first);
            assertThat(first.split("<vehicle ")).hasSizeGreaterThan(200);
            assertThat(first).contains("<person ");
        }
    }

    /** The form of the file counts, not what it is called. */
    @Test
    void whatSumoWritesBecomesMessages() throws Exception {
        write("sumo.dat", """
                <?xml version="1.0" encoding="UTF-8"?>

                <!-- generated by a simulation
                <configuration><output><fcd-output.geo value="true"/></output></configuration>
                -->

                <fcd-export>
                    <timestep time="0.00"/>
                    <timestep time="0.10">
                        <vehicle id="v.1" x="106.290910" y="29.581913" z="260.14" angle="89.994" type="veh_passenger" speed="13.035" pos="5.10" lane="A0A1_0" slope="0.00" acceleration="-2.566" signals="8"/>
                        <container id="c" x="106.3" y="29.6"/>
                        <person id="p.1" x="106.3" y="29.6" angle="270.000000" speed="1.193662" pos="4.7" edge="e" slope="0"/>
                    </timestep>
                    <timestep time="0.20">
                        <vehicle id="v.1" x="-180" y="29.6"/>
                        <vehicle id="b.1" x="106.3" y="29.6" type="DEFAULT_BIKETYPE" speed="-0.00"/>
                        <vehicle id="t.1" x="106.3" y="29.6" type="truck_truck@dist" angle="1e1"/>
                    </timestep>
                </fcd-export>
                """);
        assertThat(bring("sumo.dat", "back", "--start", "2026-01-01T08:00:59.9+08:00"))
                .as(out + "" + err)
                .isZero();
        assertThat(out.toString()).contains("left out 1: element container");

        final List<Line> bsms = records("back", RecordKind.RECORD_KIND_BSM);
        assertThat(bsms).extracting(Line::device).containsExactly("v.1", "v.1", "t.1");
        assertThat(bsms)
                .extracting(Line::timeNs)
                .containsExactly(
                        START_NS + 100 * NANOS_A_MILLI, START_NS + 200 * NANOS_A_MILLI, START_NS + 200 * NANOS_A_MILLI);
        final Bsm first = Bsm.parseFrom(bsms.getFirst().payload());
        assertThat(first)
                .isEqualTo(Bsm.newBuilder()
                        .setMsgCnt(0)
                        .setId(first.getId())
                        .setSecMark(0)
                        .setPos(Position.newBuilder()
                                .setLat(295_819_130)
                                .setLon(1_062_909_100)
                                .setElevation(2_601))
                        .setSpeed(652)
                        .setHeading(7_200)
                        .setAccel(Acceleration4Way.newBuilder().setLongitudinal(-257))
                        .setVehicleClass(VehicleClassification.newBuilder().setClassification(10))
                        .build());
        assertThat(first.getId().toByteArray())
                .isEqualTo(Arrays.copyOf(
                        MessageDigest.getInstance("SHA-256").digest("v.1".getBytes(StandardCharsets.UTF_8)), 8));
        // what is not told is not made up, and the 180th meridian is the standard's
        assertThat(Bsm.parseFrom(bsms.get(1).payload()))
                .isEqualTo(Bsm.newBuilder()
                        .setMsgCnt(1)
                        .setId(first.getId())
                        .setSecMark(100)
                        .setPos(Position.newBuilder().setLat(296_000_000).setLon(1_800_000_000))
                        .build());
        assertThat(Bsm.parseFrom(bsms.get(2).payload()).getHeading()).isEqualTo(800);
        assertThat(Bsm.parseFrom(bsms.get(2).payload()).getVehicleClass().getClassification())
                .isEqualTo(25);

        final List<Line> psms = records("back", RecordKind.RECORD_KIND_PSM);
        assertThat(psms).extracting(Line::device).containsExactly("p.1", "b.1");
        final Psm person = Psm.parseFrom(psms.getFirst().payload());
        assertThat(person)
                .isEqualTo(Psm.newBuilder()
                        .setMsgCnt(0)
                        .setId(person.getId())
                        .setSecMark(0)
                        .setPos(Position.newBuilder().setLat(296_000_000).setLon(1_063_000_000))
                        .setSpeed(60)
                        .setHeading(21_600)
                        .setOverallRadius(5)
                        .setNonMotor(NonMotorData.newBuilder()
                                .setBasicType(PersonalDeviceUserType.PERSONAL_DEVICE_USER_PEDESTRIAN))
                        .build());
        assertThat(Psm.parseFrom(psms.getLast().payload()).getNonMotor().getBasicType())
                .isEqualTo(PersonalDeviceUserType.PERSONAL_DEVICE_USER_PEDALCYCLIST);
        for (final Line session : records("back", RecordKind.RECORD_KIND_SESSION_OPENED)) {
            assertThat(SessionOpened.parseFrom(session.payload()).getRole()).isEqualTo(Role.ROLE_OBU);
        }
    }

    @Test
    void badValuesAreCountedByRuleAndTakeNobodyElseAlong() throws Exception {
        write("a.xml", HEAD + """
                        <timestep time="0.0">
                        <vehicle id="good" x="106.3" y="29.6" speed="1"/>
                        <vehicle id="fast" x="106.3" y="29.6" speed="163.82" angle="-0.1" z="6144"/>
                        <vehicle id="odd" x="106.3" y="29.6" speed="1f" acceleration="NaN"/>
                        <vehicle id="off" x="180.1" y="abc"/>
                        <vehicle x="106.3" y="29.6"/>
                        <vehicle id="" x="106.3" y="29.6"/>
                        <person id="%s" x="106.3" y="29.6"/>
                        <vehicle id="nowhere" y="29.6"/>
                        <vehicle id="good" x="106.3" y="29.6" speed="2"/>
                        </timestep>
                        <timestep time="soon"><vehicle id="good" x="106.3" y="29.6"/></timestep>
                        <timestep><vehicle id="good" x="106.3" y="29.6"/></timestep>
                        <timestep time="-1"/>
                        <timestep time="1e99"/>
                        <timestep time="3"><vehicle id="good" x="106.3" y="29.6" speed="3"/></timestep>
                        </fcd-export>
                        """.formatted("\u8def".repeat(22)));
        assertThat(bring("a.xml", "back")).isEqualTo(3);
        assertThat(out.toString().lines().map(String::strip))
                .contains(
                        "lost 2: vehicle speed: must be 0 to 163.8 m/s (first in line 6, \"163.82\")",
                        "lost 1: vehicle angle: must be 0 to 360 degrees (first in line 6, \"-0.1\")",
                        "lost 1: vehicle z: must be -409.5 to 6143.9 m (first in line 6, \"6144\")",
                        "lost 1: vehicle acceleration: must be -20 to 20 m/s2 (first in line 7, \"NaN\")",
                        "lost 1: vehicle x: must be -180 to 180, degrees of longitude, as --fcd-output.geo makes sumo write"
                                + " (first in line 8, \"180.1\")",
                        "lost 1: vehicle y: must be -90 to 90, degrees of latitude, as --fcd-output.geo makes sumo write"
                                + " (first in line 8, \"abc\")",
                        "lost 1: vehicle id: must be there (first in line 9)",
                        "lost 1: vehicle id: must be 1 to 64 octets of UTF-8 (first in line 10, \"\")",
                        "lost 1: person id: must be 1 to 64 octets of UTF-8 (first in line 11, \"" + "\u8def".repeat(22)
                                + "\")",
                        "lost 1: vehicle x: must be there (first in line 12)",
                        "lost 3: timestep time: must be seconds, 0 or more, up to 2200-01-01T00:00:00Z"
                                + " (first in line 15, \"soon\")",
                        "lost 1: timestep time: must be there (first in line 16)",
                        "lost 2: in a timestep that has no time (first in line 15)")
                .doesNotContain("damaged");
        final List<Line> bsms = records("back", RecordKind.RECORD_KIND_BSM);
        assertThat(bsms).extracting(Line::device).containsExactly("good", "fast", "odd", "good", "good");
        final Bsm fast = Bsm.parseFrom(bsms.get(1).payload());
        assertThat(fast.hasSpeed() || fast.hasHeading() || fast.getPos().hasElevation())
                .isFalse();
        assertThat(Bsm.parseFrom(bsms.getLast().payload()).getMsgCnt()).isEqualTo(2);
    }

    @Test
    void ofACutFileIsThereWhatCameBefore() throws IOException {
        write("cut.xml", OURS.substring(0, OURS.indexOf("<vehicle id=\"truck\"") + 30));
        assertThat(bring("cut.xml", "back")).isEqualTo(3);
        assertThat(out.toString()).contains("cut.xml: 2 records", "damaged: line 7, column ", ": cannot be read on: ");
        assertThat(records("back", RecordKind.RECORD_KIND_BSM))
                .extracting(Line::device)
                .containsExactly("car", "bus");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void ofACutPackedFileToo() throws IOException {
        final StringBuilder many = new StringBuilder(HEAD);
        for (int i = 0; i < 20_000; i++) {
            many.append("<timestep time=\"%d\"><vehicle id=\"v%d\" x=\"%f\" y=\"1\"/></timestep>%n"
                    .formatted(i, i % 7, i / 1e4));
        }
        final ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write((many + "</fcd-export>").getBytes(StandardCharsets.UTF_8));
        }
        Files.write(directory.resolve("cut.gz"), Arrays.copyOf(packed.toByteArray(), packed.size() / 2));
        assertThat(bring("cut.gz", "back")).isEqualTo(3);
        assertThat(out.toString()).contains("damaged: line ").doesNotContain("Exception");
        assertThat(records("back", RecordKind.RECORD_KIND_BSM)).hasSizeBetween(5_000, 15_000);
        assertThat(run("verify", at("back/journal"))).isZero();
    }

    /** The parser of Java prints on the standard error what its own decoder does not like. */
    @Test
    void whatIsNotUtf8EndsTheReadingAndAMarkOfUtf8DoesNot() throws IOException {
        final byte[] bytes = ("\uFEFF" + OURS).getBytes(StandardCharsets.UTF_8);
        Files.write(directory.resolve("mark.xml"), bytes);
        assertThat(bring("mark.xml", "back1")).as(out + "" + err).isZero();
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("motorcycle") + 1] = (byte) 0xE4;
        Files.write(directory.resolve("bad.xml"), bytes);
        final PrintStream before = System.err;
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            // a short file is decoded as a whole before its first element is there
            assertThat(bring("bad.xml", "back2")).isEqualTo(2);
        } finally {
            System.setErr(before);
        }
        assertThat(err.toString()).contains("is no FCD of SUMO").contains("not UTF-8");
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /** What one element holds is bounded, so that a file cannot fill the memory. */
    @Test
    void whatIsTooLongOrTooDeepEndsTheReading() throws IOException {
        final String first = HEAD + "<timestep time=\"0\"><vehicle id=\"a\" x=\"1\" y=\"1\"/>";
        write(
                "long.xml",
                first + "<vehicle id=\"" + "b".repeat(3 << 20) + "\" x=\"1\" y=\"1\"/></timestep></fcd-export>");
        write("deep.xml", first + "<x>".repeat(100));
        assertThat(bring("long.xml", "back1")).isEqualTo(3);
        assertThat(bring("deep.xml", "back2")).isEqualTo(3);
        assertThat(out.toString())
                .contains("long.xml: 1 records", "is longer than can be read", "deep.xml: 1 records", "deeper than 64");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<fcd-export/> | | does not say when its time 0 is; --start must, as in",
                "<fcd-export/> | tomorrow | --start tomorrow: must be RFC 3339, for example",
                "<fcd-export/> | 1969-01-01T00:00:00Z | time 0 at 1969-01-01T00:00:00Z: must be after 1970",
                "<fcd-export/> | 2200-01-01T00:00:01Z | time 0 at 2200-01-01T00:00:01Z: must be after 1970",
                "<?xml version='1.0' encoding='ISO-8859-1'?><fcd-export/> | | encoding \"ISO-8859-1\": must be UTF-8",
                "`<?xml version='1.0' encoding='U\n TF-8'?><fcd-export/>` | | encoding \"U\uFFFD TF-8\": must be UTF-8",
                "<gpx/> | | is no FCD of SUMO: the first element is gpx, must be fcd-export",
                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><fcd-export/> | | a document type declaration",
                "< | | is no FCD of SUMO: line 1, column ",
                "nothing | | must be .mcap, .pcap, .pcapng or .cap, or have the XML of FCD in it",
                "<fcd-export><timestep time=\"0\"><vehicle id=\"a\" x=\"312.5\" y=\"9\"/></timestep></fcd-export>"
                        + " | 2026-01-01T00:00:00Z | line 1, vehicle x \"312.5\": must be -180 to 180, degrees of longitude,"
                        + " as --fcd-output.geo makes sumo write",
            })
    void refusesWhatIsNoneInOneLine(final String text, final String start, final String message) throws IOException {
        write("a.xml", text);
        assertThat(start == null ? bring("a.xml", "back") : bring("a.xml", "back", "--start", start))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("luyun: ")
                .contains(message);
        assertThat(directory.resolve("back")).doesNotExist();
    }

    @Test
    void startIsForFcdAlone() throws IOException {
        SampleJournal.write(directory.resolve("data"), 1);
        assertThat(run("export", at("data"), "-f", "mcap", "-o", at("a.mcap"), "--reason", "x", "--audit", at("audit")))
                .isZero();
        assertThat(bring("a.mcap", "back", "--start", "2026-01-01T00:00:00Z")).isEqualTo(2);
        assertThat(err.toString()).contains("--start 2026-01-01T00:00:00Z: is for FCD alone");
    }

    @Test
    void severalFilesAreOneRecording() throws IOException {
        final String body =
                "<timestep time=\"%s\"><vehicle id=\"%s\" x=\"1\" y=\"1\"/></timestep><timestep time=\"%s\"><vehicle id=\"%s\" x=\"1\" y=\"1\"/></timestep>";
        write("a.xml", HEAD + body.formatted("0", "a", "2", "a") + "</fcd-export>");
        write("b.xml", HEAD + body.formatted("1", "b", "3", "b") + "</fcd-export>");
        assertThat(run("import", at("a.xml"), at("b.xml"), "-o", at("back"))).isZero();
        assertThat(records("back", RecordKind.RECORD_KIND_BSM))
                .extracting(Line::device)
                .containsExactly("a", "b", "a", "b");
    }
}
