package io.luyun.server.alert.geometry;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.v1.ParticipantType;
import io.luyun.server.world.Course;
import io.luyun.server.world.Participant;

/**
 * Where and when the straight ways of two road users cross. One object for each rule, its fields are the last answer.
 *
 * <pre>
 *                 target
 *                   │  b        zone: the places of its middle at which a body touches the strip the other one
 *                   ▼           sweeps, half lengths and widths and the margin, by the angle between the ways
 *   subject ──a──▶ ░░░
 * </pre>
 */
public final class CrossingPaths {
    /** Sine of 25 degrees: ways that meet at less do not cross, they merge. */
    private static final double MIN_SINE = 0.4226;
    /** A difference of height with a road in between, decimetres. */
    private static final int OTHER_LEVEL_DM = 40;

    private static final double PEDESTRIAN_METRES = 0.6;
    private static final double CYCLE_LENGTH_METRES = 1.9;
    private static final double CYCLE_WIDTH_METRES = 0.7;

    private final double marginMetres;
    private final double slackSeconds;
    /** Until both are in the zone. */
    public double seconds;
    /** The subject's way to the zone, 0 inside of it. */
    public double metres;

    /** Both are to be there at the same time. */
    public CrossingPaths(final double marginMetres) {
        this(marginMetres, 0);
    }

    /**
     * The one may be gone before the other comes, too.
     *
     * @param slackSeconds for so long at most
     */
    public CrossingPaths(final double marginMetres, final double slackSeconds) {
        this.marginMetres = marginMetres;
        this.slackSeconds = slackSeconds;
    }

    /** Whether they go the same or opposite ways, so that straight ways of theirs do not cross; spares working these out. */
    public static boolean parallel(final Participant one, final Participant other) {
        return Math.abs(one.dirX() * other.dirY() - one.dirY() * other.dirX()) < MIN_SINE;
    }

    /** Works it out. False when they do not cross, or one has left before the other comes. */
    public boolean look(final Participant subject, final Participant target) {
        final double cross = subject.dirX() * target.dirY() - subject.dirY() * target.dirX();
        final double sine = Math.abs(cross);
        if (sine < MIN_SINE || onOtherLevels(subject, target)) {
            return false;
        }
        final double dx = target.x() - subject.x();
        final double dy = target.y() - subject.y();
        final double a = (dx * target.dirY() - dy * target.dirX()) / cross;
        final double b = (dx * subject.dirY() - dy * subject.dirX()) / cross;
        final double cosine = Math.abs(subject.dirX() * target.dirX() + subject.dirY() * target.dirY());
        final double subjectHalf = half(subject, target, sine, cosine);
        final double targetHalf = half(target, subject, sine, cosine);
        seconds = Double.POSITIVE_INFINITY;
        meet(subject, a, subjectHalf, target, b, targetHalf);
        return seconds < Double.POSITIVE_INFINITY;
    }

    /** The same for the ways they are expected to take; the first place where these cross or come together. */
    public boolean look(
            final Participant subject, final Course subjectWay, final Participant target, final Course targetWay) {
        seconds = Double.POSITIVE_INFINITY;
        final double touch = 0.5 * (widthMetres(subject) + widthMetres(target)) + marginMetres;
        if (onOtherLevels(subject, target) || !subjectWay.near(targetWay, touch)) {
            return false;
        }
        for (int i = 1; i < subjectWay.points(); i++) {
            for (int j = 1; j < targetWay.points(); j++) {
                lookAt(subject, subjectWay, i, target, targetWay, j, touch);
            }
        }
        return seconds < Double.POSITIVE_INFINITY;
    }

    /** Two stretches, by the point each ends at. */
    private void lookAt(
            final Participant subject,
            final Course subjectWay,
            final int i,
            final Participant target,
            final Course targetWay,
            final int j,
            final double touch) {
        final double subjectBegin = subjectWay.wayMetres(i - 1);
        final double targetBegin = targetWay.wayMetres(j - 1);
        final double subjectLength = subjectWay.wayMetres(i) - subjectBegin;
        final double targetLength = targetWay.wayMetres(j) - targetBegin;
        final double ux = (subjectWay.x(i) - subjectWay.x(i - 1)) / subjectLength;
        final double uy = (subjectWay.y(i) - subjectWay.y(i - 1)) / subjectLength;
        final double vx = (targetWay.x(j) - targetWay.x(j - 1)) / targetLength;
        final double vy = (targetWay.y(j) - targetWay.y(j - 1)) / targetLength;
        final double cross = ux * vy - uy * vx;
        final double sine = Math.abs(cross);
        if (sine < MIN_SINE) {
            return;
        }
        final double dx = targetWay.x(j - 1) - subjectWay.x(i - 1);
        final double dy = targetWay.y(j - 1) - subjectWay.y(i - 1);
        final double a = (dx * vy - dy * vx) / cross;
        final double b = (dx * uy - dy * ux) / cross;
        final double beyond = touch / sine;
        if (a < -beyond || a > subjectLength + beyond || b < -beyond || b > targetLength + beyond) {
            return;
        }
        final double cosine = Math.abs(ux * vx + uy * vy);
        meet(
                subject,
                subjectBegin + a,
                half(subject, target, sine, cosine),
                target,
                targetBegin + b,
                half(target, subject, sine, cosine));
    }

    private void meet(
            final Participant subject,
            final double a,
            final double subjectHalf,
            final Participant target,
            final double b,
            final double targetHalf) {
        if (a + subjectHalf <= 0 || b + targetHalf <= 0) {
            return;
        }
        final double comes = Math.max(reaches(subject, a - subjectHalf), reaches(target, b - targetHalf));
        final double leaves = Math.min(reaches(subject, a + subjectHalf), reaches(target, b + targetHalf));
        if (comes < leaves + slackSeconds && comes < seconds) {
            seconds = comes;
            metres = Math.max(0, a - subjectHalf);
        }
    }

    public static boolean onOtherLevels(final Participant one, final Participant other) {
        return one.elevation() != ABSENT
                && other.elevation() != ABSENT
                && Math.abs(one.elevation() - other.elevation()) > OTHER_LEVEL_DM;
    }

    public static double lengthMetres(final Participant of) {
        if (of.lengthCm() != ABSENT) {
            return of.lengthMetres();
        }
        return switch (of.ptcType()) {
            case ParticipantType.PARTICIPANT_PEDESTRIAN_VALUE -> PEDESTRIAN_METRES;
            case ParticipantType.PARTICIPANT_NON_MOTOR_VALUE -> CYCLE_LENGTH_METRES;
            default -> of.lengthMetres();
        };
    }

    public static double widthMetres(final Participant of) {
        if (of.widthCm() != ABSENT) {
            return of.widthMetres();
        }
        return switch (of.ptcType()) {
            case ParticipantType.PARTICIPANT_PEDESTRIAN_VALUE -> PEDESTRIAN_METRES;
            case ParticipantType.PARTICIPANT_NON_MOTOR_VALUE -> CYCLE_WIDTH_METRES;
            default -> of.widthMetres();
        };
    }

    private double half(final Participant own, final Participant other, final double sine, final double cosine) {
        return 0.5 * lengthMetres(own)
                + (0.5 * widthMetres(other) + marginMetres + 0.5 * widthMetres(own) * cosine) / sine;
    }

    private static double reaches(final Participant who, final double way) {
        return way <= 0
                ? 0
                : Kinematics.timeToCollision(way, who.speedMps(), Kinematics.usable(who.accelMps2()), 0, 0, 0);
    }
}
