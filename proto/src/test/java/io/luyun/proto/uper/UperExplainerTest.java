package io.luyun.proto.uper;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.luyun.proto.codec.Violation;
import io.luyun.proto.explain.ExplainedField;
import io.luyun.proto.explain.ExplainedField.Part;
import io.luyun.proto.v1.AuxiliarySign;
import io.luyun.proto.v1.AuxiliarySignDirection;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Rsi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class UperExplainerTest {
    private static final long SEED = Long.getLong("luyun.uper.seed", 20261124);
    private static final int MESSAGES = Integer.getInteger("luyun.uper.messages", 100);
    private static final int MUTANTS = 20_000;

    private final UperExplainer explainer = new UperExplainer();
    private final UperDecoder decoder = new UperDecoder();
    private final UperEncoder encoder = new UperEncoder();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[70_000]);
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[140_000]);
    private final List<ExplainedField> fields = new ArrayList<>();

    @ParameterizedTest
    @MethodSource("vectors")
    void showsWhatTheDecoderDecodes(Vectors vector) {
        for (final Dialect dialect : vector.dialects()) {
            assertThat(explain(dialect, vector.frame())).isNull();
            assertThat(explainer.messageKind()).isEqualTo(Canonical.kind(vector.message()));
            assertCovers(vector.frame().length);
            assertThat(ShownValues.of(fields)).as("%s", dialect).isEqualTo(ShownValues.of(vector.message()));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void agreesWithTheDecoderOnRandomFrames(Dialect dialect, int kind) {
        System.out.println("UperExplainerTest " + dialect + " kind " + kind + " seed " + SEED);
        final double[] presences = {0, 0.3, 0.7, 1};
        final RandomCanonical random = new RandomCanonical(dialect, kind);
        for (int i = 0; i < MESSAGES; i++) {
            final Message message = random.message(SEED + i, presences[i % presences.length]);
            final byte[] bytes = encode(dialect, kind, message);
            assertThat(explain(dialect, bytes)).as("message %d", i).isNull();
            assertThat(explainer.messageKind()).isEqualTo(kind);
            assertCovers(bytes.length);
            assertThat(ShownValues.of(fields)).as("message %d", i).isEqualTo(ShownValues.of(message));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatTheDecoderRefusesWithTheSameWords(Dialect dialect) {
        System.out.println("UperExplainerTest mutants " + dialect + " seed " + SEED);
        final Random random = new Random(SEED);
        final List<Vectors> vectors = Vectors.all();
        int refused = 0;
        for (int i = 0; i < MUTANTS; i++) {
            final byte[] bytes =
                    mutant(vectors.get(random.nextInt(vectors.size())).frame(), random);
            frame.putBytes(0, bytes);
            final boolean good = decoder.decode(dialect, frame, 0, bytes.length, out, 0) >= 0;
            final Violation violation = explain(dialect, bytes);
            if (!text(decoder.violation()).equals(text(violation)) || good != (violation == null)) {
                throw new AssertionError("mutant " + i + " " + HexFormat.of().formatHex(bytes) + ": decoder "
                        + decoder.violation() + ", explainer " + violation);
            }
            assertCovers(bytes.length);
            refused += good ? 0 : 1;
        }
        assertThat(refused).isBetween(MUTANTS / 10, MUTANTS - MUTANTS / 100);
    }

    @Test
    void showsAReferencesValueUnitAndMeaning() {
        assertThat(explain(Dialect.PHASE_1_2019, Vectors.of("bsm-86").frame())).isNull();
        assertThat(field("bsmFrame.heading").physical()).isEqualByComparingTo("77.0125");
        assertThat(field("bsmFrame.heading").scale().unit()).isEqualTo("deg");
        assertThat(field("bsmFrame.heading").type()).isEqualTo("Heading");
        assertThat(field("bsmFrame.accelSet.long").absent()).isTrue();
        assertThat(field("bsmFrame.accelSet.long").meaning()).isEqualTo("unavailable");
        assertThat(field("bsmFrame.brakes.brakePadel").meaning()).isEqualTo("off");
        assertThat(field("bsmFrame.safetyExt.events").meaning()).isEqualTo("none");
        assertThat(field("bsmFrame.vehicleClass.classification").meaning()).isEqualTo("passengerCar");
    }

    @Test
    void worksOutWhereAnOffsetLeads() {
        assertThat(explain(Dialect.PHASE_1_2019, Vectors.of("rsi-79").frame())).isNull();
        assertThat(field("rsiFrame.rtes[0].eventPos.lat").part()).isEqualTo(Part.DERIVED);
        assertThat(field("rsiFrame.rtes[0].eventPos.lat").number()).isEqualTo(280_988_051);
        assertThat(field("rsiFrame.rtes[0].eventPos.lat").physical()).isEqualByComparingTo("28.0988051");
    }

    @Test
    void showsWhatANewerSenderAddedInHexadecimal() {
        final Rsi.Builder rsi = Rsi.newBuilder().setMsgCnt(3).setId(ByteString.copyFromUtf8("12345678"));
        rsi.setRefPos(Position.newBuilder().setLat(1).setLon(2));
        rsi.addSignsBuilder()
                .setSignId(7)
                .setSignType(20)
                .setAuxiliarySign(
                        AuxiliarySign.newBuilder().setDirection(AuxiliarySignDirection.AUXILIARY_SIGN_LEFT_AND_RIGHT));
        final byte[] bytes = encode(Dialect.PHASE_2, 3, rsi.build());
        assertThat(explain(Dialect.PHASE_2, bytes)).isNull();
        assertThat(field("rsiFrame.rtss[0].auxiliarySign.signDirection").meaning())
                .isEqualTo("leftAndRight");
        assertThat(explain(Dialect.PHASE_1_2019, bytes)).isNull();
        final ExplainedField added = fields.stream()
                .filter(field -> field.part() == Part.EXTENSION)
                .findFirst()
                .orElseThrow();
        assertThat(added.path()).isEqualTo("rsiFrame.rtss[0]....");
        assertThat(added.raw()).matches("([0-9a-f]{2})+").hasSize(added.bits() / 4);
        assertCovers(bytes.length);
    }

    @Test
    void showsAllOfAPaymentToWhoeverHasTheFrame() {
        final String body = "0" + "0000101" + "0" + "11" // message, msgCnt, action-response
                + "0" + "01" + "0000000" + octets("SENDER01") + "0" + "010" // sourceId, paymentEntityId
                + "0" + "0101" + "0" + "0010" + "0" + "00010" + octets("6225") // setTollDataRs, account
                + "0" + "000";
        final int bodyOctets = (body.length() + 7) / 8;
        final String header = "1" + "0000000" + octet(bodyOctets + 3) + "0" + "000000000010001" + octet(bodyOctets);
        final String bits = header + body;
        final byte[] bytes = new byte[(bits.length() + 7) / 8];
        for (int i = 0; i < bits.length(); i++) {
            bytes[i / 8] |= (byte) ((bits.charAt(i) - '0') << (7 - i % 8));
        }
        assertThat(explain(Dialect.PHASE_2, bytes)).isNull();
        assertThat(explainer.messageKind()).isEqualTo(14);
        final String response = "VehiclePaymentMessage.payment.action-response.";
        assertThat(field(response + "sourceId").meaning()).isEqualTo("\"SENDER01\"");
        assertThat(field(response + "responseParameter.setTollDataRs.accountInfo.account")
                        .raw())
                .isEqualTo("36323235");
        assertThat(field(response + "ret").meaning()).isEqualTo("noError");
        assertCovers(bytes.length);
    }

    private static String octets(String text) {
        return text.chars().mapToObj(UperExplainerTest::octet).collect(Collectors.joining());
    }

    private static String octet(int value) {
        return ExplainedRows.digits(value, 8);
    }

    @Test
    void tellsUpToThePlaceOfTheError() {
        final byte[] bytes = Vectors.of("bsm-53").frame();
        final byte[] cut = Arrays.copyOf(bytes, 30);
        final Violation violation = explain(Dialect.PHASE_2, cut);
        assertThat(violation).isNotNull();
        assertThat(violation.field()).startsWith("bsmFrame.");
        assertThat(fields.getLast().part()).isEqualTo(Part.UNREAD);
        assertThat(field("bsmFrame.heading").number()).isEqualTo(14_239);
        assertCovers(cut.length);
    }

    @Test
    void showsTheBitsOfAWrongDialectAsUnread() {
        final Violation violation =
                explain(Dialect.PHASE_2, Vectors.of("rsi-79").frame());
        assertThat(violation).isNotNull();
        assertThat(fields.getLast().part()).isEqualTo(Part.UNREAD);
        assertCovers(79);
    }

    private @Nullable Violation explain(Dialect dialect, byte[] bytes) {
        fields.clear();
        final UnsafeBuffer in = new UnsafeBuffer(new byte[bytes.length + 9]);
        in.setMemory(0, in.capacity(), (byte) 0xFF);
        in.putBytes(4, bytes);
        return explainer.explain(dialect, in, 4, bytes.length, fields::add);
    }

    private byte[] encode(Dialect dialect, int kind, Message message) {
        final byte[] canonical = message.toByteArray();
        final int length = encoder.encode(dialect, kind, new UnsafeBuffer(canonical), 0, canonical.length, frame, 0);
        assertThat(length).as("%s", encoder.violation()).isPositive();
        final byte[] bytes = new byte[length];
        frame.getBytes(0, bytes);
        return bytes;
    }

    private ExplainedField field(String path) {
        return fields.stream()
                .filter(field ->
                        field.path().equals(path) && (field.part() == Part.VALUE || field.part() == Part.DERIVED))
                .findFirst()
                .orElseThrow(() -> new AssertionError(path + " is not among " + fields));
    }

    /** Every bit belongs to one piece, in order. */
    private void assertCovers(int bytes) {
        int bit = 0;
        for (final ExplainedField field : fields) {
            if (field.bit() != bit || field.bits() < 0 || (field.bits() == 0 && field.part() == Part.PADDING)) {
                throw new AssertionError("bit " + bit + " is followed by " + field);
            }
            bit += field.bits();
        }
        if (bit != bytes * Byte.SIZE) {
            throw new AssertionError(bit + " bits are told of " + bytes + " bytes");
        }
    }

    private static byte[] mutant(byte[] frame, Random random) {
        byte[] bytes = frame.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            final int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 3 -> bytes[at] = (byte) random.nextInt();
                case 4 -> bytes = Arrays.copyOf(bytes, at + 1);
                default -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(3));
            }
        }
        return bytes;
    }

    private static String text(@Nullable Violation violation) {
        return violation == null ? "" : violation.toString();
    }

    static List<Vectors> vectors() {
        return Vectors.all();
    }

    static Stream<Arguments> kinds() {
        return Arrays.stream(Dialect.values())
                .flatMap(dialect -> Canonical.kinds(dialect).map(kind -> Arguments.of(dialect, kind)));
    }
}
