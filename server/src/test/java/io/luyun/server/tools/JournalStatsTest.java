package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import picocli.CommandLine;

/** What stats says and draws of journals of different lengths, in characters and as an SVG. */
final class JournalStatsTest {
    /** 2026-01-01T00:00:00Z. */
    private static final long TIME_NS = 1_767_225_600_000_000_000L;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final double CHARACTER_PIXELS = 7.5;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Throwable> errors = new ArrayList<>();

    @AfterEach
    void noErrors() {
        assertThat(errors).isEmpty();
    }

    private Journal open(final Path journal) {
        final JournalConfig config =
                new JournalConfig(journal.toString(), 2_000, 256, 64, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        return Journal.open(config, () -> TIME_NS, new Counters(), new Latencies(), errors::add);
    }

    private void write(final Path path, final Consumer<Journal> records) {
        try (Journal journal = open(path)) {
            records.accept(journal);
        }
    }

    private static void append(
            final Journal journal,
            final int kind,
            final int device,
            final long number,
            final long atNs,
            final MessageLite message) {
        final byte[] payload = message.toByteArray();
        journal.writer().append(kind, device, number, atNs, new UnsafeBuffer(payload), 0, payload.length);
    }

    /** A vehicle says something ten times in the span; FCW is raised twice and cleared, HLW raised once, in the middle. */
    private Path data(final Path data, final long spanNs) {
        write(data.resolve("journal"), journal -> {
            final int device = journal.devices().indexOf("veh-1");
            append(
                    journal,
                    RecordKind.RECORD_KIND_SESSION_OPENED_VALUE,
                    device,
                    0,
                    TIME_NS,
                    SessionOpened.newBuilder().setDeviceId("veh-1").build());
            for (int i = 0; i <= 9; i++) {
                append(journal, RecordKind.RECORD_KIND_BSM_VALUE, device, i + 1, TIME_NS + spanNs * i / 9, bsm(i));
            }
        });
        write(data.resolve("alerts"), journal -> {
            alert(journal, AlertKind.ALERT_KIND_FCW, AlertState.ALERT_STATE_RAISED, spanNs / 2);
            alert(journal, AlertKind.ALERT_KIND_FCW, AlertState.ALERT_STATE_CLEARED, spanNs / 2);
            alert(journal, AlertKind.ALERT_KIND_FCW, AlertState.ALERT_STATE_RAISED, spanNs / 2);
            alert(journal, AlertKind.ALERT_KIND_HLW, AlertState.ALERT_STATE_RAISED, spanNs * 3 / 4);
        });
        return data;
    }

    private Path data(final long spanNs) {
        return data(directory.resolve("data"), spanNs);
    }

    private static void alert(
            final Journal journal, final AlertKind kind, final AlertState state, final long behindNs) {
        append(
                journal,
                RecordKind.RECORD_KIND_ALERT_VALUE,
                -1,
                0,
                TIME_NS + behindNs,
                Alert.newBuilder().setKind(kind).setState(state).build());
    }

    private static Bsm bsm(final int count) {
        return Bsm.newBuilder()
                .setMsgCnt(count)
                .setId(ByteString.copyFromUtf8("12345678"))
                .setSecMark(0)
                .build();
    }

    private int run(final Object command, final Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        final List<String> words = new ArrayList<>();
        for (final Object argument : arguments) {
            words.add(argument.toString());
        }
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words.toArray(new String[0]));
    }

    private int stats(final Object... arguments) {
        return run(new JournalStatsCommand(null, StandardCharsets.UTF_8), arguments);
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(out.toString());
    }

    private List<String> picture() {
        final List<String> lines = out.toString().lines().toList();
        return lines.subList(lines.indexOf("") < 0 ? 0 : lastHeading(lines), lines.size());
    }

