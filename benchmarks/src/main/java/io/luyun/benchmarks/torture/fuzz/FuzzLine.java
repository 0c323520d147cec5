package io.luyun.benchmarks.torture.fuzz;

import io.luyun.proto.v1.RecordKind;
import io.luyun.server.session.Line;
import io.luyun.server.session.Sessions;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongArrayList;
import org.jspecify.annotations.Nullable;

/** A line that takes every record, keeps none, and says so when it is asked to: appended and synced at once. One thread. */
final class FuzzLine implements Line {
    /** Session, kind and number of what was offered, one after the other. */
    private final LongArrayList waiting = new LongArrayList();

    private @Nullable Sessions sessions;
    private long sequence;
    private long lastId;
    private int lastDevice;

    /** Answers these from here on; what others were waiting for is forgotten. */
    void answers(final Sessions now) {
        sessions = now;
        waiting.clear();
    }

    @Override
    public int deviceIndex(final String deviceId) {
        return lastDevice++;
    }

    @Override
    public long newSessionId() {
        return ++lastId;
    }

    @Override
    public @Nullable String refusal() {
        return null;
    }

    @Override
    public boolean offer(
            final int kind,
            final int deviceIndex,
            final long number,
            final long sessionId,
            final long receivedAtNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        waiting.addLong(sessionId);
        waiting.addLong(kind);
        waiting.addLong(number);
        return true;
    }

    /** Answers what was offered since the last time. */
    void answer() {
        final Sessions told = sessions;
        if (told == null) {
            return;
        }
        for (int i = 0; i < waiting.size(); i += 3) {
            final int kind = (int) waiting.getLong(i + 1);
            final boolean opened = kind == RecordKind.RECORD_KIND_SESSION_OPENED_VALUE;
            told.onAppended(waiting.getLong(i), kind, opened ? 0 : waiting.getLong(i + 2), ++sequence, false);
        }
        waiting.clear();
        told.onSynced(sequence);
    }
}
