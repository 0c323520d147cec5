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
    private static final int TIMING_UTC = 2;
    private static final int UNBOUNDED = 36_000;
    private static final long TENTH_NS = 100_000_000L;
    private static final long HOUR_NS = 36_000 * TENTH_NS;
    /** Bits of the status: failure flash, failure, off, no valid SPAT. */
    private static final int UNRELIABLE = 1 << 2 | 1 << 8 | 1 << 9 | 1 << 13;

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

    /** Whether the controller works and shows what its SPAT says: neither off nor failing nor without a valid SPAT. */
    public boolean reliable() {
        return status == ABSENT || (status & UNRELIABLE) == 0;
    }

    /** The light a phase was last said to show as number of LightState, or ABSENT when the phase is not known. */
    public int light(final int phaseId) {
        final int at = current(phaseId);
        return at < 0 ? ABSENT : states[at + LIGHT];
    }

    /**
     * The light a phase shows at a time: that of the first state which is not over by then, each lasting until its latest
     * end, or its likely one where no latest is said.
     *
     * @return number of LightState, or ABSENT when it is not known
     */
    public int light(final int phaseId, final long atNs) {
        final int state = shown(phaseId, atNs);
        return state < 0 ? ABSENT : lightOf(state);
    }

    /**
     * The state of a phase at a time as {@link #light(int, long)} reckons it; what is said of it the other methods tell.
     * States are numbers until the next SPAT.
     *
     * @return -1 when the phase is not known or all that was said of it is over
     */
    public int shown(final int phaseId, final long atNs) {
        int at = current(phaseId);
        while (at >= 0) {
            long end = timeNs(at, MAX_END);
            if (end == Long.MIN_VALUE) {
                end = timeNs(at, LIKELY_END);
            }
            if (end == Long.MIN_VALUE || atNs < end) {
                return at / STRIDE;
            }
            at = after(at);
        }
        return -1;
    }

    /** The state that follows one; -1 when none was said. */
    public int next(final int state) {
        final int at = after(state * STRIDE);
        return at < 0 ? -1 : at / STRIDE;
    }

    /** When a state is likely to end, or will at the latest where that is not said; MIN_VALUE when neither is. */
    public long expectedEndNs(final int state) {
        final long likely = likelyEndNs(state);
        return likely == Long.MIN_VALUE ? maxEndNs(state) : likely;
    }

    /** The state a phase that is looked at now is likely to be in at a later time; -1 when that is not known. */
    public int expected(final int phaseId, final long nowNs, final long atNs) {
        int state = shown(phaseId, nowNs);
        while (state >= 0) {
            final long end = expectedEndNs(state);
            if (end == Long.MIN_VALUE || atNs < end) {
                return state;
            }
            state = next(state);
        }
        return -1;
    }

    /** Number of states said, those of one phase in a row. */
    public int states() {
        return count;
    }

    /** Phase of a state. */
    public int phaseOf(final int state) {
        return states[state * STRIDE + PHASE];
    }

    /** Light of a state as number of LightState. */
    public int lightOf(final int state) {
        return states[state * STRIDE + LIGHT];
    }

    /** When a state begins on the clock of receive times, {@link Long#MIN_VALUE} when it is not said. */
    public long startNs(final int state) {
        final int at = state * STRIDE;
        return states[at + START] == 0 && states[at + TIMING] == TIMING_COUNTING ? lastAtNs : timeNs(at, START);
    }

    /** When a state ends at the earliest, {@link Long#MIN_VALUE} when it is not said. */
    public long minEndNs(final int state) {
        return timeNs(state * STRIDE, MIN_END);
    }

    /** When a state is likely to end, {@link Long#MIN_VALUE} when it is not said. */
    public long likelyEndNs(final int state) {
        return timeNs(state * STRIDE, LIKELY_END);
    }

    /** When a state ends at the latest, {@link Long#MIN_VALUE} when it is not said. */
    public long maxEndNs(final int state) {
        return timeNs(state * STRIDE, MAX_END);
    }

    /**
     * A time of a state on the clock of receive times. Countdowns run from the receipt of the message, marks of the hour
     * lie within half an hour of it; 36000, an hour or more, and a countdown of 0 say nothing.
     */
    private long timeNs(final int at, final int field) {
        final int tenths = states[at + field];
        if (tenths == ABSENT || tenths >= UNBOUNDED || tenths < 0) {
            return Long.MIN_VALUE;
        }
        return switch (states[at + TIMING]) {
            case TIMING_COUNTING -> tenths == 0 ? Long.MIN_VALUE : lastAtNs + tenths * TENTH_NS;
            case TIMING_UTC -> nearest(Math.floorDiv(lastAtNs, HOUR_NS) * HOUR_NS + tenths * TENTH_NS);
            default -> Long.MIN_VALUE;
        };
    }

    private long nearest(final long markNs) {
        final long off = markNs - lastAtNs;
        return off > HOUR_NS / 2 ? markNs - HOUR_NS : off < -HOUR_NS / 2 ? markNs + HOUR_NS : markNs;
    }

    private int after(final int state) {
        for (int at = state + STRIDE; at < count * STRIDE; at += STRIDE) {
            if (states[at + PHASE] == states[state + PHASE]) {
                return at;
            }
        }
        return -1;
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
