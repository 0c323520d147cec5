package io.luyun.server.journal;

import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Not there yet. */
@SuppressWarnings("DoNotCallSuggester")
public final class JournalWriter {
    JournalWriter() {}

    /** Says who hears of appends and syncs; once, before the journal starts. */
    public void observe(final AppendObserver appends, final SyncObserver syncs) {
        throw new UnsupportedOperationException();
    }

    /** Hands a record to the line thread; any thread. False when the intake is full. */
    public boolean offer(
            final int kind,
            final int deviceIndex,
            final long number,
            final long sessionId,
            final long receivedAtNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        throw new UnsupportedOperationException();
    }

    /** Line thread: takes a bounded batch from the intake and appends it; returns how many were taken or written. */
    public int doWork() {
        throw new UnsupportedOperationException();
    }

    /** Line thread: appends a record as it is, without intake and numbering; returns its sequence. */
    public long append(
            final int kind,
            final int deviceIndex,
            final long number,
            final long timeNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        throw new UnsupportedOperationException();
    }

    /** The last sequence appended; any thread. */
    public long appendedSequence() {
        throw new UnsupportedOperationException();
    }

    /** The last sequence that survives a loss of power; any thread. */
    public long syncedSequence() {
        throw new UnsupportedOperationException();
    }

    /** Whether new sessions and messages may come; any thread. */
    public boolean accepting() {
        return refusal() == null;
    }

    /** Why not, in one line for people; null while accepting; any thread. */
    public @Nullable String refusal() {
        throw new UnsupportedOperationException();
    }
}
