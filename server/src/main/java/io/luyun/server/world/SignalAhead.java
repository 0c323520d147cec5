package io.luyun.server.world;

import static io.luyun.server.world.Participant.ABSENT;

import org.jspecify.annotations.Nullable;

/**
 * The signals a road user comes to next and the phases that govern it: the join of map and SPAT. One object for a rule,
 * filled by {@link #find} for one road user after another; what it says holds until the next record. Allocates nothing.
 */
public final class SignalAhead {
    private static final int MAX_PHASES = 16;

    private final WayAhead way = new WayAhead();
    private final int[] phaseIds = new int[MAX_PHASES];
    private final int[] maneuvers = new int[MAX_PHASES];
    private final int[] states = new int[MAX_PHASES];
    private int count;
    private int lane;
    private double stopLineMetres;

    @Nullable
    private Link approach;

    @Nullable
    private SignalState signal;

    /**
     * Looks for the first stop line with signals on the road user's way, as far as that way is the only one.
     *
     * @return false when there is none, or when what it shows is not known, too long ago or not to be relied on
     */
    public boolean find(final World world, final Participant participant, final long nowNs) {
        count = 0;
        signal = null;
        approach = null;
        for (boolean on = way.begin(world, participant); on; on = way.next()) {
            lane = way.lane();
            if (hasPhase(way.link())) {
                approach = way.link();
                stopLineMetres = way.metres() + approach.stopLineMetres;
                signal = world.signal(approach, nowNs);
                if (signal == null || !signal.reliable()) {
                    return false;
                }
                collect(approach, signal, nowNs);
                return count > 0;
            }
        }
        return false;
    }

    private boolean hasPhase(final Link link) {
        for (final Movement movement : link.movements) {
            if (movement.phaseId > 0 && movement.serves(lane)) {
                return true;
            }
        }
        return false;
    }

    private void collect(final Link link, final SignalState shown, final long nowNs) {
        for (final Movement movement : link.movements) {
            if (movement.phaseId == 0 || !movement.serves(lane)) {
                continue;
            }
            final int known = indexOf(movement.phaseId);
            if (known >= 0) {
                maneuvers[known] |= movement.maneuverBit();
            } else if (count < MAX_PHASES) {
                phaseIds[count] = movement.phaseId;
                maneuvers[count] = movement.maneuverBit();
                states[count] = shown.shown(movement.phaseId, nowNs);
                count++;
            }
        }
    }

    private int indexOf(final int phaseId) {
        for (int i = 0; i < count; i++) {
            if (phaseIds[i] == phaseId) {
                return i;
            }
        }
        return -1;
    }

    /** The link that ends at the stop line; null when none was found. */
    public @Nullable Link approach() {
        return approach;
    }

    /** The signals there; null when none were found. */
    public @Nullable SignalState signal() {
        return signal;
    }

    /** Way to the stop line, negative beyond it. */
    public double stopLineMetres() {
        return stopLineMetres;
    }

    /** Lane on the approach, 0 when it is not known. */
    public int lane() {
        return lane;
    }

    /** Number of phases that govern the ways on from there, one or more when {@link #find} was true. */
    public int phases() {
        return count;
    }

    /** Number of a phase. */
    public int phaseId(final int i) {
        return phaseIds[i];
    }

    /** Turns it governs as bits of Maneuver, 0 when the map does not tell. */
    public int maneuvers(final int i) {
        return maneuvers[i];
    }

    /** State of that phase for the methods of {@link SignalState}; -1 when it is not known. */
    public int state(final int i) {
        return states[i];
    }

    /** What it shows as number of LightState, or ABSENT. */
    public int light(final int i) {
        return signal == null || states[i] < 0 ? ABSENT : signal.lightOf(states[i]);
    }

    /** When that ends at the earliest, {@link Long#MIN_VALUE} when it is not known. */
    public long minEndNs(final int i) {
        return signal == null || states[i] < 0 ? Long.MIN_VALUE : signal.minEndNs(states[i]);
    }

    /** When that is likely to end, {@link Long#MIN_VALUE} when it is not known. */
    public long likelyEndNs(final int i) {
        return signal == null || states[i] < 0 ? Long.MIN_VALUE : signal.likelyEndNs(states[i]);
    }

    /** When that ends at the latest, {@link Long#MIN_VALUE} when it is not known. */
    public long maxEndNs(final int i) {
        return signal == null || states[i] < 0 ? Long.MIN_VALUE : signal.maxEndNs(states[i]);
    }

    /** Place of the phase that governs a turn, or -1. */
    public int phaseOf(final int maneuver) {
        for (int i = 0; i < count; i++) {
            if ((maneuvers[i] & 1 << maneuver) != 0) {
                return i;
            }
        }
        return -1;
    }
}
