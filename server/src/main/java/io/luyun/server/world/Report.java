package io.luyun.server.world;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.codec.RoadUserReader;
import io.luyun.proto.v1.ParticipantType;

/** One report of a road user in metres, on its way into a {@link Participant}. One object, reused for each. */
final class Report {
    private static final double SPEED_MPS = 0.02;
    private static final double HEADING_DEG = 0.0125;
    private static final double ACCEL_MPS2 = 0.01;
    /** Slower than this a heading says little. */
    private static final double HEADED_MPS = 1;
    /** No road user is expected where it would be after more than this. */
    private static final double MAX_AHEAD_SECONDS = 1;

    private static final int PEDESTRIAN_CLASS = 82;
    private static final int BICYCLE_CLASS = 85;

    long sequence;
    long atNs;
    long deviceTimeNs;
    int latE7;
    int lonE7;
    int elevation;
    int speed;
    int heading;
    int transmission;
    int classification;
    int widthCm;
    int lengthCm;
    int ptcType;
    int events;
    int lights;
    double x;
    double y;
    double speedMps;
    double headingDeg;
    double accelMps2;
    double dirX;
    double dirY;

    void read(final long newSequence, final long receivedAtNs, final RoadUserReader reader, final LocalPlane plane) {
        sequence = newSequence;
        atNs = receivedAtNs;
        deviceTimeNs =
                reader.secMark() == ABSENT ? Long.MIN_VALUE : MessageTime.ofSecMark(reader.secMark(), receivedAtNs);
        latE7 = reader.latE7();
        lonE7 = reader.lonE7();
        elevation = reader.elevation();
        speed = reader.speed();
        heading = reader.heading();
        transmission = reader.transmission();
        classification = reader.classification();
        widthCm = reader.widthCm();
        lengthCm = reader.lengthCm();
        x = plane.x(lonE7);
        y = plane.y(latE7);
        speedMps = speed == ABSENT ? Double.NaN : speed * SPEED_MPS;
        accelMps2 = reader.accelLongitudinal() == ABSENT ? Double.NaN : reader.accelLongitudinal() * ACCEL_MPS2;
        if (heading == ABSENT) {
            headingDeg = Double.NaN;
            dirX = 0;
            dirY = 0;
        } else {
            headingDeg = heading * HEADING_DEG;
            dirX = Headings.sin(heading);
            dirY = Headings.cos(heading);
        }
        events = 0;
        lights = 0;
        ptcType = 0;
    }

    /** Type of a road user that reports itself, by its class. */
    static int typeOf(final int classification) {
        return switch (classification) {
            case PEDESTRIAN_CLASS -> ParticipantType.PARTICIPANT_PEDESTRIAN_VALUE;
            case BICYCLE_CLASS -> ParticipantType.PARTICIPANT_NON_MOTOR_VALUE;
            default -> ParticipantType.PARTICIPANT_MOTOR_VALUE;
        };
    }

    /**
     * How far this is from where a participant is expected to be, in parts of the gate.
     *
     * @param widen factor on the gate
     * @return 0 to 1, NaN when outside of the gate
     */
    double gate(final Participant p, final WorldConfig config, final double widen) {
        if (ptcType != 0 && p.ptcType != 0 && ptcType != p.ptcType) {
            return Double.NaN;
        }
        final boolean bothMove = speedMps >= HEADED_MPS && p.speedMps >= HEADED_MPS;
        if (Math.abs(speedMps - p.speedMps) > config.mergeSpeedMps() * widen) {
            return Double.NaN;
        }
        if (bothMove && angleDeg(headingDeg, p.headingDeg) > config.mergeHeadingDeg()) {
            return Double.NaN;
        }
        final double seconds = Math.max(0, Math.min(MAX_AHEAD_SECONDS, (atNs - p.lastAtNs) * 1e-9));
        final double ahead = p.speedMps > 0 ? p.speedMps * seconds : 0;
        final double dx = x - p.x - p.dirX * ahead;
        final double dy = y - p.y - p.dirY * ahead;
        final double along;
        final double across;
        if (p.dirX == 0 && p.dirY == 0) {
            along = 0;
            across = Math.sqrt(dx * dx + dy * dy);
        } else {
            along = Math.abs(dx * p.dirX + dy * p.dirY);
            across = Math.abs(dx * p.dirY - dy * p.dirX);
        }
        final double part =
                Math.max(along / (config.mergeAlongMetres() * widen), across / (config.mergeAcrossMetres() * widen));
        return part <= 1 ? part : Double.NaN;
    }

    /** Smallest angle between two headings; 0 when one is not known. */
    static double angleDeg(final double a, final double b) {
        final double difference = Math.abs(a - b) % 360;
        return difference > 180 ? 360 - difference : difference >= 0 ? difference : 0;
    }
}
