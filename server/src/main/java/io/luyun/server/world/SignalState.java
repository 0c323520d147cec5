package io.luyun.server.world;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.UtcTiming;
import java.util.Arrays;

/**
 * What the signals of one intersection were last said to show. Owned and changed by {@link World} on its thread. Phases
 * and their states stand in one int array that grows to what is sent and is then reused.
 */
public final class SignalState {
    /** Fields of one state in {@link #states}. */
    private static final int STRIDE = 8;

    private static final int PHASE = 0;
    private static final int LIGHT = 1;
    private static final int TIMING = 2;
    private static final int START = 3;
    private static final int MIN_END = 4;
    private static final int MAX_END = 5;
    private static final int LIKELY_END = 6;
    private static final int NEXT_START = 7;

    private static final int TIMING_COUNTING = 1;
    private static final long TENTH_NS = 100_000_000L;

    final int region;
    final int nodeId;
    int device = -1;
    int status = ABSENT;
    int moy = ABSENT;
    int timeStamp = ABSENT;
    long lastSequence;
    long lastAtNs;
    long deviceTimeNs = Long.MIN_VALUE;
    private int[] states = new int[STRIDE * 16];
    private int count;

    SignalState(final int region, final int nodeId) {
        this.region = region;
        this.nodeId = nodeId;
    }

    void begin() {
        count = 0;
    }

    void add(
            final int phaseId,
            final int light,
            final int timing,
            final int start,
            final int minEnd,
            final int maxEnd,
            final int likelyEnd,
            final int nextStart) {
        final int at = count * STRIDE;
        if (at == states.length) {
            states = Arrays.copyOf(states, at * 2);
        }
        states[at + PHASE] = phaseId;
        states[at + LIGHT] = light;
        states[at + TIMING] = timing;
        states[at + START] = start;
        states[at + MIN_END] = minEnd;
        states[at + MAX_END] = maxEnd;
        states[at + LIKELY_END] = likelyEnd;
        states[at + NEXT_START] = nextStart;
        count++;
    }

    /** Road regulator, 0 for the local one. */
    public int region() {
        return region;
    }

    /** Node. */
    public int nodeId() {
        return nodeId;
    }

    /** Index of the device that said so. */
    public int device() {
        return device;
    }

    /** Sequence of the last record about it. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Receive time of that record. */
    public long lastAtNs() {
        return lastAtNs;
    }

    /** Bits of IntersectionStatusObject, or ABSENT. */
    public int status() {
        return status;
    }

    /** The light a phase shows now as number of LightState, or ABSENT when the phase is not known. */
    public int light(final int phaseId) {
        final int at = current(phaseId);
        return at < 0 ? ABSENT : states[at + LIGHT];
    }

    /**
     * Time at which the light shown is likely to end, on the clock of receive times, or {@link Long#MIN_VALUE} when it is
     * not said. A likely end of 0 in the state shown means not known.
     */
    public long likelyEndNs(final int phaseId) {
        final int at = current(phaseId);
        if (at < 0 || states[at + TIMING] != TIMING_COUNTING || states[at + LIKELY_END] <= 0) {
            return Long.MIN_VALUE;
        }
        return lastAtNs + states[at + LIKELY_END] * TENTH_NS;
    }

    /** The first state of a phase is the one shown. */
    private int current(final int phaseId) {
        for (int at = 0; at < count * STRIDE; at += STRIDE) {
            if (states[at + PHASE] == phaseId) {
                return at;
            }
        }
        return -1;
    }

    /** The whole as a message; allocates. */
    public IntersectionState toMessage() {
        final IntersectionState.Builder builder = IntersectionState.newBuilder()
                .setIntersection(NodeReference.newBuilder().setRegion(region).setId(nodeId));
        if (status != ABSENT) {
            builder.setStatus(status);
        }
        if (moy != ABSENT) {
            builder.setMoy(moy);
        }
        if (timeStamp != ABSENT) {
            builder.setTimeStamp(timeStamp);
        }
        Phase.Builder phase = null;
        for (int at = 0; at < count * STRIDE; at += STRIDE) {
            if (phase == null || phase.getId() != states[at + PHASE]) {
                if (phase != null) {
                    builder.addPhases(phase);
                }
                phase = Phase.newBuilder().setId(states[at + PHASE]);
            }
            phase.addStates(state(at));
        }
        if (phase != null) {
            builder.addPhases(phase);
        }
        return builder.build();
    }

    private PhaseState state(final int at) {
        final PhaseState.Builder state = PhaseState.newBuilder().setLightValue(states[at + LIGHT]);
        final int timing = states[at + TIMING];
        if (timing == TIMING_COUNTING) {
            final CountdownTiming.Builder counting =
                    CountdownTiming.newBuilder().setStartTime(states[at + START]);
            if (states[at + MIN_END] != ABSENT) {
                counting.setMinEndTime(states[at + MIN_END]);
            }
            if (states[at + MAX_END] != ABSENT) {
                counting.setMaxEndTime(states[at + MAX_END]);
            }
            if (states[at + LIKELY_END] != ABSENT) {
                counting.setLikelyEndTime(states[at + LIKELY_END]);
            }
            if (states[at + NEXT_START] != ABSENT) {
                counting.setNextStartTime(states[at + NEXT_START]);
            }
            state.setCounting(counting);
        } else if (timing != 0) {
            final UtcTiming.Builder utc = UtcTiming.newBuilder().setStartTime(states[at + START]);
            if (states[at + MIN_END] != ABSENT) {
                utc.setMinEndTime(states[at + MIN_END]);
            }
            if (states[at + MAX_END] != ABSENT) {
                utc.setMaxEndTime(states[at + MAX_END]);
            }
            if (states[at + LIKELY_END] != ABSENT) {
                utc.setLikelyEndTime(states[at + LIKELY_END]);
            }
            if (states[at + NEXT_START] != ABSENT) {
                utc.setNextStartTime(states[at + NEXT_START]);
            }
            state.setUtc(utc);
        }
        return state.build();
    }
}
