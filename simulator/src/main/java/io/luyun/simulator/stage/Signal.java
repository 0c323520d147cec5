package io.luyun.simulator.stage;

import java.util.List;

/**
 * The light of a phase of a junction over the time of a scene. Immutable.
 *
 * @param phase number of the phase
 * @param unit place of the roadside unit that tells of it
 * @param node whose it is said to be
 * @param failing whether its controller says that it fails
 * @param stretches in the order of time, the last one without an end
 */
public record Signal(int phase, int unit, Node node, boolean failing, List<Stretch> stretches) {
    /** Nodes signals and maps can be told of. */
    public enum Node {
        /** The layout's junction. */
        JUNCTION,
        /** One that is nowhere in the layout. */
        ELSEWHERE
    }

    /** What a light shows. */
    public enum Light {
        RED,
        YELLOW,
        GREEN,
        /** Green for who gives way. */
        PERMISSIVE_GREEN;

        /** Whether one may go. */
        public boolean green() {
            return this == GREEN || this == PERMISSIVE_GREEN;
        }
    }

    /** One light up to a time. */
    public record Stretch(double toS, Light light) {}

    /** How long after a time that light lasts, infinite for the last one. */
    public double lastsS(final double t) {
        for (final Stretch stretch : stretches.subList(0, stretches.size() - 1)) {
            if (t < stretch.toS) {
                return stretch.toS - t;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** What it shows at a time. */
    public Light at(final double t) {
        for (final Stretch stretch : stretches) {
            if (t < stretch.toS) {
                return stretch.light;
            }
        }
        return stretches.getLast().light;
    }
}
