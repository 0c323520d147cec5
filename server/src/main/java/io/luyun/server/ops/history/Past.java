package io.luyun.server.ops.history;

import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalReader;
import org.jspecify.annotations.Nullable;

/**
 * A record of a journal, taken out of it.
 *
 * @param atNs its receive time, ns since 1970
 * @param deviceIndex number of its device; -1 for none
 * @param kind a number of RecordKind
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Past(long sequence, long atNs, int deviceIndex, int kind, byte[] payload) {
    /** The record of this sequence; null where it is not there any more. */
    public static @Nullable Past read(final JournalArchive journal, final long sequence) {
        try (JournalReader reader = journal.reader(sequence)) {
            return reader.next() && reader.sequence() == sequence ? of(reader) : null;
        }
    }

    /** The record that a reader stands on. */
    public static Past of(final JournalReader reader) {
        final byte[] payload = new byte[reader.payloadLength()];
        reader.buffer().getBytes(reader.payloadOffset(), payload);
        return new Past(reader.sequence(), reader.receivedAtNs(), reader.deviceIndex(), reader.kind(), payload);
    }
}
