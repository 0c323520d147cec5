package io.luyun.proto.codec;

import static io.luyun.proto.codec.Samples.OFFSET;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.DetectedObstacle;
import io.luyun.proto.v1.DetectedParticipant;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.Ssm;
import io.luyun.proto.v1.UtcTiming;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The readers of the line answer what protobuf-java answers, for any bytes. */
class ReadersTest {
    private static final long SEED = 20260731;
    private static final int ROUNDS = 300;
    private static final byte[] LONG_VARINT = {1 << 3, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1};

    private final BsmReader bsmReader = new BsmReader();
    private final RsmReader rsmReader = new RsmReader();
    private final SpatReader spatReader = new SpatReader();
    private final SsmReader ssmReader = new SsmReader();
    private final PsmReader psmReader = new PsmReader();

    @Test
    void readsWhatProtobufReads() {
        System.out.println("ReadersTest seed " + SEED);
        for (int i = 0; i < ROUNDS; i++) {
            final RandomMessages messages = new RandomMessages(SEED + i, i % 4 / 3.0);
            check(messages.like(Bsm.getDefaultInstance()).toByteArray());
            check(messages.like(Rsm.getDefaultInstance()).toByteArray());
            check(messages.like(Spat.getDefaultInstance()).toByteArray());
        }
    }

    @Test
    void readsWhatIsSharedAndWhatPersonsSay() {
        for (int i = 0; i < ROUNDS; i++) {
            final RandomMessages messages = new RandomMessages(SEED + i, i % 4 / 3.0);
            final Ssm ssm = messages.like(Ssm.getDefaultInstance());
            final byte[] shared = ssm.toByteArray();
            assertThat(ssmReader.wrap(Samples.buffer(shared), OFFSET, shared.length))
                    .isTrue();
            for (final DetectedParticipant participant : ssm.getParticipantsList()) {
                assertThat(ssmReader.next()).isTrue();
                assertThat(ssmReader.obstacle()).isFalse();
                assertThat(ssmReader.obstacleType()).isEqualTo(SsmReader.ABSENT);
                checkInt(participant.getPtc(), "ptc_type", ssmReader.ptcType());
                checkInt(participant.getPtc(), "ptc_id", ssmReader.ptcId());
                checkInt(participant.getPtc(), "sec_mark", ssmReader.secMark());
                checkInt(participant.getPtc(), "heading", ssmReader.heading());
                assertThat(ssmReader.participantIdAsLong())
                        .isEqualTo(idAsLong(participant.getPtc().getId()));
            }
            for (final DetectedObstacle obstacle : ssm.getObstaclesList()) {
                assertThat(ssmReader.next()).isTrue();
                assertThat(ssmReader.obstacle()).isTrue();
                assertThat(ssmReader.hasId()).isFalse();
                assertThat(ssmReader.obstacleType()).isEqualTo(obstacle.getObsTypeValue());
                checkInt(obstacle, "obs_id", ssmReader.ptcId());
                checkInt(obstacle, "source", ssmReader.source());
                checkInt(obstacle, "sec_mark", ssmReader.secMark());
                checkInt(obstacle, "speed", ssmReader.speed());
                checkInt(obstacle, "heading", ssmReader.heading());
                checkInt(obstacle.getPos(), "lat", ssmReader.latE7());
                checkInt(obstacle.getAccel(), "longitudinal", ssmReader.accelLongitudinal());
                assertThat(ssmReader.lengthCm())
                        .isEqualTo(10 * obstacle.getSize().getLength());
            }
            assertThat(ssmReader.next()).isFalse();
            assertThat(ssmReader.malformed()).isFalse();

            final Psm psm = messages.like(Psm.getDefaultInstance());
            final byte[] person = psm.toByteArray();
            assertThat(psmReader.wrap(Samples.buffer(person), OFFSET, person.length))
                    .isTrue();
            checkInt(psm, "sec_mark", psmReader.secMark());
            checkInt(psm, "speed", psmReader.speed());
            checkInt(psm, "heading", psmReader.heading());
            checkInt(psm.getPos(), "lon", psmReader.lonE7());
            checkInt(psm.getAccel(), "yaw_rate", psmReader.yawRate());
            checkInt(psm.getNonMotor(), "basic_type", psmReader.basicType());
            assertThat(psmReader.idAsLong()).isEqualTo(idAsLong(psm.getId()));
            assertThat(psmReader.widthCm()).isEqualTo(20 * psm.getOverallRadius());
        }
    }

