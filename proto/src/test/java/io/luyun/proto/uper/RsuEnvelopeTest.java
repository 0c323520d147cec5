package io.luyun.proto.uper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.luyun.proto.codec.Violation;
import io.luyun.proto.uper.RsuEnvelope.Layout;
import io.luyun.proto.v1.ErrorCode;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RsuEnvelopeTest {
    private static final long SEED = 20260803;
    private static final long ID = 0x5231_3030_3331_3031L;
    private static final long TIME = 1_605_336_902_333L;

    private final RsuEnvelope reader = new RsuEnvelope();
    private final RsuEnvelopeWriter writer = new RsuEnvelopeWriter();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1 << 20]);

    @Test
    void readsTheBytesOfTheDrawing() {
        // id R1003101, 2020-11-14T06:55:02.333Z, two frames of 3 and 2 octets
        final String head = "5231303033313031" + "bd2a89c575010000";
        for (final String body :
                List.of("02" + "0300" + "0a0b0c" + "0200" + "0d0e", "02" + "0300" + "0200" + "0a0b0c0d0e")) {
            final byte[] bytes = HexFormat.of().parseHex(head + body);
            assertThat(reader.wrap(new UnsafeBuffer(bytes), 0, bytes.length))
                    .as(body)
                    .isTrue();
            assertThat(reader.idAsLong()).isEqualTo(ID);
            assertThat(reader.timestampMillis()).isEqualTo(TIME);
            assertThat(framesRead(new UnsafeBuffer(bytes))).containsExactly("0a0b0c", "0d0e");
        }
        assertThat(reader.layout()).isEqualTo(Layout.LENGTHS_FIRST);
        final byte[] single = HexFormat.of().parseHex(head + "0300" + "3a0b0c");
        assertThat(reader.wrap(new UnsafeBuffer(single), 0, single.length)).isTrue();
        assertThat(reader.layout()).isEqualTo(Layout.ONE_FRAME);
        assertThat(framesRead(new UnsafeBuffer(single))).containsExactly("3a0b0c");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsRead(Layout layout) {
        final Random random = new Random(SEED);
        for (int round = 0; round < 2_000; round++) {
            final List<byte[]> frames = randomFrames(random, layout);
            final int offset = random.nextInt(64);
            final int length = write(layout, offset, frames);
            assertThat(reader.wrap(buffer, offset, length))
                    .as("seed %d round %d", SEED, round)
                    .isTrue();
            assertThat(reader.layout())
                    .isEqualTo(frames.size() == 1 && layout == Layout.LENGTHS_FIRST ? Layout.COUNTED : layout);
            assertThat(reader.idAsLong()).isEqualTo(ID);
            assertThat(reader.timestampMillis()).isEqualTo(TIME);
            assertThat(framesRead(buffer))
                    .isEqualTo(frames.stream().map(HexFormat.of()::formatHex).toList());
            assertThat(reader.wrap(buffer, offset, length, layout != Layout.ONE_FRAME))
                    .isTrue();
            assertThat(reader.frames()).isEqualTo(frames.size());
            assertThat(reader.next()).isTrue();
            assertThat(reader.index()).isZero();
            assertThat(reader.frameOffset()).isBetween(offset, offset + length - reader.frameLength());
        }
    }

    @Test
    void theFramesDecideWhereTheBytesFitTwoLayouts() {
        final String head = "00".repeat(16) + "02";
        // the first frame begins with the second length in one layout, with the third octet in the other
        layoutIs(head + "0300" + "050000" + "0500" + "0000000000", Layout.COUNTED, "050000", "0000000000");
        layoutIs(head + "0300" + "050010" + "0500" + "0000000000", Layout.COUNTED, "050010", "0000000000");
        layoutIs(head + "0300" + "100000" + "1000" + "00".repeat(16), Layout.LENGTHS_FIRST, "001000", "00".repeat(16));
    }

    @Test
    void saysWhatIsWrong() {
        violates("00".repeat(18), "envelope", "18 bytes");
        violates("00".repeat(16) + "0500" + "300000", "envelope.length", "5");
        violates("00".repeat(16) + "00" + "0000000000", "envelope.count", "0");
        violates("00".repeat(16) + "02" + "0100" + "00" + "0900" + "00", "envelope.frames[1].length", "9");
        violates("00".repeat(16) + "03" + "0100" + "00" + "0100" + "00", "envelope.count", "3");
        violates("00".repeat(16) + "01" + "0100" + "00" + "0100" + "00", "envelope", "23 bytes");
        violates("00".repeat(16) + "01" + "0000" + "00", "envelope.frames[0].length", "0");
        assertThat(reader.wrap(buffer, buffer.capacity() - 3, 4)).isFalse();
        assertThat(reader.violation()).isNotNull();
        assertThat(reader.frames()).isZero();
        assertThat(reader.next()).isFalse();
    }

    @Test
    void aWrongCountFlagIsRefused() {
        final int length = write(Layout.COUNTED, 0, List.of(new byte[40], new byte[50]));
        assertThat(reader.wrap(buffer, 0, length, false)).isFalse();
        assertThat(String.valueOf(reader.violation())).contains("envelope.length");
        assertThat(reader.wrap(buffer, 0, length, true)).isTrue();
        assertThat(reader.violation()).isNull();
    }

    @Test
    void aLeadingClockIsTolerated() {
        final int length = write(Layout.ONE_FRAME, 0, List.of(new byte[] {0x30}));
        assertThat(reader.wrap(buffer, 0, length)).isTrue();
        assertThat(reader.checkClock(TIME - 3_000, 3_000, 0)).isNull();
        assertThat(reader.checkClock(TIME + 10_000, 0, 10_000)).isNull();
        final Violation ahead = reader.checkClock(TIME - 3_001, 3_000, 10_000);
        assertThat(ahead).isNotNull().isSameAs(reader.violation());
        assertThat(ahead.code()).isEqualTo(ErrorCode.ERROR_CODE_CLOCK);
        assertThat(ahead.field()).isEqualTo("envelope.timestamp");
        assertThat(ahead.value()).isEqualTo(Long.toString(TIME));
        assertThat(reader.checkClock(TIME + 10_001, 3_000, 10_000)).isNotNull();
        buffer.putLong(8, Long.MIN_VALUE, ByteOrder.LITTLE_ENDIAN);
        assertThat(reader.wrap(buffer, 0, length)).isTrue();
        assertThat(reader.checkClock(TIME, 3_000, 10_000)).isNotNull();
    }

    @Test
    void noBytesLeadOutOfThem() {
        final Random random = new Random(SEED + 1);
        int read = 0;
        for (int round = 0; round < 200_000; round++) {
            final Layout layout = Layout.values()[random.nextInt(3)];
            final int length = mutate(random, write(layout, 0, randomFrames(random, layout)));
            final byte[] exact = new byte[length];
            buffer.getBytes(0, exact);
            // an exact buffer with bounds checks of its own: a read outside throws
            final boolean good = reader.wrap(new UnsafeBuffer(exact), 0, length);
            final List<Layout> fitting = fitting(exact);
            assertThat(good)
                    .as("seed %d round %d %s", SEED + 1, round, HexFormat.of().formatHex(exact))
                    .isEqualTo(!fitting.isEmpty());
            if (good) {
                read++;
                assertThat(fitting).contains(reader.layout());
                int frameBytes = 0;
                while (reader.next()) {
                    assertThat(reader.frameLength()).isPositive();
                    assertThat(reader.frameOffset() + reader.frameLength()).isLessThanOrEqualTo(length);
                    frameBytes += reader.frameLength();
                }
                assertThat(frameBytes)
                        .isEqualTo(length - 16 - 2 * reader.frames() - (reader.layout() == Layout.ONE_FRAME ? 0 : 1));
                assertThat(reader.violation()).isNull();
            } else {
                assertThat(reader.violation()).isNotNull();
                assertThat(reader.violation().rule()).isNotEmpty();
            }
        }
        assertThat(read).as("some stay good").isBetween(1_000, 199_000);
    }

    @Test
    void readingAllocatesNothing() {
        final int length = write(Layout.COUNTED, 0, List.of(new byte[53], new byte[86], new byte[47]));
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = sumOfFrames(length, 50_000);
        final long before = threads.getCurrentThreadAllocatedBytes();
        sum += sumOfFrames(length, 100_000);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated / 100_000.0).as("bytes per envelope, sum %d", sum).isLessThan(1);
    }

    @Test
    void theWriterKeepsToItsCount() {
        assertThatThrownBy(() -> writer.begin(buffer, 0, Layout.ONE_FRAME, 2, ID, TIME))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.begin(buffer, 0, Layout.COUNTED, 256, ID, TIME))
                .isInstanceOf(IllegalArgumentException.class);
        writer.begin(buffer, 0, Layout.COUNTED, 1, ID, TIME);
        assertThatThrownBy(writer::length).isInstanceOf(IllegalStateException.class);
        writer.add(buffer, 100, 10);
        assertThat(writer.length()).isEqualTo(16 + 1 + 2 + 10);
        assertThatThrownBy(() -> writer.add(buffer, 100, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    private long sumOfFrames(int length, int rounds) {
        long sum = 0;
        for (int i = 0; i < rounds; i++) {
            sum += reader.wrap(buffer, 0, length) ? reader.timestampMillis() : 0;
            while (reader.next()) {
                sum += reader.frameOffset();
            }
        }
        return sum;
    }

    private void layoutIs(String hex, Layout layout, String... frames) {
        final byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(fitting(bytes)).contains(Layout.COUNTED, Layout.LENGTHS_FIRST);
        assertThat(reader.wrap(new UnsafeBuffer(bytes), 0, bytes.length)).isTrue();
        assertThat(reader.layout()).isEqualTo(layout);
        assertThat(framesRead(new UnsafeBuffer(bytes))).containsExactly(frames);
        assertThat(reader.wrap(new UnsafeBuffer(bytes), 0, bytes.length, true)).isTrue();
        assertThat(reader.layout()).isEqualTo(layout);
    }

    private void violates(String hex, String field, String value) {
        final byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(reader.wrap(new UnsafeBuffer(bytes), 0, bytes.length))
                .as(hex)
                .isFalse();
        final Violation violation = reader.violation();
        assertThat(violation).isNotNull();
        assertThat(violation.code()).isEqualTo(ErrorCode.ERROR_CODE_MALFORMED);
        assertThat(violation.field()).isEqualTo(field);
        assertThat(violation.value()).isEqualTo(value);
        assertThat(violation.rule()).isNotEmpty();
    }

    private List<String> framesRead(DirectBuffer source) {
        final List<String> frames = new ArrayList<>();
        while (reader.next()) {
            final byte[] frame = new byte[reader.frameLength()];
            source.getBytes(reader.frameOffset(), frame);
            frames.add(HexFormat.of().formatHex(frame));
        }
        return frames;
    }

    private int write(Layout layout, int offset, List<byte[]> frames) {
        writer.begin(buffer, offset, layout, frames.size(), ID, TIME);
        frames.forEach(frame -> writer.add(new UnsafeBuffer(frame), 0, frame.length));
        return writer.length();
    }

    private static List<byte[]> randomFrames(Random random, Layout layout) {
        final List<byte[]> frames = new ArrayList<>();
        final int count = layout == Layout.ONE_FRAME ? 1 : 1 + random.nextInt(random.nextInt(10) == 0 ? 255 : 6);
        for (int i = 0; i < count; i++) {
            final byte[] frame = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 700 : 90)];
            random.nextBytes(frame);
            frame[0] &= 0x0F;
            frame[0] |= (byte) (layout == Layout.ONE_FRAME ? 0x30 : 0);
            frames.add(frame);
        }
        return frames;
    }

    private int mutate(Random random, int length) {
        int left = length;
        for (int i = random.nextInt(4); i > 0; i--) {
            buffer.putByte(random.nextInt(Math.min(left, 40)), (byte) random.nextInt());
            left = random.nextInt(5) == 0 ? 1 + random.nextInt(left) : left;
        }
        return left;
    }

    /** The layouts that consume the bytes, by the plainest means. */
    private static List<Layout> fitting(byte[] bytes) {
        final List<Layout> fitting = new ArrayList<>();
        if (bytes.length < 19) {
            return fitting;
        }
        if (length(bytes, 16) == bytes.length - 18) {
            fitting.add(Layout.ONE_FRAME);
        }
        final int count = bytes[16] & 0xFF;
        int at = 17;
        boolean good = count > 0;
        for (int i = 0; i < count && good; i++) {
            good = at + 2 <= bytes.length && length(bytes, at) > 0;
            at += good ? 2 + length(bytes, at) : 0;
        }
        if (good && at == bytes.length) {
            fitting.add(Layout.COUNTED);
        }
        if (count > 0 && 17 + 2 * count <= bytes.length) {
            final int[] lengths = new int[count];
            Arrays.setAll(lengths, i -> length(bytes, 17 + 2 * i));
            if (Arrays.stream(lengths).allMatch(length -> length > 0)
                    && 17 + 2 * count + Arrays.stream(lengths).sum() == bytes.length) {
                fitting.add(Layout.LENGTHS_FIRST);
            }
        }
        return fitting;
    }

    private static int length(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
    }
}
