package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Body;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Pose;
import io.luyun.simulator.stage.Scene;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that would touch if nobody did anything: everyone follows the way it has chosen, at the acceleration it has until it
 * stands. A warning is due while they touch within the seconds less the tolerance, whether accelerations last or not; it is
 * wrong while bodies that are larger by the tolerance stay apart for the seconds and the tolerance. Where a gap of time ought to lie
 * between the two, coming later by up to twice that is no reason why a warning is wrong. Where lights count, none is due of or to
 * who may find red at its stop line, and it is wrong when that one surely does and has no trouble to stop.
 */
final class Collision extends Meaning {
    private static final double STEP_S = 0.05;
    /** Moves to the side come on top of the speed along the way. */
    private static final double SIDEWAYS_MPS = 4;

    /** Larger errors of angles are not to be expected of anyone. */
    private static final double ANGLE_TOLERANCE_DEG = 12;

    private static final double GAP_STEP_S = 0.25;
    private static final double STOP_TOLERANCE_METRES = 2;
    private static final double STOP_TOLERANCE_SHARE = 0.3;

    /** How the two meet. */
    enum Relation {
        /** The one ahead on the same way. */
        BEHIND,
        /** Vehicles whose ways cross, but for those of {@code LEFT_TURN}. */
        CROSSING,
        /** A vehicle that comes from the other side of the junction at which the subject turns left. */
        LEFT_TURN,
        /** Somebody on foot or on a cycle, wherever from. */
        PERSON,
        /** A vehicle that comes the other way. */
        ONCOMING
    }

    private final Relation relation;
    private final double seconds;
    private final double toleranceSeconds;
    private final double toleranceMetres;
    private final double minMps;
    private final double minClosingMps;
    private final double holdSeconds;
    private final double gapSeconds;
    private final double brakesMps2;

    Collision(final Fields fields) {
        relation = fields.word("relation", Relation.class);
        seconds = fields.number("seconds", 0.5, 30);
        toleranceSeconds = fields.number("toleranceSeconds", 0, seconds);
        toleranceMetres = fields.number("toleranceMetres", 0, 10);
        minMps = fields.number("minMps", 0, 0, 50);
        minClosingMps = fields.number("minClosingMps", 0, 0, 50);
        holdSeconds = fields.number("holdSeconds", 0.5, 0, 10);
        gapSeconds = fields.number("gapSeconds", 0, 0, 10);
        brakesMps2 = fields.number("brakesMps2", 0, 0, 20);
    }

    @Override
    void look(final Cases cases) {
        for (final Actor subject : cases.vehicles()) {
            for (final Actor target : cases.others(subject)) {
                if (concerns(subject, target)) {
                    cases.add(
                            subject,
                            target,
                            holdSeconds,
                            (t, border) -> border == Border.WIDE
                                    ? mayMeet(cases.scene(), subject, target, t)
                                    : meets(cases, subject, target, t));
                }
            }
        }
    }

    @Override
    public double leadS(final Case theCase, final double t) {
        final Actor target = theCase.target();
        final Contact contact =
                target == null ? null : contact(theCase.actor(), target, t, 2 * (seconds + toleranceSeconds), 0, true);
        return contact == null ? Double.NaN : contact.seconds;
    }

    private boolean concerns(final Actor subject, final Actor target) {
        return switch (relation) {
            case LEFT_TURN -> LeftTurns.acrossOncoming(subject, target);
            case CROSSING -> target.kind().vehicle() && !LeftTurns.acrossOncoming(subject, target);
            case BEHIND, ONCOMING -> target.kind().vehicle();
            case PERSON -> !target.kind().vehicle();
        };
    }

    /** Whether larger bodies may touch, whichever of the two is late by up to twice the gap. */
    private boolean mayMeet(final Scene scene, final Actor subject, final Actor target, final double t) {
        if (held(scene, subject, t, Border.NARROW) || held(scene, target, t, Border.NARROW)) {
            return false;
        }
        final double far = seconds + toleranceSeconds;
        for (double late = -2 * gapSeconds; late <= 2 * gapSeconds; late += GAP_STEP_S) {
            if (fits(contact(subject, target, t, far, toleranceMetres, true, late), false)
                    || fits(contact(subject, target, t, far, toleranceMetres, false, late), false)) {
                return true;
            }
        }
        return false;
    }

    private boolean meets(final Cases cases, final Actor subject, final Actor target, final double t) {
        final double near = seconds - toleranceSeconds;
        final Contact hit = contact(subject, target, t, near, 0, true);
        return subject.motion().at(t).speedMps() >= minMps
                && hit != null
                && fits(hit, true)
                && fits(contact(subject, target, t, near, 0, false), true)
                && first(cases, subject, target, t, hit.seconds)
                && !held(cases.scene(), subject, t, Border.WIDE)
                && !held(cases.scene(), target, t, Border.WIDE);
    }

