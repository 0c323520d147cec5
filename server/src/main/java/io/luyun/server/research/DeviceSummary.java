package io.luyun.server.research;

import java.util.Arrays;
import org.agrona.collections.Long2LongCounterMap;
import org.agrona.collections.Long2LongHashMap;

/** What the messages of one device amount to. */
public final class DeviceSummary {
    /** Nothing is known. */
    public static final int UNKNOWN = Integer.MIN_VALUE;

    /** Later than its quickest message by more than this is late. */
    private static final int LATE_MILLIS = 500;

    private static final int MINUTE_MILLIS = 60_000;
    private static final int STEP_MILLIS = 10;
    private static final int COUNTS = 128;
    private static final long NANOS_A_MILLI = 1_000_000L;
    private static final int NONE = -1;

    private final String id;
    private final Long2LongHashMap highestOfEpoch = new Long2LongHashMap(NONE);
    private final int[] lastCounts = new int[Records.CONTROL_KINDS];
    /** How often the server's clock was ahead of the device's by so many steps when a message came. */
    private final Long2LongCounterMap offsets = new Long2LongCounterMap(0);

    private long messages;
    private long bytes;
    private long firstNs;
    private long lastNs;
    private long missing;
    private long missingCounts;

    DeviceSummary(final String id) {
        this.id = id;
        Arrays.fill(lastCounts, NONE);
    }

    void add(final Records record, final MessageHead head) {
        final long timeNs = record.receivedAtNs();
        firstNs = messages == 0 ? timeNs : firstNs;
        lastNs = timeNs;
        messages++;
        bytes += record.payloadLength();
        number(record.bootEpoch(), record.number());
        if (head.msgCnt != MessageHead.ABSENT) {
            count(record.kind(), head.msgCnt);
        }
        if (head.secMark != MessageHead.ABSENT) {
            offsets.incrementAndGet(Math.floorDiv(offset(timeNs, head.secMark), STEP_MILLIS));
        }
    }

    private void number(final long epoch, final long number) {
        final long before = highestOfEpoch.put(epoch, number);
        if (before != NONE && number > before + 1) {
            missing += number - before - 1;
        }
    }

    private void count(final int kind, final int msgCnt) {
        if (lastCounts[kind] != NONE) {
            missingCounts += Math.floorMod(msgCnt - lastCounts[kind] - 1, COUNTS);
        }
        lastCounts[kind] = msgCnt;
    }

    /** Half a minute is the most that a time within the minute tells. */
    private static int offset(final long timeNs, final int secMark) {
        final int millis = (int) Math.floorMod(timeNs / NANOS_A_MILLI - secMark, (long) MINUTE_MILLIS);
        return millis >= MINUTE_MILLIS / 2 ? millis - MINUTE_MILLIS : millis;
    }

    /** Its id. */
    public String id() {
        return id;
    }

    /** Its messages. */
    public long messages() {
        return messages;
    }

    /** Bytes of them. */
    public long bytes() {
        return bytes;
    }

    /** Receive time of the first, ns since 1970. */
    public long firstNs() {
        return firstNs;
    }

    /** Receive time of the last, ns since 1970. */
    public long lastNs() {
        return lastNs;
    }

    /** Numbers left out between those that are there: messages that were never sent, or were refused. */
    public long missing() {
        return missing;
    }

    /** Counts (msgCnt, 0 to 127) left out within a kind; 128 lost in a row are not seen, and a repeated count is 127. */
    public long missingCounts() {
        return missingCounts;
    }

    /** Least milliseconds that the server's clock was ahead of a message's time, to 10 ms; {@link #UNKNOWN} where none has one. */
    public int leastOffsetMillis() {
        return offsets.isEmpty() ? UNKNOWN : (int) leastOffset() * STEP_MILLIS;
    }

    private long leastOffset() {
        final long[] least = {Long.MAX_VALUE};
        offsets.forEach((offset, _) -> least[0] = Math.min(least[0], offset));
        return offsets.isEmpty() ? 0 : least[0];
    }

    /** Messages that came more than half a second later than the quickest one. */
    public long late() {
        final long intime = leastOffset() + LATE_MILLIS / STEP_MILLIS;
        final long[] late = {0};
        offsets.forEach((offset, count) -> late[0] += offset > intime ? count : 0);
        return late[0];
    }
}
