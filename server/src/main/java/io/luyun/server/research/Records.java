package io.luyun.server.research;

import io.luyun.server.journal.Damage;
import io.luyun.server.journal.JournalReader;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A row of records, each looked at in its turn. One thread; closed by whoever opened it. What the accessors answer is valid until the
 * next call of {@link #next}.
 */
public interface Records extends AutoCloseable {
    /** Kinds from here on are not messages of devices. */
    int CONTROL_KINDS = 64;

    /** Goes to the next record; false when there is none. */
    boolean next();

    /** Whether nothing that may still be written is wanted, so that {@link #next} need not be asked again. */
    default boolean over() {
        return false;
    }

    /** Its sequence within its journal. */
    long sequence();

    /** Its receive time, ns since 1970; never below that of the record before. */
    long receivedAtNs();

    /** Its kind, a number of RecordKind. */
    int kind();

    /** Id of its device; empty for a record of none. */
    String deviceId();

    /** The device's number of the message; 0 for records that are not messages. */
    long number();

    /** Boot epoch the number belongs to; 0 for records that are not messages. */
    long bootEpoch();

    /** The bytes the payload lies in. */
    DirectBuffer buffer();

    /** Where the payload begins: the message of its kind. */
    int payloadOffset();

    /** How long it is; 0 for kinds that have none. */
    int payloadLength();

    /** Damaged ranges met so far. */
    List<Damage> damage();

    /** Whether it is a message of a device. */
    default boolean message() {
        return kind() < CONTROL_KINDS && !deviceId().isEmpty();
    }

    /** The reader that stands at it in its file; null for a record that does not stand in one as it is. */
    default @Nullable JournalReader stored() {
        return null;
    }

    /** A copy of the payload. */
    default byte[] payload() {
        final byte[] payload = new byte[payloadLength()];
        buffer().getBytes(payloadOffset(), payload);
        return payload;
    }

    @Override
    void close();
}
