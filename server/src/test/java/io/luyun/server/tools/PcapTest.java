package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.luyun.proto.uper.Dialect;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.exchange.SampleJournal;
import io.luyun.server.exchange.pcap.CaptureException;
import io.luyun.server.exchange.pcap.CaptureReader;
import io.luyun.server.exchange.pcap.Datagram;
import io.luyun.server.exchange.pcap.PcapExporter;
import io.luyun.server.exchange.pcap.PcapImport;
import io.luyun.server.exchange.pcap.PcapOptions;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Captures out of a journal and back into one. */
final class PcapTest {
    private static final int MESSAGES = 5 * 2 * SampleJournal.ROUNDS;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() {
        SampleJournal.write(directory.resolve("data"), 11);
    }

    private int run(final String... arguments) {
        return new CommandLine(new JournalCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String at(final String name) {
        return directory.resolve(name).toString();
    }

    private Map<String, Long> export(final String data, final String file, final PcapOptions options)
            throws IOException {
        final PcapExporter exporter = PcapExporter.open(directory.resolve(file), options);
        try (exporter;
                Records records = Recording.open(directory.resolve(data)).records(Selection.ALL)) {
            while (records.next()) {
                exporter.add(records);
            }
        }
        return exporter.leftOut();
    }

    /** Messages of a data directory: when, what, whose. */
    private List<String> messages(final String data) {
        final List<String> lines = new ArrayList<>();
        try (Records records = Recording.open(directory.resolve(data)).records(Selection.ALL)) {
            while (records.next()) {
                if (records.kind() < 63) {
                    lines.add(records.receivedAtNs() + " " + records.kind() + " " + records.deviceId() + " "
                            + HexFormat.of().formatHex(records.payload()));
                }
            }
        }
        return lines;
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void bringsMessagesBackWithTheirTimesAndDevices(final boolean envelope) throws IOException {
        final PcapOptions options = new PcapOptions(Dialect.PHASE_2, envelope);
        final Map<String, Long> leftOut = export("data", "a.pcapng", options);
        assertThat(leftOut).containsEntry("TICK", 80L).containsEntry("RAW", 8L).containsEntry("ALERT", 24L);
        assertThat(leftOut.keySet())
                .noneMatch(why -> why.contains("BSM") || why.contains("RSM") || why.contains("PSM"));

        assertThat(run("import", at("a.pcapng"), "-o", at("back")))
                .as(out.toString())
                .isZero();
        assertThat(messages("back")).isEqualTo(messages("data")).hasSize(MESSAGES);
        assertThat(run("verify", at("back/journal"))).isZero();
        export("back", "b.pcapng", options);
        assertThat(Files.readAllBytes(directory.resolve("b.pcapng")))
                .isEqualTo(Files.readAllBytes(directory.resolve("a.pcapng")));
    }

    @Test
    void countsWhatADialectDoesNotHave() throws IOException {
        final Map<String, Long> leftOut = export("data", "a.pcapng", new PcapOptions(Dialect.PHASE_1_2019, false));
        assertThat(leftOut).containsEntry("PSM: UNKNOWN_KIND kind", 80L);
        assertThat(run("import", at("a.pcapng"), "-o", at("back"), "--dialect", "2019"))
                .isZero();
        assertThat(messages("back")).hasSize(MESSAGES - 80);
    }

    @Test
    void countsWhatItCannotRead() throws IOException {
        export("data", "a.pcapng", new PcapOptions(Dialect.PHASE_2, false));
        assertThat(run("import", at("a.pcapng"), "-o", at("none"), "--port", "99"))
                .isZero();
        assertThat(out.toString()).contains("left out " + MESSAGES + ": to another port");
        final byte[] bytes = Files.readAllBytes(directory.resolve("a.pcapng"));
        Files.write(directory.resolve("cut.pcapng"), Arrays.copyOf(bytes, bytes.length / 2 + 1));
        assertThat(run("import", at("cut.pcapng"), "-o", at("cut"))).isEqualTo(3);
        assertThat(out.toString()).contains("damaged: ").contains("the capture ends within a packet at octet");
        final List<String> back = messages("cut");
        assertThat(back)
                .hasSizeBetween(MESSAGES / 3, MESSAGES * 2 / 3)
                .isEqualTo(messages("data").subList(0, back.size()));
    }

    @Test
    void keepsWhatItCannotReadWhereAsked() throws IOException {
        export("data", "a.pcapng", new PcapOptions(Dialect.PHASE_2, false));
        final byte[] bytes = Files.readAllBytes(directory.resolve("a.pcapng"));
        // the first datagram's first octet: a kind that there is not
        final int first = indexOf(bytes, messageOf("a.pcapng"));
        bytes[first] = (byte) 0xFF;
        Files.write(directory.resolve("odd.pcapng"), bytes);
        assertThat(run("import", at("odd.pcapng"), "-o", at("counted"))).isEqualTo(3);
        assertThat(run("import", at("odd.pcapng"), "-o", at("kept"), "--keep-unread"))
                .isEqualTo(3);
        assertThat(messages("counted")).hasSize(MESSAGES - 1);
        assertThat(out.toString()).contains("lost 1: ").contains("lost 1: kept raw: ");
        try (Records raw = Recording.open(directory.resolve("kept"))
                .records(Selection.ALL.withKinds(Set.of(RecordKind.RECORD_KIND_RAW_VALUE)))) {
            assertThat(raw.next()).isTrue();
            assertThat(raw.payload()).contains((byte) 0xFF);
            assertThat(raw.next()).isFalse();
        }
    }

    @Test
    void keepsAFrameThatBreaksARuleWhereAsked() throws IOException {
        export("data", "a.pcapng", new PcapOptions(Dialect.PHASE_2, false));
        final byte[] bytes = Files.readAllBytes(directory.resolve("a.pcapng"));
        // a second of the minute that is none: the frame can be read, the message lacks it
        bytes[indexOf(bytes, messageOf("a.pcapng")) + 10] = 30;
        Files.write(directory.resolve("odd.pcapng"), bytes);
        assertThat(run("import", at("odd.pcapng"), "-o", at("counted"))).isEqualTo(3);
        assertThat(out.toString()).contains("lost 1: MISSING message.bsm.sec_mark");
        assertThat(run("import", at("odd.pcapng"), "-o", at("kept"), "--keep-unread"))
                .isEqualTo(3);
        assertThat(out.toString()).contains("lost 1: kept raw: MISSING message.bsm.sec_mark");
        try (Records raw = Recording.open(directory.resolve("kept"))
                .records(Selection.ALL.withKinds(Set.of(RecordKind.RECORD_KIND_RAW_VALUE)))) {
            assertThat(raw.next()).isTrue();
            assertThat(raw.next()).isFalse();
        }
    }

    /** What the first datagram carries, by our own reader. */
    private byte[] messageOf(final String file) throws IOException {
        try (CaptureReader reader = new CaptureReader(directory.resolve(file))) {
            assertThat(reader.next()).isTrue();
            return Datagram.of(reader.linkType(), reader.packet()).payload();
        }
    }

    private static int indexOf(final byte[] in, final byte[] part) {
        for (int i = 0; i <= in.length - part.length; i++) {
            if (Arrays.equals(in, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }

    @Test
    void damageIsSaidAndNotThrown() throws IOException {
        export("data", "a.pcapng", new PcapOptions(Dialect.PHASE_2, true));
        final byte[] whole = Arrays.copyOf(Files.readAllBytes(directory.resolve("a.pcapng")), 6_000);
        final long seed = System.nanoTime();
        System.out.println("PcapTest seed " + seed);
        final Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            final byte[] bytes = whole.clone();
            for (int i = 0; i < 1 + round % 5; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            final Path file = Files.write(directory.resolve("fuzz.pcapng"), bytes);
            try (PcapImport source = new PcapImport(file, Dialect.PHASE_2, 0, true)) {
                for (int i = 0; i < 40 && source.next(); i++) {
                    assertThat(source.timeNs()).isPositive();
                }
            } catch (final CaptureException e) {
                assertThat(e).as("seed %s", seed).hasMessageContaining("fuzz.pcapng");
            }
        }
    }

    @Test
    void wiresharkReadsThem() throws Exception {
        final boolean there = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "tshark")));
        if (!there) {
            System.out.println("SKIPPED: captures are not read by tshark, which is not there (Debian: tshark)");
            assumeTrue(false);
        }
        export("data", "a.pcapng", new PcapOptions(Dialect.PHASE_2, false));
        final List<String> packets = tshark(
                "-T",
                "fields",
                "-e",
                "frame.time_epoch",
                "-e",
                "ip.src_host",
                "-e",
                "udp.dstport",
                "-e",
                "ip.checksum.status",
                "-e",
                "udp.checksum.status",
                "-e",
                "udp.length");
        assertThat(packets).hasSize(MESSAGES);
        final List<String> messages = messages("data");
        for (int i = 0; i < MESSAGES; i++) {
            final String[] fields = packets.get(i).split("\t");
            final String[] message = messages.get(i).split(" ");
            assertThat(fields[0].replace(".", "")).isEqualTo(message[0]);
            assertThat(fields[1]).isEqualTo(message[2]);
            assertThat(fields[2]).isEqualTo("17802");
            // 1: good
            assertThat(fields[3] + fields[4]).isEqualTo("11");
        }
    }

    private List<String> tshark(final String... arguments) throws Exception {
        final List<String> command = new ArrayList<>(List.of(
                "tshark",
                "-r",
                at("a.pcapng"),
                "-N",
                "n",
                "-o",
                "ip.check_checksum:TRUE",
                "-o",
                "udp.check_checksum:TRUE"));
        command.addAll(List.of(arguments));
        final Path lines = directory.resolve("packets.txt");
        final Process process = new ProcessBuilder(command)
                .redirectOutput(lines.toFile())
                .redirectError(directory.resolve("tshark.err").toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(directory.resolve("tshark.err")))
                .isZero();
        return Files.readAllLines(lines);
    }
}
