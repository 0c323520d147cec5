package io.luyun.proto.uper;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.luyun.proto.uper.FrameMaker.Twist;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value that means unknown, at every place it can stand: absent in the canonical message, and sent on as it came. */
class UnknownValuesTest {
    /** What the standards reserve, by type, or by component where it holds at that one only. */
    private static final String UNKNOWN = """
            Acceleration 2001
            AntiLockBrakeStatus 0
            AuxiliaryBrakeStatus 0
            BasicVehicleClass 0
            BrakeBoostApplied 0
            BrakePedalStatus 0
            CoarseHeading 240
            DDay 0
            DHour 24..31
            DMinute 60
            DMonth 0
            DSecond 60000..65535
            DYear 0
            Elevation -4096
            ElevationConfidence 0
            FuelType 0
            Heading 28800
            HeadingConfidence 0
            Latitude 900000001
            LightbarInUse 0
            Longitude 1800000001
            MinuteOfTheYear 527040
            PhaseID 0
            PositionConfidence 0
            SemiMajorAxisAccuracy 255
            SemiMajorAxisOrientation 65535
            SemiMinorAxisAccuracy 255
            SirenInUse 0
            Speed 8191
            SpeedConfidence 0
            StabilityControlStatus 0
            SteeringWheelAngle 127
            SteeringWheelAngleConfidence 0
            TimeConfidence 0
            TimeMark 36001
            TimeOffset 65535
            TractionControlStatus 0
            TransmissionState 7
            VehicleHeight 0
            VehicleLength 0
            VehicleWidth 0
            VerticalAcceleration -127
            ptcId 0
            """;

    private static final String ONLY_IN_2019 = """
            DHour 24
            DTimeOffset 721
            """;

    private static final String ONLY_IN_PHASE_2 = """
            AccConfidence 0
            AngularVConfidence 0
            Attachment 0
            DetectedPTCType 0
            EquipmentType 0
            NumberOfParticipantsInCluster 0
            ObstacleType 0
            ParkingLock 0
            ParkingSpaceTheta 0
            PersonalCrossing 0
            PersonalDeviceUserType 0
            ReqStatus 0
            RoadWorkerType 0
            RTCM-Revision 0
            SizeValueConfidence 0
            SlotStatus 0
            """;

    /**
     * Enumerations whose 0 is called unknown or unavailable and yet is a value of luyun.v1: which light, kind of limit or
     * road user it is must be there, an alternative must say which it is, a source has its own name for not known.
     */
    private static final Set<String> VALUES = Set.of(
            "LightState",
            "SpeedLimitType",
            "ParticipantType",
            "EventSource",
            "SourceType",
            "HumanPropelledType",
            "AnimalPropelledType",
            "MotorizedPropelledType");

