package io.luyun.server.session;

import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions put what they accept: the intake of the journal. Implementations are called by every event loop and
 * never block.
 */
public interface Line {
    /** The number that stands for this device in the journal; the same for the same id. */
    int deviceIndex(String deviceId);

    /** A number never given before in the life of the journal, at most 2^59. */
    long newSessionId();

    /** Why nothing is accepted now, for people; null while the line accepts. */
    @Nullable
    String refusal();

    /**
     * Whether what comes now waits for its turn: those who send most should not add to it.
     *
     * @param bytes so much may wait, and no more than half of what can
     */
    default boolean crowded(final int bytes) {
        return false;
    }

    /**
     * Offers a record.
     *
     * @param kind number of luyun.v1 RecordKind
     * @param number the device's number of the message, 0 for records that are not messages of devices
     * @return false when the intake is full: nothing was taken, try again later
     */
    boolean offer(
            int kind,
            int deviceIndex,
            long number,
            long sessionId,
            long receivedAtNs,
            DirectBuffer buffer,
            int offset,
            int length);
}
