package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Pose;
import io.luyun.simulator.stage.Signal;
import org.jspecify.annotations.Nullable;

/**
 * A vehicle that would pass its stop line at red if nobody did anything, and could only just stop. Seconds and decelerations have
 * a tolerance as a share, the way to the line one in metres; lights one of a second.
 */
final class RedLight extends Meaning {
    private static final double NEAREST_METRES = 3;
    private static final double HOLD_S = 0.4;

    private final double seconds;
    private final double brakesMps2;
    private final double toleranceShare;
    private final double toleranceMetres;
    private final double minMps;
    private final double turnMps;
    private final double turnMps2;

    RedLight(final Fields fields) {
        seconds = fields.number("seconds", 0.5, 30);
        brakesMps2 = fields.number("brakesMps2", 0.5, 20);
        toleranceShare = fields.number("toleranceShare", 0, 1);
        toleranceMetres = fields.number("toleranceMetres", 0, 20);
        minMps = fields.number("minMps", 0, 50);
        turnMps = fields.number("turnMps", 0, 50);
        turnMps2 = fields.number("turnMps2", 0, 20);
    }

    @Override
    void look(final Cases cases) {
        for (final Actor subject : cases.vehicles()) {
            final StopLine line = StopLine.of(cases.scene(), subject);
            if (line != null) {
                cases.add(
                        subject,
                        "",
                        HOLD_S,
                        (t, border) -> border == Border.WIDE ? mayPass(subject, line, t) : passes(subject, line, t));
            }
        }
    }

    private boolean mayPass(final Actor subject, final StopLine line, final double t) {
        final double mps2 = subject.motion().at(t).accelMps2();
        final double most = line.neededMps2(t, -toleranceMetres);
        return line.metres(t) >= -NEAREST_METRES
                && line.seconds(t) <= seconds * Border.WIDE.most(toleranceShare)
                && most >= brakesMps2 * Border.WIDE.least(toleranceShare)
                && -mps2 <= most * Border.WIDE.most(toleranceShare)
                && line.red(t, Border.WIDE);
    }

    private boolean passes(final Actor subject, final StopLine line, final double t) {
        final Pose pose = subject.motion().at(t);
        final double mps = pose.speedMps();
        final double metres = line.metres(t);
        final double least = line.neededMps2(t, toleranceMetres);
        final double arrivesS = t + line.seconds(t);
        final Signal signal = line.signal();
        final boolean turns = mps * mps - 2 * turnMps2 * metres < turnMps * turnMps * Border.WIDE.most(toleranceShare);
        return metres > NEAREST_METRES
                && mps > minMps
                && !turns
                && line.seconds(t) < seconds * Border.NARROW.most(toleranceShare)
                && least > brakesMps2 * Border.NARROW.least(toleranceShare)
                && -pose.accelMps2() < 0.5 * least
                && !signal.at(t - StopLine.LIGHT_TOLERANCE_S).green()
                && !signal.at(t).green()
                && !signal.at(arrivesS - StopLine.LIGHT_TOLERANCE_S).green()
                && signal.at(arrivesS) == Signal.Light.RED
                && signal.at(arrivesS + StopLine.LIGHT_TOLERANCE_S) == Signal.Light.RED;
    }

    @Override
    public double leadS(final Case theCase, final double t) {
        final Actor.@Nullable Approach approach = theCase.actor().approach();
        return approach == null
                ? Double.NaN
                : Reach.seconds(
                        StopLine.metres(theCase.actor(), approach, t),
                        theCase.actor().motion().at(t).speedMps());
    }
}
