package io.luyun.server.journal;

import org.agrona.DirectBuffer;

/** Not there yet. */
@SuppressWarnings("DoNotCallSuggester")
public final class JournalReader implements AutoCloseable {
    JournalReader() {}

    /** Goes to the next record; false when there is none yet. */
    public boolean next() {
        throw new UnsupportedOperationException();
    }

    /** Its sequence. */
    public long sequence() {
        throw new UnsupportedOperationException();
    }

    /** Its receive time. */
    public long receivedAtNs() {
        throw new UnsupportedOperationException();
    }

    /** The device's number of the message; 0 for records that are not messages. */
    public long number() {
        throw new UnsupportedOperationException();
    }

    /** Boot epoch the number belongs to; 0 for records that are not messages. */
    public long bootEpoch() {
        throw new UnsupportedOperationException();
    }

    /** The device, or -1. */
    public int deviceIndex() {
        throw new UnsupportedOperationException();
    }

    /** Its kind, a number of RecordKind. */
    public int kind() {
        throw new UnsupportedOperationException();
    }

    /** Flags; none yet. */
    public int flags() {
        throw new UnsupportedOperationException();
    }

    /** The bytes the payload lies in; valid until the next call of next(). */
    public DirectBuffer buffer() {
        throw new UnsupportedOperationException();
    }

    /** Where the payload begins. */
    public int payloadOffset() {
        throw new UnsupportedOperationException();
    }

    /** How long it is. */
    public int payloadLength() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
