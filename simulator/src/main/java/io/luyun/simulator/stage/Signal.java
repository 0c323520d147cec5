package io.luyun.simulator.stage;

import java.util.List;

/**
 * The light of a phase of the layout's junction over the time of a scene. Immutable.
 *
 * @param phase number of the phase
 * @param unit place of the roadside unit that tells of it
 * @param stretches in the order of time, the last one without an end
 */
public record Signal(int phase, int unit, List<Stretch> stretches) {
    /** What a light shows. */
    public enum Light {
        RED,
        YELLOW,
        GREEN
    }

    /** One light up to a time. */
    public record Stretch(double toS, Light light) {}

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
