package io.luyun.proto.codec;

import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Spat;
import org.agrona.DirectBuffer;

/**
 * A {@code Spat}, walked from outside to inside. One thread; keeps nothing of the caller's buffer; no
 * allocation.
 *
 * <pre>
 *   if (spat.wrap(…))
 *     while (spat.nextIntersection())      region nodeId status …
 *       while (spat.nextPhase())           phaseId
 *         while (spat.nextState())         light timing startTime …
 * </pre>
 *
 * Integers and units are the schema's; an int that is not in the message is {@link #ABSENT}.
 */
public final class SpatReader {
    /** Not in the message. */
    public static final int ABSENT = Wire.ABSENT;

    /** A state without times. */
    public static final int TIMING_NONE = 0;

    /** Times count from the moment of sending. */
    public static final int TIMING_COUNTING = 1;

    /** Times are marks within the UTC hour. */
    public static final int TIMING_UTC = 2;

    private static final int MSG_CNT = Spat.MSG_CNT_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int MOY = Spat.MOY_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int TIME_STAMP = Spat.TIME_STAMP_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int INTERSECTIONS = Spat.INTERSECTIONS_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;

    private static final int NODE = IntersectionState.INTERSECTION_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int STATUS = IntersectionState.STATUS_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int NODE_MOY = IntersectionState.MOY_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int NODE_TIME_STAMP = IntersectionState.TIME_STAMP_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int PHASES = IntersectionState.PHASES_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int REGION = NodeReference.REGION_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int NODE_ID = NodeReference.ID_FIELD_NUMBER << 3 | Wire.VARINT;

    private static final int PHASE_ID = Phase.ID_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int STATES = Phase.STATES_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int LIGHT = PhaseState.LIGHT_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int COUNTING = PhaseState.COUNTING_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int UTC = PhaseState.UTC_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;

    // CountdownTiming and UtcTiming number their times alike
    private static final int START = CountdownTiming.START_TIME_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int MIN_END = CountdownTiming.MIN_END_TIME_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int MAX_END = CountdownTiming.MAX_END_TIME_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int LIKELY_END = CountdownTiming.LIKELY_END_TIME_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int CONFIDENCE = CountdownTiming.TIME_CONFIDENCE_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int NEXT_START = CountdownTiming.NEXT_START_TIME_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int NEXT_LAST = CountdownTiming.NEXT_DURATION_FIELD_NUMBER << 3 | Wire.VARINT;

    private final WireCursor cursor = new WireCursor();
    private int messageNext;
    private int messageEnd;
    private int intersectionNext;
    private int intersectionEnd;
    private int phaseNext;
    private int phaseEnd;

    private int msgCnt;
    private int moy;
    private int timeStamp;
    private int region;
    private int nodeId;
    private int status;
    private int intersectionMoy;
    private int intersectionTimeStamp;
    private int phaseId;
    private int light;
    private int timing;
    private int startTime;
    private int minEndTime;
    private int maxEndTime;
    private int likelyEndTime;
    private int timeConfidence;
    private int nextStartTime;
    private int nextLast;

