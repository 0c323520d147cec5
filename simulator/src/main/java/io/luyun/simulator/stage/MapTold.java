package io.luyun.simulator.stage;

import java.util.Map;

/**
 * A map of a junction that a roadside unit tells. Immutable.
 *
 * @param unit place of the unit
 * @param node the node it is said to be of; of one elsewhere nothing but its place is told
 * @param phases phases it names in place of others, 0 for none
 * @param fromS since when
 */
public record MapTold(int unit, Signal.Node node, Map<Integer, Integer> phases, double fromS) {
    /** The phase it names for one of the layout, 0 for none. */
    public int phase(final int ofLayout) {
        return phases.getOrDefault(ofLayout, ofLayout);
    }
}