    @Test
    void readsDamagedBytesAsProtobufDoesOrRefusesThem() {
        final Random random = new Random(SEED);
        for (int i = 0; i < ROUNDS * 8; i++) {
            final RandomMessages messages = new RandomMessages(SEED + i, i % 3 / 2.0);
            final Message message = messages.like(
                    switch (i % 3) {
                        case 0 -> Bsm.getDefaultInstance();
                        case 1 -> Rsm.getDefaultInstance();
                        default -> Spat.getDefaultInstance();
                    });
            byte[] bytes = message.toByteArray();
            for (int damage = random.nextInt(3); damage >= 0; damage--) {
                bytes = Samples.damaged(bytes, random);
            }
            check(bytes);
        }
    }

    @Test
    void refusesExactlyTheTruncationsThatProtobufRefuses() {
        final RandomMessages messages = new RandomMessages(SEED, 1);
        for (final Message prototype :
                new Message[] {Bsm.getDefaultInstance(), Rsm.getDefaultInstance(), Spat.getDefaultInstance()}) {
            final byte[] bytes = messages.like(prototype).toByteArray();
            final UnsafeBuffer buffer = Samples.buffer(bytes);
            for (int length = 0; length <= bytes.length; length++) {
                final boolean parses = Samples.parse(prototype, bytes, length) != null;
                assertThat(wrap(prototype, buffer, length))
                        .as("length %d", length)
                        .isEqualTo(parses);
            }
        }
    }

