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

    private static final double SAME_BODY_ALONG_METRES = 2;
    private static final double SAME_BODY_ACROSS_METRES = 0.8;

    private static final int PEDESTRIAN_CLASS = 82;
    private static final int BICYCLE_CLASS = 85;

    long sequence;
    long atNs;
    /** When it was so, in receive time. */
    long measuredAtNs;

    int secMark;
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
    int obstacleType;
    int events;
    int lights;
    int sirenUse;
    int lightbarUse;
    double sentX;
    double sentY;
    int crossingRequest;
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
        measuredAtNs = receivedAtNs;
        secMark = reader.secMark();
        latE7 = reader.latE7();
        lonE7 = reader.lonE7();
        elevation = reader.elevation();
        speed = reader.speed();
        heading = reader.heading();
        transmission = reader.transmission();
        classification = reader.classification();
        widthCm = reader.widthCm();
        lengthCm = reader.lengthCm();
        sentX = plane.x(lonE7);
        sentY = plane.y(latE7);
        x = sentX;
        y = sentY;
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
        sirenUse = 0;
        lightbarUse = 0;
        crossingRequest = 0;
        ptcType = 0;
        obstacleType = ABSENT;
    }

    /** Takes over what tells who it is. */
    void copyPlace(final Report other) {
        x = other.x;
        y = other.y;
        speedMps = other.speedMps;
        headingDeg = other.headingDeg;
        ptcType = other.ptcType;
        obstacleType = other.obstacleType;
        atNs = other.atNs;
    }

    /** Type of a road user that reports itself, by its class. */
    static int typeOf(final int classification) {
        return switch (classification) {
            case PEDESTRIAN_CLASS -> ParticipantType.PARTICIPANT_PEDESTRIAN_VALUE;
            case BICYCLE_CLASS -> ParticipantType.PARTICIPANT_NON_MOTOR_VALUE;
            default -> ParticipantType.PARTICIPANT_MOTOR_VALUE;
        };
    }

    /** It is so old: the position becomes the one expected for the receive time. */
    void age(final long ageNs) {
        measuredAtNs = atNs - ageNs;
        place();
    }

    /** It moves so, whatever it said; the direction has length 1. */
    void moves(final double mps, final double newDirX, final double newDirY) {
        speedMps = mps;
        dirX = newDirX;
        dirY = newDirY;
        headingDeg = Headings.degrees(dirX, dirY);
        speed = (int) Math.round(mps / SPEED_MPS);
        heading = (int) Math.round(headingDeg / HEADING_DEG) % Headings.TURN;
        place();
    }

    private void place() {
        if (speedMps > 0) {
            final double ahead = speedMps * Math.min(MAX_AHEAD_SECONDS, (atNs - measuredAtNs) * 1e-9);
            x = sentX + dirX * ahead;
            y = sentY + dirY * ahead;
        }
    }

    /** Whether type, speed and heading may be those of a participant; no road user is an obstacle. */
    boolean isLike(final Participant p, final WorldConfig config) {
        return (obstacleType == ABSENT) == !p.obstacle()
                && (ptcType == 0 || p.ptcType == 0 || ptcType == p.ptcType)
                && !(Math.abs(speedMps - p.speedMps) > config.mergeSpeedMps())
                && !(speedMps >= HEADED_MPS
                        && p.speedMps >= HEADED_MPS
                        && angleDeg(headingDeg, p.headingDeg) > config.mergeHeadingDeg());
    }

    /** Whether a body there would overlap that of a participant: two motor vehicles cannot be so near to each other. */
    static boolean isSameBody(final Participant p, final double dx, final double dy) {
        return Math.abs(dx * p.dirX + dy * p.dirY) < SAME_BODY_ALONG_METRES
                && Math.abs(dx * p.dirY - dy * p.dirX) < SAME_BODY_ACROSS_METRES;
    }

    /** How far east this is of where a participant is expected to be now. */
    double eastOf(final Participant p) {
        return x - p.x - p.dirX * ahead(p);
    }

    /** How far north. */
    double northOf(final Participant p) {
        return y - p.y - p.dirY * ahead(p);
    }

    private double ahead(final Participant p) {
        return p.speedMps > 0 ? p.speedMps * Math.max(0, Math.min(MAX_AHEAD_SECONDS, (atNs - p.placedAtNs) * 1e-9)) : 0;
    }

    /**
     * How far this is from where a participant is expected to be, in parts of the gate.
     *
     * @return 0 to widen, NaN when outside of the widened gate
     */
    double gate(final Participant p, final WorldConfig config, final double widen) {
        if (!isLike(p, config)) {
            return Double.NaN;
        }
        final double part = part(p, eastOf(p), northOf(p), 0, config);
        return part <= widen ? part : Double.NaN;
    }

    /**
     * A distance from a participant in parts of the gate, an ellipse along its heading.
     *
     * @param slackMetres what the gate is longer by
     */
    static double part(
            final Participant p, final double dx, final double dy, final double slackMetres, final WorldConfig config) {
        final double along = dx * p.dirX + dy * p.dirY;
        final boolean headed = p.dirX != 0 || p.dirY != 0;
        final double across = headed ? dx * p.dirY - dy * p.dirX : Math.sqrt(dx * dx + dy * dy);
        final double a = along / (config.mergeAlongMetres() + slackMetres);
        final double b = across / config.mergeAcrossMetres();
        return Math.sqrt(a * a + b * b);
    }

    /** Smallest angle between two headings; 0 when one is not known. */
    static double angleDeg(final double a, final double b) {
        final double difference = Math.abs(a - b) % 360;
        return difference > 180 ? 360 - difference : difference >= 0 ? difference : 0;
    }
}