    private static int lastHeading(final List<String> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).startsWith("over time")) {
                return i;
            }
        }
        return lines.size();
    }

    @Test
    void tellsTheAlertsOfADataDirectory() throws Exception {
        final Path data = data(9 * SECOND_NS);
        assertThat(run(new JournalCommand(), "info", data)).isZero();
        assertThat(out.toString())
                .startsWith("files     2, ")
                .contains("\nrecords   15 (1 to 11), ")
                .containsPattern("\nALERT +4 +0\\.4 ")
                .containsPattern("\nalert +raised +a second +bytes each\nFCW +2 +0\\.2 .*\nHLW +1 +0\\.1 ")
                .containsPattern(
                        "\ndevices   1; .*\nclocks    \\+0 to \\+0 ms ahead of the server \\(devices: 1\\), half of them at most \\+0\n");
        assertThat(stats(data, "--json")).isZero();
        assertThat(json().get("alerts").toString()).isEqualTo("{\"FCW\":2,\"HLW\":1}");
        assertThat(json().get("kinds").get("BSM").get("perSecond").asDouble()).isEqualTo(1.111);
        assertThat(json().get("devices").get(0).get("perSecond").asDouble()).isEqualTo(1);
        assertThat(json().get("perSecond").asDouble()).isEqualTo(1.667);
        assertThat(json().get("files").asInt()).isEqualTo(2);
        assertThat(stats(data.resolve("journal"), "--json"))
                .as("of a journal alone no more than what stands in it")
                .isZero();
        assertThat(json().get("alerts")).isEmpty();
        assertThat(json().get("files").asInt()).isEqualTo(1);
        assertThat(stats(data.resolve("alerts"))).isZero();
        assertThat(out.toString()).contains("\nrecords   4, 0.0 MiB of payload\n");
    }

    @Test
    void tellsRatesByHour() {
        assertThat(stats(data(2 * 3_600 * SECOND_NS))).isZero();
        assertThat(out.toString())
                .containsPattern("\n2026-01-01T00:00:00Z +6 +0\\.0017\n2026-01-01T01:00:00Z +8 +0\\.0022\n");
        assertThat(stats(data(directory.resolve("other"), 3_601 * SECOND_NS))).isZero();
        assertThat(out.toString())
                .as("the last hour has one second")
                .containsPattern("\n2026-01-01T01:00:00Z +1 +1\\.0\n");
    }

    @Test
    void drawsInTheTerminal() {
        final Path data = data(9 * SECOND_NS);
        assertThat(stats(data, "--width", 63)).isZero();
        assertThat(picture())
                .containsExactly(
                        "over time                                             most, 1/s",
                        "BSM                    █  █  █   █  █  █   █  █  █  █       3.3",
                        "SESSION_OPENED         █                                    3.3",
                        "ALERT                                 █      ▃             10.0",
                        "all                    ▅  ▃  ▃   ▃  ▃ █▃   ▃ ▃▃  ▃  ▃      10.0",
                        "alerts                                                   raised",
                        "FCW                    ...............2..............         2",
                        "HLW                    ......................|.......         1",
                        "                       +---------------+-------------",
                        "2026-01-01, UTC        00:00:00        00:00:05");
    }

    @Test
    void usesAsciiWhereNothingElseIsShown() {
        final Path data = data(9 * SECOND_NS);
        assertThat(run(new JournalStatsCommand("60", StandardCharsets.US_ASCII), data))
                .isZero();
        assertThat(out.toString().chars()).allMatch(c -> c < 128);
        final String drawn = out.toString();
        assertThat(stats(data, "--ascii", "--width", 60)).isZero();
        assertThat(out.toString()).isEqualTo(drawn).containsPattern("\nBSM +@ +[.@]");
        assertThat(stats(data, "--width", 60)).isZero();
        assertThat(out.toString().replace('█', '@')).isNotEqualTo(out.toString());
    }

    @ParameterizedTest
    @CsvSource({"64, 64", "20, 50", "9999, 500", "wide, 80", "'', 80", ", 80"})
    void isAsWideAsTheTerminal(final @Nullable String columns, final int width) {
        final Charset utf8 = StandardCharsets.UTF_8;
        final Path data = data(9 * SECOND_NS);
        assertThat(run(new JournalStatsCommand(columns, utf8), data)).isZero();
        assertThat(picture().getFirst()).hasSize(width);
        assertThat(run(new JournalStatsCommand(columns, utf8), data, "--width", 77))
                .isZero();
        assertThat(picture()).allMatch(line -> line.length() <= 77);
        assertThat(picture().getFirst()).hasSize(77);
    }

    private Document svg(final Path file) throws Exception {
        final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(Files.readString(file))));
    }

    private static List<Element> elements(final Document svg, final String name) {
        final NodeList nodes = svg.getElementsByTagName(name);
        final List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static long count(final Document svg, final String look) {
        return elements(svg, "path").stream()
                .filter(path -> path.getAttribute("class").equals(look))
                .count();
    }

    @Test
    void drawsAPictureThatNeedsNothingElse() throws Exception {
        final Path data = data(directory.resolve("a<b>&\"c\u0007d"), 60 * SECOND_NS);
        final Path file = directory.resolve("rates.svg");
        assertThat(stats(data, "--svg", file)).as(err.toString()).isZero();
        final Document svg = svg(file);
        assertThat(elements(svg, "title").getFirst().getTextContent()).endsWith("/a<b>&\"c\uFFFDd");
        assertThat(elements(svg, "script")).isEmpty();
        assertThat(Files.readString(file))
                .contains("@media (prefers-color-scheme: dark)")
                .doesNotContain("href", "url(", "@import");
        assertThat(count(svg, "edge")).as("BSM alone are messages").isEqualTo(1);
        assertThat(count(svg, "tick")).as("two of one instant are one tick").isEqualTo(2);
        assertThat(elements(svg, "text").stream().map(Element::getTextContent))
                .contains("BSM", "10", "FCW", "2", "HLW", "1", "00:00:10", "00:01:00", "2026-01-01, UTC")
                .doesNotContain("SESSION_OPENED");
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000_000, 1_000_000_000, 60_000_000_000L, 5 * 3_600_000_000_000L, 40 * 86_400_000_000_000L})
    void noTextOfThePictureLiesOnAnother(final long spanNs) throws Exception {
        final Path file = directory.resolve("rates.svg");
        assertThat(stats(data(spanNs), "--svg", file)).isZero();
        final Document svg = svg(file);
        final double width = Double.parseDouble(svg.getDocumentElement().getAttribute("width"));
        final double height = Double.parseDouble(svg.getDocumentElement().getAttribute("height"));
        final Map<String, List<double[]>> lines = new HashMap<>();
        for (final Element text : elements(svg, "text")) {
            final boolean title = text.getAttribute("class").contains("title");
            final double length = text.getTextContent().length() * CHARACTER_PIXELS * (title ? 1.5 : 1);
            final double anchor = switch (text.getAttribute("text-anchor")) {
                case "start" -> 0;
                case "middle" -> 0.5;
                default -> 1;
            };
            final double left = Double.parseDouble(text.getAttribute("x")) - anchor * length;
            assertThat(left).as(text.getTextContent()).isNotNegative();
            assertThat(left + length).as(text.getTextContent()).isLessThanOrEqualTo(width);
            assertThat(Double.parseDouble(text.getAttribute("y"))).isBetween(12.0, height - 4);
            for (final double[] other : lines.computeIfAbsent(text.getAttribute("y"), _ -> new ArrayList<>())) {
                assertThat(left >= other[1] || left + length <= other[0])
                        .as("%s beside what is in its line", text.getTextContent())
                        .isTrue();
            }
            lines.get(text.getAttribute("y")).add(new double[] {left, left + length});
        }
        assertThat(svg.getDocumentElement().getTextContent()).contains("UTC");
        assertThat(count(svg, "base")).as("ticks of the axis").isBetween(4L, 10L);
    }

    @Test
    void overwritesNothingUnasked() throws Exception {
        final Path data = data(SECOND_NS);
        final Path file = Files.writeString(directory.resolve("rates.svg"), "mine");
        assertThat(stats(data, "--svg", file)).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("luyun: --svg " + file + ": is there already; --force overwrites it\n");
        assertThat(out.toString()).isEmpty();
        assertThat(Files.readString(file)).isEqualTo("mine");
        assertThat(stats(data, "--svg", file, "--force", "--json")).isZero();
        assertThat(svg(file).getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(json().get("records").asInt()).isEqualTo(15);
    }

    @ParameterizedTest
    @CsvSource({
        "--width 49, '--width 49: must be 50 to 500'",
        "--width 501, '--width 501: must be 50 to 500'",
        "--svg /nowhere/x.svg, '--svg /nowhere/x.svg: cannot be written: java.nio.file.NoSuchFileException: /nowhere/x.svg'",
    })
    void namesOptionValueAndRule(final String options, final String message) {
        final List<Object> arguments = new ArrayList<>(List.of(data(SECOND_NS)));
        arguments.addAll(List.of(options.split(" ")));
        assertThat(stats(arguments.toArray())).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("luyun: " + message + "\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void saysOfAnEmptyJournalThatItIs() throws Exception {
        final Path journal = directory.resolve("empty");
        write(journal, _ -> {});
        final Path file = directory.resolve("rates.svg");
        assertThat(stats(journal, "--svg", file)).isZero();
        assertThat(out.toString()).contains("records   0, 0.0 MiB of payload").doesNotContain("over time");
        assertThat(svg(file).getDocumentElement().getTextContent()).contains("no records");
        assertThat(stats(journal, "--json")).isZero();
        assertThat(json().get("records").asInt()).isZero();
        assertThat(json().has("from")).isFalse();
    }

    @Test
    void drawsOneRecord() throws Exception {
        final Path journal = directory.resolve("one");
        write(journal, open -> append(open, RecordKind.RECORD_KIND_BSM_VALUE, -1, 0, TIME_NS, bsm(1)));
        final Path file = directory.resolve("rates.svg");
        assertThat(stats(journal, "--svg", file)).isZero();
        assertThat(out.toString()).contains("span      0.000 s").containsPattern("\nBSM +1 +0\\.0 +\\d+\n");
        assertThat(picture()).anyMatch(line -> line.matches("BSM +████▆ +10\\.0"));
        assertThat(count(svg(file), "edge")).isEqualTo(1);
        assertThat(stats(journal, "--json")).isZero();
        assertThat(json().get("perSecond").asDouble()).isZero();
    }

    @Test
    void tellsWhatThereIsOfADamagedJournal() throws Exception {
        final Path data = data(9 * SECOND_NS);
        damage(data.resolve("journal"), "12345678");
        final Path file = directory.resolve("rates.svg");
        assertThat(stats(data, "--svg", file)).as("done, with data lost").isEqualTo(3);
        assertThat(out.toString()).contains("records   14 (1 to 11)");
        assertThat(err.toString()).startsWith("damaged: records 2 to 2 in run-00000001/");
        assertThat(count(svg(file), "edge")).isEqualTo(1);
        assertThat(stats(data, "--json")).isEqualTo(3);
        assertThat(json().get("damagedRanges").asInt()).isEqualTo(1);
    }

    /** Changes the first place of a text. */
    private static void damage(final Path journal, final String text) throws Exception {
        try (var files = Files.newDirectoryStream(journal.resolve("run-00000001"), "*.cq4")) {
            final Path file = files.iterator().next();
            final byte[] bytes = Files.readAllBytes(file);
            final int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
            assertThat(at).isPositive();
            bytes[at]++;
            Files.write(file, bytes);
        }
    }

    @Test
    void readsAJournalThatIsBeingWritten() throws Exception {
        final Path path = directory.resolve("journal");
        try (Journal journal = open(path)) {
            append(journal, RecordKind.RECORD_KIND_BSM_VALUE, -1, 0, TIME_NS, bsm(1));
            assertThat(stats(path, "--json")).isZero();
            assertThat(json().get("records").asInt()).isEqualTo(1);
            append(journal, RecordKind.RECORD_KIND_BSM_VALUE, -1, 0, TIME_NS + SECOND_NS, bsm(2));
            assertThat(stats(path, "--json")).isZero();
            assertThat(json().get("records").asInt()).isEqualTo(2);
        }
    }
}
