package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Layout;
import io.luyun.simulator.stage.Scene;
import io.luyun.simulator.stage.Signal;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A vehicle comes to signals, and hears how long the light lasts and at which speeds it finds them green: within some metres of
 * the stop line, moving, and with no queue before the line in its lane. Due where one phase rules all ways on: where lanes
 * differ, positions do not tell the lane well enough. What is advised has to be right in any case.
 */
final class GreenSpeed extends Meaning {
    private static final double KMH = 3.6;
    private static final double STEP_S = 0.1;
    private static final double LIGHT_TOLERANCE_S = 0.7;
    private static final double END_TOLERANCE_S = 1;
    private static final double ARRIVAL_TOLERANCE_S = 0.5;
    private static final double LIMIT_TOLERANCE_KMH = 1;
    /** A green that is longer than this around the arrival is one that has to be found. */
    private static final double SURE_S = 2.5;

    private static final double SPEED_TOLERANCE_MPS = 1;
    private static final double HALF_LANE_METRES = 1.75;
    private static final double STANDS_MPS = 2;
    private static final double LONGEST_S = 60;

    private final double reachMetres;
    private final double endMetres;
    private final double queueMetres;
    private final double toleranceMetres;
    private final double minMps;
    private final double minKmh;
    private final double settleSeconds;
    private final double holdSeconds;

    GreenSpeed(final Fields fields) {
        reachMetres = fields.number("reachMetres", 10, 2_000);
        endMetres = fields.number("endMetres", 0, reachMetres);
        queueMetres = fields.number("queueMetres", 0, 200);
        toleranceMetres = fields.number("toleranceMetres", 0, 50);
        minMps = fields.number("minMps", 0, 50);
        minKmh = fields.number("minKmh", 0, 100);
        settleSeconds = fields.number("settleSeconds", 0, 30);
        holdSeconds = fields.number("holdSeconds", 0, 30);
    }

    @Override
    void look(final Cases cases) {
        for (final Actor subject : cases.vehicles()) {
            final Actor.Approach approach = subject.approach();
            if (approach == null || cases.scene().signal(approach.phase()) == null) {
                continue;
            }
            final boolean sure = phases(cases.scene(), approach).size() == 1;
            cases.add(subject, "", holdSeconds, (t, border) -> {
                final double metres = metres(subject, approach, t);
                return (border == Border.WIDE || (sure && t >= settleSeconds))
                        && metres > endMetres - border.give(toleranceMetres)
                        && metres < reachMetres + border.give(toleranceMetres)
                        && subject.motion().at(t).speedMps() > minMps - border.give(SPEED_TOLERANCE_MPS)
                        && queue(cases, subject, approach, t) < queueMetres + border.give(toleranceMetres);
            });
        }
    }

    /** All phases that rule the ways on from where its own does. */
    private static Set<Integer> phases(final Scene scene, final Actor.Approach approach) {
        final Set<Integer> phases = new TreeSet<>();
        final Layout layout = scene.scenario().layout();
        for (final Layout.Turn own : layout.turns()) {
            if (own.phase() == approach.phase()) {
                layout.turns().stream()
                        .filter(other -> other.from() == own.from())
                        .forEach(other -> phases.add(other.phase()));
            }
        }
        return phases;
    }

    /** From the stop line back to the rear of the last one that stands before it in the subject's lane. */
    private static double queue(final Cases cases, final Actor subject, final Actor.Approach approach, final double t) {
        final double front = subject.motion().alongMetres(t) + subject.kind().lengthMetres() / 2;
        double queue = 0;
        for (final Actor other : cases.otherVehicles(subject)) {
            final OnWay on = OnWay.of(subject, other, t, 2 * Math.max(1, approach.stopMetres() - front));
            if (other.motion().at(t).speedMps() < STANDS_MPS
                    && on.gapMetres() > 0
                    && on.acrossMetres() < HALF_LANE_METRES) {
                queue = Math.max(queue, approach.stopMetres() - front - on.gapMetres());
            }
        }
        return queue;
    }

    private static double metres(final Actor subject, final Actor.Approach approach, final double t) {
        return approach.stopMetres()
                - subject.motion().alongMetres(t)
                - subject.kind().lengthMetres() / 2;
    }

    @Override
    public boolean suits(final Case theCase, final double t, final @Nullable Advice advice) {
        final Actor subject = theCase.actor();
        final Actor.Approach approach = subject.approach();
        if (advice == null || approach == null) {
            return false;
        }
        final Signal signal = theCase.scene().signal(approach.phase());
        if (signal == null || !tells(signal, t, advice)) {
            return false;
        }
        final Layout layout = theCase.scene().scenario().layout();
        final double metres = metres(subject, approach, t);
        return Double.isNaN(advice.minMps())
                ? !findsGreen(signal, layout, metres, t)
                : advises(signal, layout, metres, t, advice);
    }

    /** Whether the light is what it says and lasts as long. */
    private static boolean tells(final Signal signal, final double t, final Advice advice) {
        for (double at = t - LIGHT_TOLERANCE_S; at <= t + LIGHT_TOLERANCE_S; at += STEP_S) {
            if (signal.at(at) == advice.light()
                    && Math.abs(Math.min(LONGEST_S, signal.lastsS(at)) + at - t - Math.min(LONGEST_S, advice.endsInS()))
                            < END_TOLERANCE_S) {
                return true;
            }
        }
        return false;
    }

    /** Whether the slowest, the fastest and the speed between them arrive at green, and are allowed. */
    private boolean advises(
            final Signal signal, final Layout layout, final double metres, final double t, final Advice advice) {
        if (advice.minMps() * KMH < minKmh - LIMIT_TOLERANCE_KMH
                || advice.maxMps() * KMH > layout.limitKmh() + LIMIT_TOLERANCE_KMH) {
            return false;
        }
        final double middle = (advice.minMps() + advice.maxMps()) / 2;
        for (final double mps : new double[] {advice.minMps(), middle, advice.maxMps()}) {
            final double arrivesS = t + metres / mps;
            if (!signal.at(arrivesS - ARRIVAL_TOLERANCE_S).green()
                    && !signal.at(arrivesS).green()
                    && !signal.at(arrivesS + ARRIVAL_TOLERANCE_S).green()) {
                return false;
            }
        }
        return true;
    }

    /** Whether some allowed speed surely arrives at green. */
    private boolean findsGreen(final Signal signal, final Layout layout, final double metres, final double t) {
        for (double kmh = minKmh + 1; kmh <= layout.limitKmh() - 1; kmh++) {
            final double arrivesS = t + metres * KMH / kmh;
            boolean green = true;
            for (double at = arrivesS - SURE_S; at <= arrivesS + SURE_S; at += STEP_S) {
                green &= signal.at(Math.max(t, at)).green();
            }
            if (green) {
                return true;
            }
        }
        return false;
    }
}
