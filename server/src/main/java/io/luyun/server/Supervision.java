package io.luyun.server;

import io.luyun.server.audit.AuditLog;
import io.luyun.server.evidence.EvidenceFace;
import io.luyun.server.evidence.EvidenceRoom;
import io.luyun.server.evidence.EvidenceSource;
import io.luyun.server.evidence.SyncState;
import io.luyun.server.journal.JournalWriter;
import java.nio.file.Path;
import java.time.Instant;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/** What reads a running server's journals on behalf of who supervises the zone: evidence. On threads of its own. */
final class Supervision implements AutoCloseable {
    private final @Nullable EvidenceRoom room;
    private final @Nullable EvidenceFace evidence;
    private final ErrorHandler errors;

    Supervision(final ServerConfig config, final ServerLine line, final ForwardClock clock, final ErrorHandler errors) {
        this.errors = errors;
        final Path data = Path.of(config.data());
        room = config.evidence().enabled() ? room(config, line, clock, errors) : null;
        evidence = room == null
                ? null
                : new EvidenceFace(
                        room,
                        new AuditLog(
                                data.resolve("audit").resolve(AuditLog.FILE_NAME),
                                () -> Instant.EPOCH.plusNanos(clock.nanoTime())),
                        clock::nanoTime);
    }

    private static EvidenceRoom room(
            final ServerConfig config, final ServerLine line, final ForwardClock clock, final ErrorHandler errors) {
        final Path data = Path.of(config.data());
        final String zone = config.zone().file();
        final JournalWriter journal = line.journal().writer();
        final JournalWriter alerts = line.alertJournal().writer();
        return new EvidenceRoom(
                config.evidence(),
                data.resolve("evidence"),
                new EvidenceSource(
                        data.resolve("journal"),
                        data.resolve("alerts"),
                        zone.isEmpty() ? null : Path.of(zone),
                        ServerStatus.version()),
                new SyncState(
                        journal::appendedSequence,
                        journal::syncedSequence,
                        alerts::appendedSequence,
                        alerts::syncedSequence),
                clock,
                errors);
    }

    Supervision start() {
        if (room != null) {
            room.start();
        }
        return this;
    }

    /** Null where it is not enabled. */
    @Nullable
    EvidenceFace evidence() {
        return evidence;
    }

    @Override
    public void close() {
        CloseHelper.close(errors, room);
    }
}
