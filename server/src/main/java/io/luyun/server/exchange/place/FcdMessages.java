package io.luyun.server.exchange.place;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.Acceleration4Way;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.NonMotorData;
import io.luyun.proto.v1.PersonalDeviceUserType;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.VehicleClassification;
import io.luyun.server.research.RoadUserClass;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;

/**
 * The messages that road users of a file of FCD would have sent. Remembers of each its temporary id, which is the first eight octets of
 * the SHA-256 of its name in UTF-8, and how many it has sent of either kind. One thread.
 */
final class FcdMessages {
    private static final int ID_OCTETS = 8;
    private static final int LAST_COUNT = 127;
    private static final long NANOS_A_MILLI = 1_000_000L;
    private static final long MINUTE_MILLIS = 60_000;

    /** FCD does not tell how much room somebody takes; taken here are a person's half metre and a cycle's whole one. 0.1 m. */
    private static final int PERSON_RADIUS = 5;

    private static final int CYCLE_RADIUS = 10;

    private final Map<String, Sender> senders = new HashMap<>();
    private final MessageDigest digest;

    private static final class Sender {
        final ByteString id;
        int bsms;
        int psms;

        Sender(final ByteString id) {
            this.id = id;
        }
    }

    FcdMessages() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private Sender sender(final String name) {
        return senders.computeIfAbsent(
                name,
                _ -> new Sender(
                        ByteString.copyFrom(digest.digest(name.getBytes(StandardCharsets.UTF_8)), 0, ID_OCTETS)));
    }

    /** The next BSM of a vehicle; its clock is that of the step. */
    byte[] bsm(final FcdUser user, final long timeNs) {
        final Sender sender = sender(user.id);
        final Bsm.Builder bsm = Bsm.newBuilder()
                .setMsgCnt(sender.bsms++ & LAST_COUNT)
                .setId(sender.id)
                .setSecMark(secMark(timeNs))
                .setPos(position(user));
        if (user.has(FcdNumber.SPEED)) {
            bsm.setSpeed(user.of(FcdNumber.SPEED));
        }
        if (user.has(FcdNumber.ANGLE)) {
            bsm.setHeading(user.of(FcdNumber.ANGLE));
        }
        if (user.has(FcdNumber.ACCELERATION)) {
            bsm.setAccel(forward(user));
        }
        final int classification = SumoType.classification(user.type);
        if (classification != SumoType.NOT_TOLD) {
            bsm.setVehicleClass(VehicleClassification.newBuilder().setClassification(classification));
        }
        return bsm.build().toByteArray();
    }

    /** The next PSM of somebody on foot or on a cycle; its clock is that of the step. */
    byte[] psm(final FcdUser user, final long timeNs) {
        final Sender sender = sender(user.id);
        final boolean cycles = user.type == RoadUserClass.BICYCLE;
        final Psm.Builder psm = Psm.newBuilder()
                .setMsgCnt(sender.psms++ & LAST_COUNT)
                .setId(sender.id)
                .setSecMark(secMark(timeNs))
                .setPos(position(user))
                .setOverallRadius(cycles ? CYCLE_RADIUS : PERSON_RADIUS)
                .setNonMotor(NonMotorData.newBuilder()
                        .setBasicType(
                                cycles
                                        ? PersonalDeviceUserType.PERSONAL_DEVICE_USER_PEDALCYCLIST
                                        : PersonalDeviceUserType.PERSONAL_DEVICE_USER_PEDESTRIAN));
        if (user.has(FcdNumber.SPEED)) {
            psm.setSpeed(user.of(FcdNumber.SPEED));
        }
        if (user.has(FcdNumber.ANGLE)) {
            psm.setHeading(user.of(FcdNumber.ANGLE));
        }
        if (user.has(FcdNumber.ACCELERATION)) {
            psm.setAccel(forward(user));
        }
        return psm.build().toByteArray();
    }

    private static int secMark(final long timeNs) {
        return (int) (timeNs / NANOS_A_MILLI % MINUTE_MILLIS);
    }

    private static Position position(final FcdUser user) {
        final Position.Builder position =
                Position.newBuilder().setLat(user.latE7()).setLon(user.lonE7());
        if (user.has(FcdNumber.Z)) {
            position.setElevation(user.of(FcdNumber.Z));
        }
        return position.build();
    }

    private static Acceleration4Way forward(final FcdUser user) {
        return Acceleration4Way.newBuilder()
                .setLongitudinal(user.of(FcdNumber.ACCELERATION))
                .build();
    }
}
