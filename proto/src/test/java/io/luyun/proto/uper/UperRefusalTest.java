package io.luyun.proto.uper;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.luyun.proto.codec.Violation;
import io.luyun.proto.uper.FrameMaker.Twist;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.ReferencePath;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Vpm;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the decoder refuses, with the path of the field, and what it passes over and keeps the frame. */
class UperRefusalTest {
    private static final int MESSAGES = 2_000;

    private final UperDecoder decoder = new UperDecoder();
    private final UperEncoder encoder = new UperEncoder();
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[70_000]);
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[70_000]);

    @Test
    void framesOf2019AreNotTakenForPhase2() {
        final Vectors map = Vectors.of("map-529");
        refused(Dialect.PHASE_2, map.frame(), "mapFrame");
        final Vectors rsi = Vectors.of("rsi-79");
        refused(Dialect.PHASE_2, rsi.frame(), "rsiFrame.rtes[0].referencePaths[0].activePath");
    }

    @Test
    void framesOfPhase2AreNotTakenFor2019() {
        // the same road, told in the other dialect, where a link has a width
        final MapData.Builder map = ((MapData) Vectors.of("map-529").message()).toBuilder();
        map.getNodesBuilderList().forEach(node -> node.getInLinksBuilderList().forEach(link -> link.setLinkWidth(700)));
        refused(Dialect.PHASE_1_2019, encoded(Dialect.PHASE_2, map.build()), "mapFrame");
        final Rsi.Builder rsi = ((Rsi) Vectors.of("rsi-79").message()).toBuilder();
        final ReferencePath.Builder path = rsi.getEventsBuilder(0).getReferencePathsBuilder(0);
        path.addActivePath(path.getActivePath(0));
        refused(Dialect.PHASE_1_2019, encoded(Dialect.PHASE_2, rsi.build()), "rsiFrame");
    }

    /** By chance some frames make sense in both; what is refused must be nearly all. */
    @ParameterizedTest
    @CsvSource({"5, PHASE_1_2019", "5, PHASE_2", "3, PHASE_1_2019", "3, PHASE_2"})
    void nearlyNoFrameMakesSenseInTheOtherDialect(int kind, Dialect dialect) {
        final Dialect other = dialect == Dialect.PHASE_2 ? Dialect.PHASE_1_2019 : Dialect.PHASE_2;
        final RandomCanonical random = new RandomCanonical(dialect, kind);
        int told = 0;
        int taken = 0;
        for (int i = 0; i < MESSAGES; i++) {
            final int size = random.write(i, 0.7);
            final int length = encoder.encode(dialect, kind, random.buffer(), 0, size, frame, 0);
            // an RSI without a path is the same in both
            if (kind == MessageKind.MESSAGE_KIND_MAP_VALUE || hasPath(random.buffer(), size)) {
                told++;
                taken += decoder.decode(other, frame, 0, length, out, 0) < 0 ? 0 : 1;
            }
        }
        System.out.printf(
                "UperRefusalTest kind %d of %s: %d frames, %d taken for %s%n", kind, dialect, told, taken, other);
        assertThat(told).isGreaterThan(MESSAGES / 3);
        assertThat(taken).isLessThan(told / 100);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void moreThanSevenUnreadBitsAreRefused(Vectors vector) {
        final byte[] longer = Arrays.copyOf(vector.frame(), vector.frame().length + 1);
        for (final Dialect dialect : vector.dialects()) {
            final Violation violation = violation(dialect, longer);
            assertThat(violation.code()).isEqualTo(ErrorCode.ERROR_CODE_MALFORMED);
            assertThat(violation.field()).endsWith(longer[0] < 0 ? "CLPMM" : "Frame");
            assertThat(violation.value()).matches("([89]|1[0-5]) unread bits");
            assertThat(violation.rule()).contains("dialect");
        }
    }

    /** Frames of the road with this many bits of padding. */
    @ParameterizedTest
    @CsvSource({"spat-261, 7", "bsm-86, 3", "rsm-40, 6", "rsi-79, 3", "bsm-47, 7"})
    void paddingThatIsNotZeroIsRefused(String name, int bits) {
        final Vectors vector = Vectors.of(name);
        for (int bit = 0; bit < bits; bit++) {
            final byte[] touched = vector.frame();
            touched[touched.length - 1] |= (byte) (1 << bit);
            for (final Dialect dialect : vector.dialects()) {
                final Violation violation = violation(dialect, touched);
                assertThat(violation.code()).isEqualTo(ErrorCode.ERROR_CODE_MALFORMED);
                assertThat(violation.value()).isEqualTo("padding that is not 0");
            }
        }
        final byte[] touched = vector.frame();
        touched[touched.length - 1] |= (byte) (1 << bits);
        // the bit before belongs to the message
        decoder.decode(vector.dialects().get(0), new UnsafeBuffer(touched), 0, touched.length, out, 0);
        assertThat(String.valueOf(decoder.violation())).doesNotContain("padding");
    }

    @ParameterizedTest
    @MethodSource("makers")
    void aValueOutOfRangeIsRefusedWithItsPath(FrameMakers made) {
        for (int choose = 0; choose < made.maker().alternatives(); choose++) {
            final int places = made.maker().places(true, choose, Twist.TOO_LARGE);
            for (int place = 0; place < places; place++) {
                final byte[] bad = made.maker().frame(true, choose, Twist.TOO_LARGE, place);
                final Violation violation = violation(made.dialect(), bad);
                assertThat(violation.code()).as(violation.toString()).isEqualTo(ErrorCode.ERROR_CODE_OUT_OF_RANGE);
                assertThat(violation.field()).isEqualTo(made.maker().path());
                assertThat(violation.value()).matches("-?\\d+");
                assertThat(violation.rule()).matches("(-?\\d+(\\.\\.-?\\d+)?|one of) ?.*");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("makers")
    void whatANewerSenderAddsIsPassedOver(FrameMakers made) throws InvalidProtocolBufferException {
        for (int choose = 0; choose < made.maker().alternatives(); choose++) {
            final Message plain = decoded(made, made.maker().frame(true, choose));
            final int places = made.maker().places(true, choose, Twist.EXTENDED);
            for (int place = 0; place < places; place++) {
                final byte[] newer = made.maker().frame(true, choose, Twist.EXTENDED, place);
                final Message message = decoded(made, newer);
                final String where = made + ": " + made.maker().path();
                final int op = Program.of(made.dialect()).code[made.maker().twisted()];
                if (op == Op.SEQ || op == Op.INLINE || op == Op.POSITION) {
                    assertThat(message).as(where).isEqualTo(plain);
                }
                // a new name of an enumeration is a number all the same
                assertThat(decoder.unreadExtensions()).as(where).isBetween(op == Op.NUMBER_EXT ? 0 : 1, 1);
            }
        }
    }

    @Test
    void additionsThatAreCutOffAreRefused() {
        for (final FrameMakers made : FrameMakers.all()) {
            if (made.maker().places(false, 0, Twist.EXTENDED) > 0) {
                final byte[] newer = made.maker().frame(false, 0, Twist.EXTENDED, 0);
                for (int length = 1; length < newer.length; length++) {
                    final Violation violation = violation(made.dialect(), Arrays.copyOf(newer, length));
                    assertThat(violation.code()).isNotNull();
                    assertThat(violation.field()).isNotEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPaymentIsReadAndNeverWritten(Dialect dialect) throws InvalidProtocolBufferException {
        final FrameMakers made = FrameMakers.all().stream()
                .filter(each -> each.kind() == MessageKind.MESSAGE_KIND_VPM_VALUE)
                .findFirst()
                .orElseThrow();
        for (int choose = 0; choose < made.maker().alternatives(); choose++) {
            final Vpm payment = (Vpm) decoded(made, made.maker().frame(true, choose));
            assertThat(payment.getMsgCnt()).isEqualTo(1);
            final byte[] canonical = payment.toByteArray();
            final int length =
                    encoder.encode(dialect, made.kind(), new UnsafeBuffer(canonical), 0, canonical.length, frame, 0);
            assertThat(length).isEqualTo(-1);
            assertThat(encoder.violation().code()).isEqualTo(ErrorCode.ERROR_CODE_UNKNOWN_KIND);
            assertThat(encoder.violation().field()).isEqualTo("kind");
        }
    }

    private void refused(Dialect dialect, byte[] bytes, String path) {
        final Violation violation = violation(dialect, bytes);
        assertThat(violation.field()).as(violation.toString()).startsWith(path);
        assertThat(violation.value()).isNotEmpty();
        assertThat(violation.rule()).isNotEmpty();
    }

    private Violation violation(Dialect dialect, byte[] bytes) {
        final int length = decoder.decode(dialect, new UnsafeBuffer(bytes), 0, bytes.length, out, 0);
        assertThat(length).isEqualTo(-1);
        assertThat(decoder.messageKind()).isZero();
        assertThat(decoder.violation()).isNotNull();
        return decoder.violation();
    }

    private byte[] encoded(Dialect dialect, Message message) {
        final byte[] canonical = message.toByteArray();
        final int length = encoder.encode(
                dialect, Canonical.kind(message), new UnsafeBuffer(canonical), 0, canonical.length, frame, 0);
        assertThat(length).as("%s", encoder.violation()).isPositive();
        final byte[] bytes = new byte[length];
        frame.getBytes(0, bytes);
        return bytes;
    }

    private Message decoded(FrameMakers made, byte[] bytes) throws InvalidProtocolBufferException {
        final int length = decoder.decode(made.dialect(), new UnsafeBuffer(bytes), 0, bytes.length, out, 0);
        assertThat(length)
                .as("%s %s: %s", made, made.maker().path(), decoder.violation())
                .isNotNegative();
        assertThat(decoder.messageKind()).isEqualTo(made.kind());
        return Canonical.prototype(made.kind()).getParserForType().parseFrom(out.byteArray(), 0, length);
    }

    private static boolean hasPath(UnsafeBuffer canonical, int size) {
        try {
            final Rsi rsi = Rsi.parseFrom(Arrays.copyOf(canonical.byteArray(), size));
            return rsi.getEventsList().stream().anyMatch(event -> event.getReferencePathsCount() > 0)
                    || rsi.getSignsList().stream().anyMatch(sign -> sign.getReferencePathsCount() > 0);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    static List<Vectors> vectors() {
        return Vectors.all();
    }

    static List<FrameMakers> makers() {
        return FrameMakers.all();
    }
}
