package io.luyun.server.core;

import static io.luyun.server.world.Participant.ABSENT;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.DetectedObstacle;
import io.luyun.proto.v1.DetectedParticipant;
import io.luyun.proto.v1.ObjectSize;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.SourceType;
import io.luyun.proto.v1.Ssm;
import io.luyun.proto.v1.VehicleClassification;
import io.luyun.server.world.LocalPlane;
import io.luyun.server.world.Participant;

/**
 * Writes what the server knows of road users and obstacles as an SSM. Places are those it reckons with, numbers those of its
 * pool: the same road user has the same one while it is there. Nothing tells which device sees what. Used once.
 */
final class SharedSsm {
    /** The lists of the message take no more. */
    private static final int MOST_PARTICIPANTS = 512;

    private static final int MOST_OBSTACLES = 64;
    private static final int MOST_NUMBERS = 65_535;
    private static final int COUNTS = 128;
    private static final long MINUTE_MILLIS = 60_000;
    private static final long NANOS_A_MILLI = 1_000_000L;
    private static final double DECIMETRES = 10;
    /** Sender without a name of its own. */
    private static final ByteString SERVER = ByteString.copyFromUtf8("luyun   ");

    private final LocalPlane plane;
    private final Ssm.Builder ssm;

    /**
     * Begins one.
     *
     * @param x east of the place it is for, the middle of what it tells
     */
    SharedSsm(final LocalPlane plane, final int count, final long nowNs, final double x, final double y) {
        this.plane = plane;
        ssm = Ssm.newBuilder()
                .setMsgCnt(Math.floorMod(count, COUNTS))
                .setId(SERVER)
                .setSecMark(secMark(nowNs))
                .setSensorPos(Position.newBuilder().setLat(plane.latE7(y)).setLon(plane.lonE7(x)));
    }

    /** One more, while there is room. */
    void add(final Participant p) {
        if (p.obstacle()) {
            if (ssm.getObstaclesCount() < MOST_OBSTACLES) {
                ssm.addObstacles(obstacle(p));
            }
        } else if (ssm.getParticipantsCount() < MOST_PARTICIPANTS) {
            ssm.addParticipants(DetectedParticipant.newBuilder().setPtc(roadUser(p)));
        }
    }

    Ssm build() {
        return ssm.build();
    }

    private RsmParticipant.Builder roadUser(final Participant p) {
        final RsmParticipant.Builder seen = RsmParticipant.newBuilder()
                .setPtcTypeValue(p.ptcType())
                .setPtcId(1 + p.slot() % MOST_NUMBERS)
                .setSource(SourceType.SOURCE_V2X)
                .setSecMark(secMark(p.placedAtNs()))
                .setPos(position(p));
        if (p.speed() != ABSENT) {
            seen.setSpeed(p.speed());
        }
        if (p.heading() != ABSENT) {
            seen.setHeading(p.heading());
        }
        if (p.widthCm() != ABSENT || p.lengthCm() != ABSENT) {
            seen.setSize(RoadView.size(p));
        }
        if (p.classification() != ABSENT) {
            seen.setVehicleClass(VehicleClassification.newBuilder().setClassification(p.classification()));
        }
        return seen;
    }

    private DetectedObstacle.Builder obstacle(final Participant p) {
        final DetectedObstacle.Builder seen = DetectedObstacle.newBuilder()
                .setObsId(p.slot() % MOST_NUMBERS)
                .setSource(SourceType.SOURCE_V2X)
                .setSecMark(secMark(p.placedAtNs()))
                .setPos(position(p))
                .setSize(ObjectSize.newBuilder()
                        .setWidth(decimetres(p.widthMetres()))
                        .setLength(decimetres(p.lengthMetres())));
        if (p.obstacleType() > 0) {
            seen.setObsTypeValue(p.obstacleType());
        }
        if (p.speed() != ABSENT) {
            seen.setSpeed(p.speed());
        }
        if (p.heading() != ABSENT) {
            seen.setHeading(p.heading());
        }
        return seen;
    }

    private Position.Builder position(final Participant p) {
        final Position.Builder at =
                Position.newBuilder().setLat(plane.latE7(p.y())).setLon(plane.lonE7(p.x()));
        if (p.elevation() != ABSENT) {
            at.setElevation(p.elevation());
        }
        return at;
    }

    private static int decimetres(final double metres) {
        return (int) Math.rint(metres * DECIMETRES);
    }

    private static int secMark(final long atNs) {
        return (int) Math.floorMod(atNs / NANOS_A_MILLI, MINUTE_MILLIS);
    }
}