    @Test
    void skipsUnknownFieldsOfEveryWireType() {
        final UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(60, UnknownFieldSet.Field.newBuilder().addVarint(-1).build())
                .addField(61, UnknownFieldSet.Field.newBuilder().addFixed32(7).build())
                .addField(62, UnknownFieldSet.Field.newBuilder().addFixed64(7).build())
                .addField(
                        100_000,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("more"))
                                .build())
                .build();
        final RandomMessages messages = new RandomMessages(SEED, 1);
        final Bsm bsm = messages.like(Bsm.getDefaultInstance());
        check(bsm.toBuilder()
                .setUnknownFields(unknown)
                .setPos(bsm.getPos().toBuilder().setUnknownFields(unknown))
                .build()
                .toByteArray());
        final Spat spat = messages.like(Spat.getDefaultInstance());
        check(spat.toBuilder().setUnknownFields(unknown).build().toByteArray());
        assertThat(wrap(bsm, Samples.buffer(unknown.toByteArray()), unknown.getSerializedSize()))
                .isTrue();
        final byte[] group = UnknownFieldSet.newBuilder()
                .addField(
                        60, UnknownFieldSet.Field.newBuilder().addGroup(unknown).build())
                .build()
                .toByteArray();
        assertThat(wrap(bsm, Samples.buffer(group), group.length)).isFalse();
    }

    @Test
    void refusesForeignWireTypesOverrunsAndLongVarints() {
        final byte[][] broken = {
            LONG_VARINT,
            {1 << 3 | 5, 1, 2, 3, 4}, // msg_cnt as four bytes
            {1 << 3 | 3, 1 << 3 | 4}, // a group
            {7}, // field number 0
            {2 << 3 | 2, -1, -1, -1, -1, 15}, // longer than any buffer
            {2 << 3 | 2, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1}, // of negative length
        };
        for (final byte[] bytes : broken) {
            for (final Message prototype :
                    new Message[] {Bsm.getDefaultInstance(), Rsm.getDefaultInstance(), Spat.getDefaultInstance()}) {
                assertThat(wrap(prototype, Samples.buffer(bytes), bytes.length)).isFalse();
            }
        }
        // pos, and in it an elevation whose varint would end outside
        final byte[] overrun = {5 << 3 | 2, 3, 3 << 3, -1, -1, 1};
        assertThat(wrap(Bsm.getDefaultInstance(), Samples.buffer(overrun), overrun.length))
                .isFalse();
    }

    @Test
    void refusesARangeOutsideTheBuffer() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8]);
        assertThat(bsmReader.wrap(buffer, 4, 5)).isFalse();
        assertThat(bsmReader.wrap(buffer, -1, 5)).isFalse();
        assertThat(rsmReader.wrap(buffer, 0, -1)).isFalse();
        assertThat(rsmReader.next()).isFalse();
        assertThat(spatReader.wrap(buffer, Integer.MAX_VALUE, 1)).isFalse();
        assertThat(spatReader.nextIntersection()).isFalse();
        assertThat(MessageClock.secMark(1, buffer, 4, 5)).isEqualTo(Wire.ABSENT);
    }

    @Test
    void findsTheCounterOfEveryKindAndWhoseItIs() {
        for (int kind = 1; kind <= Samples.KINDS.length; kind++) {
            final Message message = new RandomMessages(SEED + kind, 1).like(Samples.KINDS[kind - 1]);
            final byte[] bytes = message.toByteArray();
            final UnsafeBuffer buffer = Samples.buffer(bytes);
            final var descriptor = message.getDescriptorForType();
            assertThat(MessageCount.msgCnt(buffer, OFFSET, bytes.length))
                    .as(descriptor.getName())
                    .isEqualTo(message.getField(descriptor.findFieldByName("msg_cnt")));
            final var id = descriptor.findFieldByName("id");
            final long expected;
            if (message instanceof Spat spat) {
                final var intersection = spat.getIntersections(0).getIntersection();
                expected = (long) intersection.getRegion() << 32 | intersection.getId();
            } else {
                expected = id == null
                        ? 0
                        : new java.math.BigInteger(
                                        ((com.google.protobuf.ByteString) message.getField(id)).toByteArray())
                                .longValue();
            }
            assertThat(MessageCount.counterOf(kind, buffer, OFFSET, bytes.length))
                    .as(descriptor.getName())
                    .isEqualTo(expected);
        }
        final UnsafeBuffer empty = new UnsafeBuffer(new byte[8]);
        assertThat(MessageCount.msgCnt(empty, 4, 5)).isEqualTo(MessageCount.ABSENT);
        assertThat(MessageCount.msgCnt(empty, 0, 0)).isEqualTo(MessageCount.ABSENT);
        assertThat(MessageCount.counterOf(1, empty, 4, 5)).isZero();
    }

    @Test
    void findsTheClockOfEveryKindThatHasOne() {
        int clocks = 0;
        for (int kind = 1; kind <= Samples.KINDS.length; kind++) {
            final Message message = new RandomMessages(SEED + kind, 1).like(Samples.KINDS[kind - 1]);
            final byte[] bytes = message.toByteArray();
            final int found = MessageClock.secMark(kind, Samples.buffer(bytes), OFFSET, bytes.length);
            final var field = message.getDescriptorForType().findFieldByName("sec_mark");
            if (field != null) {
                assertThat(found).as(field.getFullName()).isEqualTo(message.getField(field));
                final byte[] without =
                        message.toBuilder().clearField(field).build().toByteArray();
                assertThat(MessageClock.secMark(kind, Samples.buffer(without), OFFSET, without.length))
                        .as(field.getFullName())
                        .isEqualTo(Wire.ABSENT);
                clocks++;
            } else if (kind > MessageKind.MESSAGE_KIND_MAP_VALUE) {
                assertThat(found).isEqualTo(Wire.ABSENT);
            }
        }
        assertThat(clocks).isEqualTo(6);
    }

    private boolean wrap(Message prototype, UnsafeBuffer buffer, int length) {
        return switch (prototype) {
            case Bsm bsm -> bsmReader.wrap(buffer, OFFSET, length);
            case Rsm rsm -> rsmReader.wrap(buffer, OFFSET, length);
            default -> spatReader.wrap(buffer, OFFSET, length);
        };
    }

    private void check(byte[] bytes) {
        final UnsafeBuffer buffer = Samples.buffer(bytes);
        final Bsm bsm = (Bsm) Samples.parse(Bsm.getDefaultInstance(), bytes, bytes.length);
        if (bsmReader.wrap(buffer, OFFSET, bytes.length) && bsm != null) {
            checkBsm(bsm);
        }
        final Rsm rsm = (Rsm) Samples.parse(Rsm.getDefaultInstance(), bytes, bytes.length);
        final boolean isRsm = rsmReader.wrap(buffer, OFFSET, bytes.length);
        if (isRsm && rsm != null) {
            checkRsm(rsm);
        } else {
            assertThat(rsmReader.next() && !isRsm).isFalse();
        }
        final Spat spat = (Spat) Samples.parse(Spat.getDefaultInstance(), bytes, bytes.length);
        if (spatReader.wrap(buffer, OFFSET, bytes.length) && spat != null) {
            checkSpat(spat);
        }
        checkClock(buffer, bytes.length, bsm, rsm, spat);
    }

    private void checkBsm(Bsm bsm) {
        checkInt(bsm, "msg_cnt", bsmReader.msgCnt());
        assertThat(bsmReader.idAsLong()).isEqualTo(idAsLong(bsm.getId()));
        checkInt(bsm, "sec_mark", bsmReader.secMark());
        checkInt(bsm, "time_confidence", bsmReader.timeConfidence());
        checkInt(bsm, "transmission", bsmReader.transmission());
        checkInt(bsm, "speed", bsmReader.speed());
        checkInt(bsm, "heading", bsmReader.heading());
        checkInt(bsm, "steering_angle", bsmReader.steeringAngle());
        checkShared(bsm, bsmReader);
        checkInt(bsm.getBrakes(), "brake_pedal", bsmReader.brakePedal());
        checkInt(bsm.getBrakes(), "wheel_brakes", bsmReader.wheelBrakes());
        checkInt(bsm.getBrakes(), "abs", bsmReader.abs());
        checkInt(bsm.getSafetyExt(), "events", bsmReader.events());
        checkInt(bsm.getSafetyExt(), "lights", bsmReader.lights());
        checkInt(bsm.getEmergencyExt(), "response_type", bsmReader.responseType());
        checkInt(bsm.getEmergencyExt(), "siren_use", bsmReader.sirenUse());
        checkInt(bsm.getEmergencyExt(), "lights_use", bsmReader.lightbarUse());
    }

    private void checkRsm(Rsm rsm) {
        checkInt(rsm, "msg_cnt", rsmReader.msgCnt());
        assertThat(rsmReader.idAsLong()).isEqualTo(idAsLong(rsm.getId()));
        checkInt(rsm.getRefPos(), "lat", rsmReader.refLatE7());
        checkInt(rsm.getRefPos(), "lon", rsmReader.refLonE7());
        for (final RsmParticipant participant : rsm.getParticipantsList()) {
            if (!rsmReader.next()) {
                assertThat(rsmReader.malformed()).isTrue();
                return;
            }
            checkInt(participant, "ptc_type", rsmReader.ptcType());
            checkInt(participant, "ptc_id", rsmReader.ptcId());
            checkInt(participant, "source", rsmReader.source());
            assertThat(rsmReader.hasId()).isEqualTo(participant.getId().size() == 8);
            assertThat(rsmReader.participantIdAsLong()).isEqualTo(idAsLong(participant.getId()));
            checkInt(participant, "sec_mark", rsmReader.secMark());
            checkInt(participant, "transmission", rsmReader.transmission());
            checkInt(participant, "speed", rsmReader.speed());
            checkInt(participant, "heading", rsmReader.heading());
            checkInt(participant, "steering_angle", rsmReader.steeringAngle());
            checkShared(participant, rsmReader);
        }
        assertThat(rsmReader.next()).isFalse();
        assertThat(rsmReader.next()).isFalse();
    }

    private static void checkShared(Message message, RoadUserReader reader) {
        final Position pos = (Position) field(message, "pos");
        checkInt(pos, "lat", reader.latE7());
        checkInt(pos, "lon", reader.lonE7());
        checkInt(pos, "elevation", reader.elevation());
        final Message accel = (Message) field(message, "accel");
        checkInt(accel, "longitudinal", reader.accelLongitudinal());
        checkInt(accel, "lateral", reader.accelLateral());
        checkInt(accel, "vertical", reader.accelVertical());
        checkInt(accel, "yaw_rate", reader.yawRate());
        final Message size = (Message) field(message, "size");
        checkInt(size, "width", reader.widthCm());
        checkInt(size, "length", reader.lengthCm());
        checkInt(size, "height", reader.height());
        final Message vehicleClass = (Message) field(message, "vehicle_class");
        checkInt(vehicleClass, "classification", reader.classification());
        checkInt(vehicleClass, "fuel_type", reader.fuelType());
    }

    private void checkSpat(Spat spat) {
        checkInt(spat, "msg_cnt", spatReader.msgCnt());
        checkInt(spat, "moy", spatReader.moy());
        checkInt(spat, "time_stamp", spatReader.timeStamp());
        for (final IntersectionState intersection : spat.getIntersectionsList()) {
            if (!spatReader.nextIntersection()) {
                assertThat(spatReader.malformed()).isTrue();
                return;
            }
            checkInt(intersection.getIntersection(), "region", spatReader.region());
            checkInt(intersection.getIntersection(), "id", spatReader.nodeId());
            checkInt(intersection, "status", spatReader.status());
            checkInt(intersection, "moy", spatReader.intersectionMoy());
            checkInt(intersection, "time_stamp", spatReader.intersectionTimeStamp());
            for (final Phase phase : intersection.getPhasesList()) {
                if (!spatReader.nextPhase()) {
                    assertThat(spatReader.malformed()).isTrue();
                    return;
                }
                checkInt(phase, "id", spatReader.phaseId());
                for (final PhaseState state : phase.getStatesList()) {
                    if (!spatReader.nextState()) {
                        assertThat(spatReader.malformed()).isTrue();
                        return;
                    }
                    checkState(state);
                }
                assertThat(spatReader.nextState()).isFalse();
            }
            assertThat(spatReader.nextPhase()).isFalse();
        }
        assertThat(spatReader.nextIntersection()).isFalse();
    }

    private void checkState(PhaseState state) {
        checkInt(state, "light", spatReader.light());
        final Message times;
        switch (state.getTimingCase()) {
            case COUNTING -> {
                final CountdownTiming counting = state.getCounting();
                assertThat(spatReader.timing()).isEqualTo(SpatReader.TIMING_COUNTING);
                checkInt(counting, "next_duration", spatReader.nextDuration());
                assertThat(spatReader.nextEndTime()).isEqualTo(Wire.ABSENT);
                times = counting;
            }
            case UTC -> {
                final UtcTiming utc = state.getUtc();
                assertThat(spatReader.timing()).isEqualTo(SpatReader.TIMING_UTC);
                checkInt(utc, "next_end_time", spatReader.nextEndTime());
                assertThat(spatReader.nextDuration()).isEqualTo(Wire.ABSENT);
                times = utc;
            }
            default -> {
                assertThat(spatReader.timing()).isEqualTo(SpatReader.TIMING_NONE);
                times = CountdownTiming.getDefaultInstance();
            }
        }
        checkInt(times, "start_time", spatReader.startTime());
        checkInt(times, "min_end_time", spatReader.minEndTime());
        checkInt(times, "max_end_time", spatReader.maxEndTime());
        checkInt(times, "likely_end_time", spatReader.likelyEndTime());
        checkInt(times, "time_confidence", spatReader.timeConfidence());
        checkInt(times, "next_start_time", spatReader.nextStartTime());
    }

    /** The clock reads the first of a field and stops; it must agree where the message is as its sender wrote it. */
    private static void checkClock(UnsafeBuffer buffer, int length, Bsm bsm, Rsm rsm, Spat spat) {
        final int ofBsm = MessageClock.secMark(MessageKind.MESSAGE_KIND_BSM_VALUE, buffer, OFFSET, length);
        if (bsm != null
                && bsm.getSerializedSize() == length
                && bsm.getUnknownFields().isEmpty()) {
            checkInt(bsm, "sec_mark", ofBsm);
        }
        final int ofRsm = MessageClock.secMark(MessageKind.MESSAGE_KIND_RSM_VALUE, buffer, OFFSET, length);
        if (rsm != null && rsm.getParticipantsCount() > 0 && isCanonical(rsm, buffer, length)) {
            checkInt(rsm.getParticipants(0), "sec_mark", ofRsm);
        }
        final int ofSpat = MessageClock.secMark(MessageKind.MESSAGE_KIND_SPAT_VALUE, buffer, OFFSET, length);
        if (spat != null && isCanonical(spat, buffer, length)) {
            final boolean own = spat.hasTimeStamp() || spat.getIntersectionsCount() == 0;
            checkInt(own ? spat : spat.getIntersections(0), "time_stamp", ofSpat);
        }
        assertThat(MessageClock.secMark(MessageKind.MESSAGE_KIND_MAP_VALUE, buffer, OFFSET, length))
                .isEqualTo(Wire.ABSENT);
    }

    private static boolean isCanonical(Message message, UnsafeBuffer buffer, int length) {
        return message.getSerializedSize() == length
                && new UnsafeBuffer(message.toByteArray()).equals(new UnsafeBuffer(buffer, OFFSET, length));
    }

    private static Object field(Message message, String name) {
        return message.getField(message.getDescriptorForType().findFieldByName(name));
    }

    private static void checkInt(Message message, String name, int actual) {
        final var field = message.getDescriptorForType().findFieldByName(name);
        int expected = Wire.ABSENT;
        if (message.hasField(field)) {
            final Object value = message.getField(field);
            expected = value instanceof Integer number
                    ? number
                    : ((com.google.protobuf.Descriptors.EnumValueDescriptor) value).getNumber();
        }
        assertThat(actual).as(field.getFullName()).isEqualTo(expected);
    }

    private static long idAsLong(ByteString id) {
        return id.size() == 8 ? id.asReadOnlyByteBuffer().getLong() : 0;
    }
}