    /**
     * Looks at one message; intersections are not looked into before {@link #nextIntersection}.
     *
     * @return false when the bytes are not a {@code Spat}; the accessors then mean nothing
     */
    public boolean wrap(DirectBuffer buffer, int offset, int length) {
        msgCnt = ABSENT;
        moy = ABSENT;
        timeStamp = ABSENT;
        messageNext = 0;
        messageEnd = 0;
        clearIntersection();
        if (!cursor.wrap(buffer, offset, length)) {
            return false;
        }
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case MSG_CNT -> msgCnt = (int) cursor.varint();
                case MOY -> moy = (int) cursor.varint();
                case TIME_STAMP -> timeStamp = (int) cursor.varint();
                case INTERSECTIONS -> cursor.bytes();
                default -> cursor.skipUnless(tag, 0b101110);
            }
        }
        if (cursor.malformed()) {
            return false;
        }
        messageEnd = length;
        return true;
    }

    /** Goes on to the next intersection; false when there is no more, or when it is {@link #malformed()}. */
    public boolean nextIntersection() {
        clearIntersection();
        if (!find(INTERSECTIONS, messageNext, messageEnd)) {
            messageNext = messageEnd;
            return false;
        }
        final int outer = cursor.enter();
        final int begin = cursor.position();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case NODE -> readNode();
                case STATUS -> status = (int) cursor.varint();
                case NODE_MOY -> intersectionMoy = (int) cursor.varint();
                case NODE_TIME_STAMP -> intersectionTimeStamp = (int) cursor.varint();
                case PHASES -> cursor.bytes();
                default -> cursor.skipUnless(tag, 0b1011110);
            }
        }
        cursor.leave(outer);
        messageNext = cursor.position();
        intersectionNext = begin;
        intersectionEnd = cursor.position();
        return !cursor.malformed();
    }

    /** Goes on to the next phase of the intersection; false as in {@link #nextIntersection}. */
    public boolean nextPhase() {
        clearPhase();
        if (!find(PHASES, intersectionNext, intersectionEnd)) {
            intersectionNext = intersectionEnd;
            return false;
        }
        final int outer = cursor.enter();
        final int begin = cursor.position();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case PHASE_ID -> phaseId = (int) cursor.varint();
                case STATES -> cursor.bytes();
                default -> cursor.skipUnless(tag, 0b110);
            }
        }
        cursor.leave(outer);
        intersectionNext = cursor.position();
        phaseNext = begin;
        phaseEnd = cursor.position();
        return !cursor.malformed();
    }

    /** Goes on to the next state of the phase; false as in {@link #nextIntersection}. */
    public boolean nextState() {
        clearState();
        if (!find(STATES, phaseNext, phaseEnd)) {
            phaseNext = phaseEnd;
            return false;
        }
        final int outer = cursor.enter();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case LIGHT -> light = (int) cursor.varint();
                case COUNTING -> readTiming(TIMING_COUNTING);
                case UTC -> readTiming(TIMING_UTC);
                default -> cursor.skipUnless(tag, 0b1110);
            }
        }
        cursor.leave(outer);
        phaseNext = cursor.position();
        return !cursor.malformed();
    }

    /** Whether reading ended because the bytes are not a {@code Spat}. */
    public boolean malformed() {
        return cursor.malformed();
    }

    private boolean find(int wanted, int from, int to) {
        if (from >= to || cursor.malformed()) {
            return false;
        }
        cursor.resume(from, to);
        int tag;
        while ((tag = cursor.tag()) != 0) {
            if (tag == wanted) {
                return true;
            }
            cursor.skip(tag);
        }
        return false;
    }

    private void readNode() {
        final int outer = cursor.enter();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case REGION -> region = (int) cursor.varint();
                case NODE_ID -> nodeId = (int) cursor.varint();
                default -> cursor.skipUnless(tag, 0b110);
            }
        }
        cursor.leave(outer);
    }

    private void readTiming(int form) {
        if (timing != form) {
            clearTimes();
            timing = form;
        }
        final int outer = cursor.enter();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case START -> startTime = (int) cursor.varint();
                case MIN_END -> minEndTime = (int) cursor.varint();
                case MAX_END -> maxEndTime = (int) cursor.varint();
                case LIKELY_END -> likelyEndTime = (int) cursor.varint();
                case CONFIDENCE -> timeConfidence = (int) cursor.varint();
                case NEXT_START -> nextStartTime = (int) cursor.varint();
                case NEXT_LAST -> nextLast = (int) cursor.varint();
                default -> cursor.skipUnless(tag, 0b11111110);
            }
        }
        cursor.leave(outer);
    }

    private void clearIntersection() {
        region = ABSENT;
        nodeId = ABSENT;
        status = ABSENT;
        intersectionMoy = ABSENT;
        intersectionTimeStamp = ABSENT;
        intersectionNext = 0;
        intersectionEnd = 0;
        clearPhase();
    }

    private void clearPhase() {
        phaseId = ABSENT;
        phaseNext = 0;
        phaseEnd = 0;
        clearState();
    }

    private void clearState() {
        light = ABSENT;
        timing = TIMING_NONE;
        clearTimes();
    }

    private void clearTimes() {
        startTime = ABSENT;
        minEndTime = ABSENT;
        maxEndTime = ABSENT;
        likelyEndTime = ABSENT;
        timeConfidence = ABSENT;
        nextStartTime = ABSENT;
        nextLast = ABSENT;
    }

    /** Counter of the sender's messages, 0..127. */
    public int msgCnt() {
        return msgCnt;
    }

    /** Minute of the UTC year. */
    public int moy() {
        return moy;
    }

    /** Millisecond within that minute. */
    public int timeStamp() {
        return timeStamp;
    }

    /** Road regulator of the intersection. */
    public int region() {
        return region;
    }

    /** Node within the region. */
    public int nodeId() {
        return nodeId;
    }

    /** Bits of IntersectionStatusObject. */
    public int status() {
        return status;
    }

    /** Minute of the UTC year the intersection gives for itself. */
    public int intersectionMoy() {
        return intersectionMoy;
    }

    /** Millisecond within that minute. */
    public int intersectionTimeStamp() {
        return intersectionTimeStamp;
    }

    /** Number of the phase within the intersection. */
    public int phaseId() {
        return phaseId;
    }

    /** Number of {@code LightState}. */
    public int light() {
        return light;
    }

    /** {@link #TIMING_NONE}, {@link #TIMING_COUNTING} or {@link #TIMING_UTC}. */
    public int timing() {
        return timing;
    }

    /** When the state begins, 0.1 s. */
    public int startTime() {
        return startTime;
    }

    /** When it ends at the earliest, 0.1 s. */
    public int minEndTime() {
        return minEndTime;
    }

    /** When it ends at the latest, 0.1 s. */
    public int maxEndTime() {
        return maxEndTime;
    }

    /** When it probably ends, 0.1 s; 0 in a countdown of a state that is shown means unknown. */
    public int likelyEndTime() {
        return likelyEndTime;
    }

    /** Confidence of the probable end, 0.5 %. */
    public int timeConfidence() {
        return timeConfidence;
    }

    /** When the state begins again, 0.1 s. */
    public int nextStartTime() {
        return nextStartTime;
    }

    /** How long it then lasts, 0.1 s; absent unless the times count down. */
    public int nextDuration() {
        return timing == TIMING_COUNTING ? nextLast : ABSENT;
    }

    /** When it then ends, 0.1 s; absent unless the times are marks. */
    public int nextEndTime() {
        return timing == TIMING_UTC ? nextLast : ABSENT;
    }
}
