package io.luyun.simulator.stage;

/**
 * What a vehicle asks for (VIR). Immutable.
 *
 * @param by place of the vehicle
 * @param what what it asks for
 * @param of place of the vehicle it asks, -1 for all
 * @param link place of the link it wants to change lanes on, -1 for none
 * @param lane the lane it wants
 * @param phase the phase it wants green, 0 for none
 * @param fromS since when
 * @param toS until when
 */
public record Wish(int by, What what, int of, int link, int lane, int phase, double fromS, double toS) {
    /** What can be asked for. */
    public enum What {
        LANE_CHANGE,
        GREEN
    }
}
