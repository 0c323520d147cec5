package io.luyun.simulator.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.RsuEnvelope.Layout;
import io.luyun.proto.uper.RsuEnvelopeWriter;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.Spat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordingTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long TIME_NS = 1_700_000_000L * SECOND_NS;

    /** 2026-03-01T00:05:07.250Z: minute 84,965 of its year. */
    private static final long UTC_MS = 1_772_323_507_250L;

    @TempDir
    private Path directory;

    private final UperFrames frames = new UperFrames(Dialect.PHASE_1_2019, false);

    @Test
    void readsLinesWithAndWithoutTimes() throws IOException {
        final Recording even =
                uper("# two frames\n" + RoadFrames.hex("bsm-86") + "\n\n" + RoadFrames.hex("rsi-79") + "\n", 4);
        assertThat(even.dueNs()).containsExactly(0, SECOND_NS / 4);
        assertThat(kinds(even)).containsExactly(List.of(1), List.of(3));
        final Recording timed = uper(
                "1000 " + RoadFrames.hex("bsm-86") + "\n1500 " + RoadFrames.hex("rsi-79") + "\n1400 "
                        + RoadFrames.hex("rsi-79") + "\n",
                2);
        assertThat(timed.dueNs()).containsExactly(0, SECOND_NS / 4, SECOND_NS / 4);
    }

    @Test
    void aLineThatIsNoFrameIsAccountedFor() throws IOException {
        final Recording recording = uper("12 34 56\nabc\nzz\n" + RoadFrames.hex("map-529") + "\n70\n", 0);
        assertThat(problems(recording))
                .containsExactly(
                        List.of("not hexadecimal digits"),
                        List.of("not hexadecimal digits"),
                        List.of("not hexadecimal digits"),
                        List.of(),
                        List.of("UNKNOWN_KIND MessageFrame"));
    }

    @Test
    void readsFramesBehindTheirLengths() throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (final String name : List.of("bsm-86", "map-529")) {
            final byte[] frame = RoadFrames.octets(name);
            out.write(frame.length >>> 8);
            out.write(frame.length);
            out.writeBytes(frame);
        }
        final Path file = Files.write(directory.resolve("frames"), out.toByteArray());
        assertThat(kinds(UperFile.read(file, frames, 0))).containsExactly(List.of(1), List.of(5));
        out.write(0);
        Files.write(file, out.toByteArray());
        assertThatThrownBy(() -> UperFile.read(file, frames, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("at octet 619 stands no length");
    }

    @Test
    void readsEnvelopes() throws IOException {
        final UnsafeBuffer bsm = new UnsafeBuffer(RoadFrames.octets("bsm-53"));
        final UnsafeBuffer envelope = new UnsafeBuffer(new byte[400]);
        final int length = new RsuEnvelopeWriter()
                .begin(envelope, 0, Layout.COUNTED, 2, 1, UTC_MS)
                .add(bsm, 0, bsm.capacity())
                .add(bsm, 0, bsm.capacity())
                .length();
        final byte[] octets = new byte[length];
        envelope.getBytes(0, octets);
        assertThat(frames.read(octets).messages()).hasSize(2);
        // the latitude of the first
        octets[19 + 12] = 0x6F;
        octets[19 + 13] = (byte) 0xFF;
        assertThat(frames.read(octets).problems()).containsExactly("OUT_OF_RANGE bsmFrame.pos.lat");
    }

    @Test
    void theWrongDialectIsAProblem() {
        assertThat(new UperFrames(Dialect.PHASE_2, false)
                        .read(RoadFrames.octets("rsi-79"))
                        .problems())
                .hasSize(1);
    }

    @Test
    void aMessageMovesToTheTimeItIsDueAsAWhole() throws IOException {
        final Bsm bsm = Bsm.parseFrom(message("bsm-86").at(UTC_MS, 0));
        assertThat(bsm.getSecMark()).isEqualTo(7_250);
        assertThat(bsm.getMsgCnt()).isEqualTo(117);
        final Rsm rsm = Rsm.parseFrom(message("rsm-40").at(UTC_MS, 0));
        assertThat(rsm.getParticipants(0).getSecMark()).isEqualTo(7_250);
        final Spat spat = Spat.parseFrom(message("spat-261").at(UTC_MS, 0));
        assertThat(spat.getTimeStamp()).isEqualTo(7_250);
        assertThat(spat.getMoy()).isEqualTo(84_965);
        assertThat(spat.getIntersections(0).getPhases(0).getId()).isEqualTo(33);
        final byte[] kept = new UperFrames(Dialect.PHASE_2, true)
                .read(RoadFrames.octets("bsm-86"))
                .messages()
                .get(0)
                .at(UTC_MS, 0);
        assertThat(Bsm.parseFrom(kept).getSecMark()).isEqualTo(9_500);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsEthernetCaptures(final boolean nanos) throws IOException {
        final byte[] bsm = RoadFrames.octets("bsm-86");
        final byte[] udp = Packets.udp(7_000, bsm);
        final byte[] capture = Packets.pcap(
                        Packets.ETHERNET, nanos ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, nanos)
                .add(TIME_NS, Packets.ethernet(0x0800, Packets.ipv4(17, 0, udp)))
                .add(TIME_NS + SECOND_NS / 2, Packets.vlan(Packets.ipv4(17, 0x4000, udp)))
                .add(TIME_NS + SECOND_NS, Packets.ethernet(0x0806, new byte[28]))
                .add(TIME_NS + SECOND_NS, Packets.ethernet(0x0800, Packets.ipv4(6, 0, new byte[20])))
                .add(TIME_NS + SECOND_NS, Packets.ethernet(0x0800, Packets.ipv4(17, 0x2000, udp)))
                .add(TIME_NS + SECOND_NS, Packets.ethernet(0x0800, Packets.ipv4(17, 185, udp)))
                .add(TIME_NS + 2 * SECOND_NS, Packets.cut(Packets.ethernet(0x86DD, Packets.ipv6(udp)), 90))
                .add(
                        TIME_NS + 3 * SECOND_NS,
                        Packets.ethernet(0x0800, Packets.ipv4(17, 0, Packets.udp(53, new byte[3]))))
                .bytes();
        final Recording recording = capture(capture, 7_000, 2);
        assertThat(kinds(recording).subList(0, 2)).containsExactly(List.of(1), List.of(1));
        assertThat(problems(recording).subList(2, 8))
                .containsExactly(
                        List.of("no IP packet"),
                        List.of("TCP, not put together"),
                        List.of("fragment of an IP packet"),
                        List.of("fragment of an IP packet"),
                        List.of("packet cut short"),
                        List.of("to another port"));
        assertThat(recording.dueNs())
                .startsWith(0, SECOND_NS / 4, SECOND_NS / 2)
                .endsWith(SECOND_NS, 3 * SECOND_NS / 2);
    }

    @Test
    void readsCookedAndRawCaptures() throws IOException {
        final byte[] udp = Packets.udp(7_000, RoadFrames.octets("bsm-86"));
        assertThat(kinds(capture(
                        Packets.pcap(Packets.SLL, ByteOrder.LITTLE_ENDIAN, false)
                                .add(TIME_NS, Packets.sll(Packets.ipv6(udp)))
                                .bytes(),
                        0,
                        1)))
                .containsExactly(List.of(1));
        assertThat(kinds(capture(
                        Packets.pcap(Packets.RAW, ByteOrder.LITTLE_ENDIAN, false)
                                .add(TIME_NS, Packets.ipv6(udp))
                                .add(TIME_NS, Packets.ipv4(17, 0, udp))
                                .bytes(),
                        0,
                        1)))
                .containsExactly(List.of(1), List.of(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsTheNewerForm(final boolean big) throws IOException {
        final byte[] udp = Packets.udp(7_000, RoadFrames.octets("bsm-86"));
        final byte[] capture = Packets.pcapng(
                Packets.RAW,
                big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                new long[] {TIME_NS, TIME_NS + 250_000_000},
                Packets.ipv4(17, 0, udp),
                Packets.ipv6(udp));
        final Recording recording = capture(capture, 0, 1);
        assertThat(kinds(recording)).containsExactly(List.of(1), List.of(1));
        assertThat(recording.dueNs()[1]).isBetween(249_999_000L, 250_001_000L);
    }

    @Test
    void saysWhatIsNoCapture() throws IOException {
        assertThatThrownBy(() -> capture(Packets.text("this is a text"), 0, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is neither a pcap nor a pcapng capture");
        final byte[] whole = Packets.pcap(Packets.RAW, ByteOrder.LITTLE_ENDIAN, false)
                .add(TIME_NS, Packets.ipv6(new byte[100]))
                .bytes();
        assertThatThrownBy(() -> capture(Packets.cut(whole, whole.length - 1), 0, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ends within a packet");
        assertThatThrownBy(() -> capture(new byte[2], 0, 1)).isInstanceOf(IOException.class);
    }

    private FeedFrame.FeedMessage message(final String name) {
        return frames.read(RoadFrames.octets(name)).messages().get(0);
    }

    private Recording uper(final String text, final double rate) throws IOException {
        return UperFile.read(Files.writeString(directory.resolve("frames.txt"), text), frames, rate);
    }

    private Recording capture(final byte[] bytes, final int port, final double speed) throws IOException {
        return CaptureFile.read(Files.write(directory.resolve("capture"), bytes), frames, port, speed);
    }

    private static List<List<Integer>> kinds(final Recording recording) {
        return recording.frames().stream()
                .map(frame -> frame.messages().stream()
                        .map(FeedFrame.FeedMessage::kind)
                        .toList())
                .toList();
    }

    private static List<List<String>> problems(final Recording recording) {
        return recording.frames().stream().map(FeedFrame::problems).toList();
    }
}