    private final UperDecoder decoder = new UperDecoder();
    private final UperEncoder encoder = new UperEncoder();
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[70_000]);
    private final UnsafeBuffer again = new UnsafeBuffer(new byte[70_000]);

    @ParameterizedTest
    @EnumSource
    void theNotationNamesThemAll(Dialect dialect) {
        final Map<String, String> wanted = new TreeMap<>();
        final boolean first = dialect == Dialect.PHASE_1_2019;
        for (final String line : (UNKNOWN + (first ? ONLY_IN_2019 : ONLY_IN_PHASE_2)).split("\n")) {
            final String[] words = line.split(" ");
            wanted.put(words[0], words[1]);
        }
        final Program program = Program.of(dialect);
        final Map<String, String> found = new TreeMap<>();
        final Set<String> values = new TreeSet<>();
        for (int n = 0; n < program.code.length; n += Op.STRIDE) {
            final SchemaType type = program.type(n);
            final boolean unknownName =
                    !type.names().isEmpty() && type.names().get(0).matches("unknown|unavailable");
            if (program.code[n + Op.ABSENT_COUNT] > 0) {
                final long least = program.code[n + Op.MIN] + Integer.toUnsignedLong(program.code[n + Op.ABSENT]);
                final long most = least + program.code[n + Op.ABSENT_COUNT] - 1;
                found.put(type.name(), least == most ? "" + least : least + ".." + most);
            } else if (type.kind() == SchemaType.Kind.ENUM && unknownName) {
                values.add(type.name());
            }
        }
        // at a component of an obstacle only: elsewhere its 0 is a value
        assertThat(found.remove("SourceType")).isEqualTo(first ? null : "0");
        assertThat(found).isEqualTo(wanted);
        assertThat(VALUES).containsAll(values);
    }

    @ParameterizedTest
    @MethodSource("makers")
    void eachComesOutAbsentAndGoesBack(FrameMakers made) throws InvalidProtocolBufferException {
        int places = 0;
        for (int choose = 0; choose < made.maker().alternatives(); choose++) {
            final Map<String, Object> known = leaves(decode(made, made.maker().frame(true, choose)));
            for (final Twist twist : List.of(Twist.UNKNOWN_LAST, Twist.UNKNOWN_FIRST)) {
                final int count = made.maker().places(true, choose, twist);
                for (int place = 0; place < count; place++) {
                    final byte[] frame = made.maker().frame(true, choose, twist, place);
                    final String where = made + ": " + made.maker().path();
                    final Message message = decode(made, frame);
                    final Map<String, Object> left = leaves(message);
                    final Set<String> gone = new LinkedHashSet<>(known.keySet());
                    gone.removeAll(left.keySet());
                    assertThat(gone).as(where).hasSizeLessThan(2);
                    places += gone.size();
                    assertThat(known.entrySet().containsAll(left.entrySet()))
                            .as(where)
                            .isTrue();
                    if (made.entry().root().sent()) {
                        // what is not sent holds values that are carried nowhere
                        assertThat(gone).as(where).hasSize(1);
                        final boolean same = twist == Twist.UNKNOWN_LAST && isMandatory(made);
                        goesBack(where, made, frame, message, same);
                    }
                }
            }
        }
        assertThat(places).as("%s", made).isPositive();
    }

    @ParameterizedTest
    @MethodSource("makers")
    void allOfThemAtOnceGoBackAsTheyCame(FrameMakers made) throws InvalidProtocolBufferException {
        final byte[] frame = made.maker().frame(false, 0, Twist.UNKNOWN_LAST, FrameMaker.EVERYWHERE);
        final Message message = decode(made, frame);
        if (made.entry().root().sent()) {
            goesBack(made + ": " + message, made, frame, message, true);
        }
    }

    /** An optional one goes out as what is not there, and so does all there is of an optional height. */
    private static boolean isMandatory(FrameMakers made) {
        return Program.of(made.dialect()).code[made.maker().twisted() + Op.OPTIONAL] == 0
                && !made.maker().path().contains(".offsetV.");
    }

    private void goesBack(String where, FrameMakers made, byte[] frame, Message message, boolean same)
            throws InvalidProtocolBufferException {
        final byte[] canonical = message.toByteArray();
        final int length =
                encoder.encode(made.dialect(), made.kind(), new UnsafeBuffer(canonical), 0, canonical.length, again, 0);
        assertThat(length).as("%s: %s", where, encoder.violation()).isPositive();
        final byte[] back = new byte[length];
        again.getBytes(0, back);
        if (same) {
            assertThat(back).as(where).isEqualTo(frame);
        } else {
            assertThat(decode(made, back)).as(where).isEqualTo(message);
        }
    }

    private Message decode(FrameMakers made, byte[] frame) throws InvalidProtocolBufferException {
        final int length = decoder.decode(made.dialect(), new UnsafeBuffer(frame), 0, frame.length, out, 0);
        assertThat(length).as("%s: %s", made, decoder.violation()).isNotNegative();
        assertThat(decoder.unreadExtensions()).isZero();
        return Canonical.prototype(made.kind()).getParserForType().parseFrom(out.byteArray(), 0, length);
    }

    /** Every value that is not a message, by its path. */
    private static Map<String, Object> leaves(Message message) {
        final Map<String, Object> leaves = new TreeMap<>();
        leaves("", message, leaves);
        return leaves;
    }

    private static void leaves(String path, Message message, Map<String, Object> leaves) {
        for (final Map.Entry<FieldDescriptor, Object> field :
                message.getAllFields().entrySet()) {
            final String name = path + '.' + field.getKey().getName();
            final List<?> values = field.getKey().isRepeated() ? (List<?>) field.getValue() : List.of(field.getValue());
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i) instanceof Message inner) {
                    leaves(name + '[' + i + ']', inner, leaves);
                } else {
                    leaves.put(name + '[' + i + ']', values.get(i));
                }
            }
        }
    }

    static List<FrameMakers> makers() {
        return FrameMakers.all().stream()
                // has no value that means unknown
                .filter(made -> !made.entry().root().name().equals("TestMsg"))
                .toList();
    }
}