    /** Whether a red light may keep somebody from the junction, or by the narrow border surely does. */
    private boolean held(final Scene scene, final Actor actor, final double t, final Border border) {
        final StopLine line = brakesMps2 == 0 ? null : StopLine.of(scene, actor);
        return line != null
                && line.metres(t) > -border.give(STOP_TOLERANCE_METRES)
                && line.red(t, border)
                && (border == Border.WIDE
                        || line.neededMps2(t, -STOP_TOLERANCE_METRES) < brakesMps2 * border.most(STOP_TOLERANCE_SHARE));
    }

    /** Whether nobody else is hit before; of whom would be hit afterwards nobody has to be warned. */
    private boolean first(
            final Cases cases, final Actor subject, final Actor target, final double t, final double within) {
        for (final Actor other : cases.others(subject)) {
            if (other.index() != target.index()
                    && concerns(subject, other)
                    && contact(subject, other, t, within, 0, true) != null) {
                return false;
            }
        }
        return true;
    }

    /** How two bodies meet. */
    private record Contact(double seconds, double angleDeg, double closingMps, boolean ahead) {}

    private boolean fits(final @Nullable Contact contact, final boolean narrow) {
        if (contact == null || (narrow && (contact.closingMps < minClosingMps || contact.seconds <= 0))) {
            return false;
        }
        final double give = narrow ? -ANGLE_TOLERANCE_DEG : ANGLE_TOLERANCE_DEG;
        return switch (relation) {
            case BEHIND -> contact.ahead && contact.angleDeg < 40 + give;
            case CROSSING -> contact.angleDeg > 28 - give && contact.angleDeg < 152 + give;
            case LEFT_TURN -> contact.angleDeg > 28 - give;
            case ONCOMING -> contact.angleDeg > 120 - give;
            case PERSON -> true;
        };
    }

    /** The first contact within a time, or null. */
    private static @Nullable Contact contact(
            final Actor subject,
            final Actor target,
            final double t,
            final double within,
            final double marginMetres,
            final boolean accelerates) {
        return contact(subject, target, t, within, marginMetres, accelerates, 0);
    }

    /** The same with the target late by so many seconds, or the subject where negative. */
    private static @Nullable Contact contact(
            final Actor subject,
            final Actor target,
            final double t,
            final double within,
            final double marginMetres,
            final boolean accelerates,
            final double lateS) {
        for (double later = 0; later <= within + 1e-9; ) {
            final Pose one = subject.motion().later(t, later + Math.max(0, -lateS), accelerates);
            final Pose other = target.motion().later(t, later + Math.max(0, lateS), accelerates);
            if (Body.of(one, subject.kind(), marginMetres).touches(Body.of(other, target.kind(), marginMetres))) {
                return meeting(one, other, later);
            }
            later += STEP_S * Math.max(1, Math.floor(apartS(subject, target, one, other, marginMetres) / STEP_S));
        }
        return null;
    }

    /** A time within which the two cannot come together, however they turn. */
    private static double apartS(
            final Actor subject, final Actor target, final Pose one, final Pose other, final double marginMetres) {
        final double reach =
                0.5 * (subject.kind().lengthMetres() + subject.kind().widthMetres())
                        + 0.5 * (target.kind().lengthMetres() + target.kind().widthMetres())
                        + 2 * marginMetres;
        final double metres = Math.hypot(other.x() - one.x(), other.y() - one.y()) - reach;
        final double gainS = 0.5 * (Math.max(0, one.accelMps2()) + Math.max(0, other.accelMps2()));
        final double mps = one.speedMps() + other.speedMps() + SIDEWAYS_MPS;
        // with an acceleration a, the way of the next second is at most v + a/2; no more than a second is skipped then
        return gainS == 0 ? metres / mps : Math.min(1, metres / (mps + gainS));
    }

    private static Contact meeting(final Pose one, final Pose other, final double seconds) {
        final double h1 = Math.toRadians(one.headingDeg());
        final double h2 = Math.toRadians(other.headingDeg());
        final double dx = other.x() - one.x();
        final double dy = other.y() - one.y();
        final double closingX = one.speedMps() * Math.sin(h1) - other.speedMps() * Math.sin(h2);
        final double closingY = one.speedMps() * Math.cos(h1) - other.speedMps() * Math.cos(h2);
        return new Contact(
                seconds,
                OnWay.angleDeg(one.headingDeg(), other.headingDeg()),
                Math.hypot(closingX, closingY),
                dx * Math.sin(h1) + dy * Math.cos(h1) > 0);
    }
}
