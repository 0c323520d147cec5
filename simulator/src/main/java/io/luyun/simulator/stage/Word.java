package io.luyun.simulator.stage;

import java.util.List;

/**
 * What a roadside unit asks a vehicle, or those on lanes, to do (RSC). Immutable.
 *
 * @param unit place of the unit
 * @param purpose what it is for
 * @param to place of the vehicle, -1 where it is for lanes
 * @param link place of the link, -1 for a vehicle
 * @param lanes its lanes, none for all
 * @param fromS since when it is said
 * @param toS until when
 */
public record Word(int unit, Purpose purpose, int to, int link, List<Integer> lanes, double fromS, double toS) {
    /** What words are for; numbers are bits of the message set. */
    public enum Purpose {
        LANE_CHANGE(1),
        MERGE(1 << 1),
        LANE_CHANGE_AT_JUNCTION(1 << 2),
        PASSING(1 << 3),
        DYNAMIC_LANE(1 << 4),
        RESERVATION(1 << 5),
        RESTRICTION(1 << 6),
        SIGNAL_PRIORITY(1 << 7);

        private final int bit;

        Purpose(final int bit) {
            this.bit = bit;
        }

        int bit() {
            return bit;
        }
    }
}
