package io.luyun.server.mqtt;

import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What of one connection is taken but not acknowledged, in the order it came: the number that must be safe, the packet
 * id, the quality. Refusals stand in the same order. Owned by its session.
 */
final class PendingAcks {
    private static final int INITIAL = 16;
    private static final int QOS_SHIFT = 16;
    private static final int PACKET_ID = 0xFFFF;

    private final Long2ObjectHashMap<Answer> answers = new Long2ObjectHashMap<>();
    private long[] numbers = new long[INITIAL];
    private int[] packets = new int[INITIAL];
    private int first;
    private int size;

    /** What is to be said besides or instead of a plain acknowledgement. */
    record Answer(int reason, String text, @Nullable FamilyAck ack) {}

    int size() {
        return size;
    }

    /** Quality 0 counts only with an answer. */
    void add(final long number, final int packetId, final int qos, final @Nullable Answer answer) {
        if (size == numbers.length) {
            grow();
        }
        final int last = (first + size++) & (numbers.length - 1);
        numbers[last] = number;
        packets[last] = qos << QOS_SHIFT | (packetId & PACKET_ID);
        if (answer != null) {
            answers.put(number, answer);
        }
    }

    /** Number of the oldest; Long.MAX_VALUE when there is none. */
    long number() {
        return size == 0 ? Long.MAX_VALUE : numbers[first];
    }

    int packetId() {
        return packets[first] & PACKET_ID;
    }

    int qos() {
        return packets[first] >>> QOS_SHIFT;
    }

    /** Takes the oldest away. */
    @Nullable
    Answer remove() {
        final long number = numbers[first];
        first = (first + 1) & (numbers.length - 1);
        size--;
        return answers.isEmpty() ? null : answers.remove(number);
    }

    private void grow() {
        final int old = numbers.length;
        final long[] newNumbers = Arrays.copyOf(numbers, old * 2);
        final int[] newPackets = Arrays.copyOf(packets, old * 2);
        for (int i = 0; i < old; i++) {
            newNumbers[i] = numbers[(first + i) & (old - 1)];
            newPackets[i] = packets[(first + i) & (old - 1)];
        }
        numbers = newNumbers;
        packets = newPackets;
        first = 0;
    }
}
