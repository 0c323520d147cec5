package io.luyun.server;

import io.luyun.server.journal.Journal;
import io.luyun.server.session.Line;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** The way from the sessions into the journal. Any thread. */
final class JournalLine implements Line {
    private final Journal journal;
    private final Journal alerts;

    JournalLine(final Journal journal, final Journal alerts) {
        this.journal = journal;
        this.alerts = alerts;
    }

    @Override
    public int deviceIndex(final String deviceId) {
        return journal.devices().indexOf(deviceId);
    }

    @Override
    public long newSessionId() {
        return journal.devices().newSessionId();
    }

    @Override
    public @Nullable String refusal() {
        final String refusal = journal.writer().refusal();
        return refusal != null ? refusal : alerts.writer().refusal();
    }

    @Override
    public boolean crowded(final int bytes) {
        return journal.writer().crowded(bytes);
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
        return journal.writer().offer(kind, deviceIndex, number, sessionId, receivedAtNs, buffer, offset, length);
    }
}
