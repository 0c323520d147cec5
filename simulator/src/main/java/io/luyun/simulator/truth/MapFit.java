package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Layout;
import io.luyun.simulator.stage.MapTold;
import io.luyun.simulator.stage.Scene;
import io.luyun.simulator.stage.Signal;
import io.luyun.simulator.stage.Unit;
import java.util.Set;
import java.util.TreeSet;

/**
 * The lights a unit tells of do not fit what is known of the junction after a time of grace: nobody has the node, nobody has a
 * phase of it, or a phase of the map (of the zone where no map is told) has no light. A map that is told takes the place of what the zone has.
 */
final class MapFit extends Meaning {
    private final double graceSeconds;
    private final double toleranceSeconds;
    private final double settleSeconds;

    MapFit(final Fields fields) {
        graceSeconds = fields.number("graceSeconds", 0, 60);
        toleranceSeconds = fields.number("toleranceSeconds", 0, graceSeconds);
        settleSeconds = fields.number("settleSeconds", 0, 60);
    }

    @Override
    void look(final Cases cases) {
        final Scene scene = cases.scene();
        for (final Unit unit : scene.scenario().units()) {
            for (final Signal.Node node : Signal.Node.values()) {
                final Set<Integer> lights = lights(scene, unit, node);
                if (lights.isEmpty()) {
                    continue;
                }
                add(cases, unit, "NODE_UNKNOWN", t -> !known(scene, node, t));
                add(
                        cases,
                        unit,
                        "PHASE_UNKNOWN",
                        t -> known(scene, node, t) && !phases(scene, node, t).containsAll(lights));
                add(
                        cases,
                        unit,
                        "PHASE_MISSING",
                        t -> known(scene, node, t)
                                && !failing(scene, unit, node)
                                && !lights.containsAll(phases(scene, node, t)));
            }
        }
    }

    /** Whether something is wrong at a time. */
    private interface Wrong {
        boolean at(double t);
    }

    private void add(final Cases cases, final Unit unit, final String reason, final Wrong wrong) {
        cases.add(
                unit,
                reason,
                settleSeconds,
                (t, border) -> t >= graceSeconds - border.give(toleranceSeconds)
                        && (wrong.at(t) || (border == Border.WIDE && wrong.at(t - toleranceSeconds))));
    }

    private static Set<Integer> lights(final Scene scene, final Unit unit, final Signal.Node node) {
        final Set<Integer> lights = new TreeSet<>();
        scene.signals().stream()
                .filter(signal -> signal.unit() == unit.index() && signal.node() == node)
                .forEach(signal -> lights.add(signal.phase()));
        return lights;
    }

    private static boolean failing(final Scene scene, final Unit unit, final Signal.Node node) {
        return scene.signals().stream()
                .anyMatch(signal -> signal.unit() == unit.index() && signal.node() == node && signal.failing());
    }

    private static boolean known(final Scene scene, final Signal.Node node, final double t) {
        final boolean drawn = node == Signal.Node.JUNCTION
                && !scene.scenario().layout().turns().isEmpty();
        return drawn || scene.maps().stream().anyMatch(map -> map.node() == node && t >= map.fromS());
    }

    /** The phases the node has, by the maps told of it, else by the layout. */
    private static Set<Integer> phases(final Scene scene, final Signal.Node node, final double t) {
        final Set<Integer> phases = new TreeSet<>();
        if (node == Signal.Node.ELSEWHERE) {
            return phases;
        }
        for (final Layout.Turn turn : scene.scenario().layout().turns()) {
            int phase = turn.phase();
            for (final MapTold map : scene.maps()) {
                phase = map.node() == node && t >= map.fromS() ? map.phase(turn.phase()) : phase;
            }
            phases.add(phase);
        }
        phases.remove(0);
        return phases;
    }
}
