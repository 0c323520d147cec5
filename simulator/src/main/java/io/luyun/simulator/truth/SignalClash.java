package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Layout;
import io.luyun.simulator.stage.Scene;
import io.luyun.simulator.stage.Signal;
import io.luyun.simulator.stage.Unit;
import io.luyun.simulator.traffic.Curve;
import java.util.ArrayList;
import java.util.List;

/** Lights of a junction let two go at once whose ways cross, neither of which has to give way; for the unit that tells of them. */
final class SignalClash extends Meaning {
    private static final double STEP_METRES = 1;
    private static final double STEP_S = 0.1;

    private final double lingerSeconds;
    private final double holdSeconds;

    SignalClash(final Fields fields) {
        lingerSeconds = fields.number("lingerSeconds", 0, 30);
        holdSeconds = fields.number("holdSeconds", 0, 30);
    }

    /** Two ways that cross. */
    private record Pair(Layout.Turn one, Layout.Turn other) {}

    @Override
    void look(final Cases cases) {
        final Scene scene = cases.scene();
        final List<Pair> pairs = pairs(scene.scenario().layout().turns());
        for (final Unit unit : scene.scenario().units()) {
            cases.add(unit, "", holdSeconds, (t, border) -> {
                final double fromS = border == Border.WIDE ? t - lingerSeconds : t;
                for (double at = fromS; at <= t; at += STEP_S) {
                    if (clash(scene, unit, pairs, at)) {
                        return true;
                    }
                }
                return false;
            });
        }
    }

    private static List<Pair> pairs(final List<Layout.Turn> ways) {
        final List<Pair> pairs = new ArrayList<>();
        for (int i = 1; i < ways.size(); i++) {
            for (int j = 0; j < i; j++) {
                final Layout.Turn one = ways.get(i);
                final Layout.Turn other = ways.get(j);
                if (one.from() != other.from() && one.to() != other.to() && cross(one.line(), other.line())) {
                    pairs.add(new Pair(one, other));
                }
            }
        }
        return pairs;
    }

    private static boolean clash(final Scene scene, final Unit unit, final List<Pair> pairs, final double t) {
        return pairs.stream().anyMatch(pair -> goes(scene, unit, pair.one, t) && goes(scene, unit, pair.other, t));
    }

    /** Whether it may go and need not give way. */
    private static boolean goes(final Scene scene, final Unit unit, final Layout.Turn way, final double t) {
        final Signal signal = scene.signal(way.phase());
        if (signal == null || signal.unit() != unit.index() || signal.failing()) {
            return false;
        }
        return signal.at(t) == Signal.Light.GREEN || (signal.at(t) == Signal.Light.PERMISSIVE_GREEN && way.straight());
    }

    private static boolean cross(final Curve one, final Curve other) {
        for (double s = STEP_METRES; s < one.lengthMetres(); s += STEP_METRES) {
            for (double r = STEP_METRES; r < other.lengthMetres(); r += STEP_METRES) {
                if (side(one, s, other, r - STEP_METRES) * side(one, s, other, r) < 0
                        && side(other, r, one, s - STEP_METRES) * side(other, r, one, s) < 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** On which side of the last step of a line a place of another is. */
    private static double side(final Curve line, final double s, final Curve other, final double at) {
        final double x = line.xAt(s - STEP_METRES);
        final double y = line.yAt(s - STEP_METRES);
        return (line.xAt(s) - x) * (other.yAt(at) - y) - (line.yAt(s) - y) * (other.xAt(at) - x);
    }
}
