package io.luyun.server;

import io.luyun.server.audit.AuditLog;
import io.luyun.server.evidence.EvidenceFace;
import io.luyun.server.evidence.EvidenceRoom;
import io.luyun.server.evidence.EvidenceSource;
import io.luyun.server.evidence.SyncState;
import io.luyun.server.journal.JournalWriter;
import io.luyun.server.supervise.SupervisionRoom;
import io.luyun.server.supervise.TestVehicles;
import io.luyun.server.supervise.VehicleEvents;
import java.nio.file.Path;
import java.time.Instant;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/** What reads a running server's journals on behalf of who supervises the zone: evidence and the account of test vehicles. On threads of its own. */
final class Supervision implements AutoCloseable {
    private final @Nullable EvidenceRoom room;
    private final @Nullable EvidenceFace evidence;
    private final @Nullable SupervisionRoom vehicles;
    private final ErrorHandler errors;

    Supervision(
            final ServerConfig config,
            final @Nullable TestVehicles supervised,
            final ServerLine line,
            final ForwardClock clock,
            final ErrorHandler errors) {
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
        vehicles = supervised == null
                ? null
                : new SupervisionRoom(
                        supervised,
                        data,
                        room == null
                                ? VehicleEvents.NONE
                                : new VehicleIncidents(config.evidence().triggers(), room),
                        clock,
                        errors);
    }

    /**
     * The test vehicles of a configuration; null for none.
     *
     * @throws ConfigException when their file cannot be used
     */
    static @Nullable TestVehicles testVehicles(final SuperviseConfig config) {
        try {
            return config.file().isEmpty() ? null : TestVehicles.read(Path.of(config.file()));
        } catch (final IllegalArgumentException e) {
            throw new ConfigException("supervise.file = " + config.file() + ": " + e.getMessage(), e);
        }
    }

    private static EvidenceRoom room(
            final ServerConfig config, final ServerLine line, final ForwardClock clock, final ErrorHandler errors) {
        final Path data = Path.of(config.data());
        final String zone = config.zone().file();
        final JournalWriter journal = line.journal().writer();
        final JournalWriter alerts = line.alertJournal().writer();
        return new EvidenceRoom(
                config.evidence().leaving(config.journal().diskHighMiB()),
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

    Supervision start(final ServerStatus status) {
        if (room != null) {
            room.start();
            status.freezes(room.counts());
        }
        if (vehicles != null) {
            vehicles.start();
        }
        return this;
    }

    /** Null where it is not enabled. */
    @Nullable
    EvidenceFace evidence() {
        return evidence;
    }

    /** The test vehicles as JSON; null where there are none. */
    byte @Nullable [] vehicles() {
        return vehicles == null ? null : vehicles.table();
    }

    @Override
    public void close() {
        CloseHelper.closeAll(errors, vehicles, room);
    }
}
