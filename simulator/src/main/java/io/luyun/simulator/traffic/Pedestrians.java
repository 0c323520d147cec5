package io.luyun.simulator.traffic;

import io.luyun.simulator.traffic.Program.PhaseTimes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * People at the crossings of one node. Who comes in which cycle follows from the seed alone, so that there is no state
 * to step: they come to the kerb, wait for their green, walk, and are gone.
 */
final class Pedestrians {
    /** Takes one pedestrian that is there now. */
    interface Visitor {
        void pedestrian(int number, int latE7, int lonE7, double speedMps, double headingDeg);
    }

    private static final int MOST_EACH = 4;
    private static final double LONGEST_WAIT_S = 25;

    private final long seed;
    private final List<Curve> crossings = new ArrayList<>();
    private final @Nullable Program program;
    private final Plane plane;

    Pedestrians(final Zone zone, final int node, final long seed) {
        this.seed = seed;
        plane = new Plane(zone.reference());
        program = zone.node(node).program();
        for (final Zone.Crossing crossing : zone.crossings()) {
            if (crossing.node() == node) {
                crossings.add(Curve.of(crossing.line(), plane));
            }
        }
    }

    void visit(final double timeS, final Visitor visitor) {
        if (program == null) {
            return;
        }
        for (final PhaseTimes phase : program.phases()) {
            if (phase.pedestrian()) {
                final double inCycle = program.inCycle(timeS);
                final long cycle = (long) Math.rint((timeS - program.offsetS() - inCycle) / program.cycleS());
                for (int i = 0; i < crossings.size(); i++) {
                    visit(i, cycle, inCycle - phase.startS(), visitor);
                }
            }
        }
    }

    /** Those of one crossing, so many seconds after the beginning of their green. */
    private void visit(final int place, final long cycle, final double sinceGreenS, final Visitor visitor) {
        final Curve line = crossings.get(place);
        final Rng rng = new Rng(Rng.mix(seed + 31 * cycle) + place);
        final int count = rng.below(MOST_EACH);
        for (int i = 0; i < count; i++) {
            final double comesS = -LONGEST_WAIT_S * rng.nextDouble();
            final double startsS = 0.3 + 1.2 * rng.nextDouble();
            final double speed = rng.between(1.25, 1.6);
            final boolean back = rng.nextDouble() < 0.5;
            final double aside = rng.between(-1.2, 1.2);
            final double walked = (sinceGreenS - startsS) * speed;
            if (sinceGreenS < comesS || walked > line.length) {
                continue;
            }
            final double done = Math.max(0, walked);
            final double s = back ? line.length - done : done;
            final double along = line.headingDeg[0];
            final double heading = (back ? along + 540 : along + 360) % 360;
            final double dx = (line.x[1] - line.x[0]) / line.length;
            final double dy = (line.y[1] - line.y[0]) / line.length;
            final double x = line.x[0] + dx * s + dy * aside;
            final double y = line.y[0] + dy * s - dx * aside;
            final int number = 1 + place * 32 + (int) (cycle & 7) * MOST_EACH + i;
            visitor.pedestrian(number, plane.latE7(y), plane.lonE7(x), walked > 0 ? speed : 0, heading);
        }
    }
}
