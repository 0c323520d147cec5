package io.luyun.simulator.stage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One who moves in a scene. Immutable.
 *
 * @param index place in the scene
 * @param name unique in the scene
 * @param kind what it is
 * @param motion where it really is
 * @param elevationMetres above the ground of the stage
 * @param report what it tells itself
 * @param seenBy places of the roadside units that see it
 * @param remarks lights and events that go with its BSM
 * @param approach the signals on its way, or null
 */
public record Actor(
        int index,
        String name,
        ActorKind kind,
        Motion motion,
        double elevationMetres,
        Report report,
        List<Integer> seenBy,
        List<Remark> remarks,
        @Nullable Approach approach)
        implements Party {
    /** The stop line on its way, metres along that, and the phase that governs it. */
    public record Approach(double stopMetres, int phase) {}

    /** What an actor tells of itself. */
    public enum Report {
        BSM,
        PSM,
        NOTHING
    }

    /** Something said from a time to a time. */
    public record Remark(double fromS, double toS, Saying what) {}

    /** Whether it says something at a time. */
    public boolean says(final Saying what, final double t) {
        for (final Remark remark : remarks) {
            if (remark.what == what && t >= remark.fromS && t < remark.toS) {
                return true;
            }
        }
        return false;
    }

    /** Its body at a time, longer and wider by a margin. */
    public Body body(final double t, final double marginMetres) {
        return Body.of(motion.at(t), kind, marginMetres);
    }
}
