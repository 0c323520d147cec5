package io.luyun.benchmarks;

import io.luyun.proto.v1.RecordKind;
import io.luyun.server.session.Line;
import io.luyun.server.session.Sessions;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** A line that takes every record and remembers it until its burst is answered: appended and synced at once. One thread. */
@NullUnmarked // told whom it answers before anything is offered
final class TakingLine implements Line {
    private final long[] ids = new long[NettyBenchmark.BURST];
    private final int[] kinds = new int[NettyBenchmark.BURST];
    private final long[] numbers = new long[NettyBenchmark.BURST];
    private Sessions sessions;
    private int waiting;
    private long sequence;
    private long lastId;
    private int lastDevice;
    private long taken;

    /** The sessions come after their line. */
    void answers(final Sessions all) {
        sessions = all;
    }

    /** Records so far. */
    long taken() {
        return taken;
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
        ids[waiting] = sessionId;
        kinds[waiting] = kind;
        numbers[waiting] = number;
        waiting++;
        taken++;
        return true;
    }

    /** Answers what was offered since the last time. */
    void answer() {
        for (int i = 0; i < waiting; i++) {
            final boolean opened = kinds[i] == RecordKind.RECORD_KIND_SESSION_OPENED_VALUE;
            sessions.onAppended(ids[i], kinds[i], opened ? 0 : numbers[i], ++sequence, false);
        }
        waiting = 0;
        sessions.onSynced(sequence);
    }
}
