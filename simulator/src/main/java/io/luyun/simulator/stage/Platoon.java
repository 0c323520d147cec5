package io.luyun.simulator.stage;

import java.util.List;

/**
 * Vehicles that say they drive as one (CLPMM). Immutable.
 *
 * @param members places of those its leader lists, itself first
 * @param strangers places of others that say they follow
 * @param silent place of one that says nothing any more, -1 for none
 * @param silentFromS since when
 */
public record Platoon(List<Integer> members, List<Integer> strangers, int silent, double silentFromS) {
    /** When they begin to say so: what is said before is of vehicles alone. */
    public static final double BEGINS_S = 2;

    /** Whether one of it says so at a time. */
    public boolean says(final int actor, final double t) {
        return t >= BEGINS_S
                && (members.contains(actor) || strangers.contains(actor))
                && !(actor == silent && t >= silentFromS);
    }
}
