package io.luyun.server.evidence;

import io.luyun.server.journal.EvidenceHold;
import io.luyun.server.journal.EvidenceHolds;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.SafeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Incidents that are not sealed yet, a file each, and what keeps their records in the journals until then. A hold is known by its reason,
 * so none is forgotten when the process ends between the two. Any thread, one at a time.
 */
final class PendingIncidents {
    private static final String SUFFIX = ".json";
    private static final String REASON = "evidence ";

    private final Path directory;
    private final List<Path> journals;
    private final EpochNanoClock clock;
    private final ErrorHandler errors;

    PendingIncidents(
            final PackageStore store,
            final EvidenceSource source,
            final EpochNanoClock clock,
            final ErrorHandler errors) {
        this.errors = errors;
        directory = store.pending();
        journals = List.of(source.journal(), source.alerts());
        this.clock = clock;
    }

    /** All of them that can be read, oldest first. */
    List<Incident> list() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        final List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(each -> each.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (final IOException e) {
            throw new EvidenceException("cannot list " + directory + ": " + e.getMessage(), e);
        }
        final List<Incident> incidents = new ArrayList<>();
        for (final Path file : files) {
            try {
                incidents.add(Incident.of(PackageStore.read(file)));
            } catch (final IllegalArgumentException | EvidenceException e) {
                // one that nobody can read must not keep the others from being sealed
                errors.onError(new EvidenceException(file + ": is no incident: " + e.getMessage(), e));
            }
        }
        return incidents;
    }

    /** Writes one down, or what has become of it, and holds its records. */
    void put(final Incident incident) throws IOException {
        for (final Path journal : journals) {
            if (Journal.existsAt(journal)) {
                // else it would leave files that the server could not change
                new EvidenceHolds(journal).requireOwner();
            }
        }
        Files.createDirectories(directory);
        SafeFile.write(
                directory.resolve(incident.id() + SUFFIX),
                incident.json().toPrettyString().getBytes(StandardCharsets.UTF_8));
        hold(incident);
    }

    /** Holds its records, if they are not: its writer may have gone before that. */
    void hold(final Incident incident) {
        final Instant from = Instant.EPOCH.plusNanos(incident.fromNs() - StandingRecords.LOOK_BACK_NS);
        final Instant until = Instant.EPOCH.plusNanos(incident.untilNs());
        for (final Path journal : journals) {
            if (Journal.existsAt(journal)) {
                final EvidenceHolds holds = new EvidenceHolds(journal);
                boolean held = false;
                for (final EvidenceHold hold : holds.list()) {
                    held |= hold.reason().equals(REASON + incident.id())
                            && !hold.start().isAfter(from)
                            && !hold.end().isBefore(until);
                }
                if (!held) {
                    holds.add(from, until, REASON + incident.id(), clock);
                }
            }
        }
    }

    /** One is sealed: its records are held no more. */
    void done(final Incident incident) throws IOException {
        for (final Path journal : journals) {
            if (Journal.existsAt(journal)) {
                final EvidenceHolds holds = new EvidenceHolds(journal);
                for (final EvidenceHold hold : holds.list()) {
                    if (hold.reason().equals(REASON + incident.id())) {
                        holds.remove(hold.id(), clock);
                    }
                }
            }
        }
        Files.deleteIfExists(directory.resolve(incident.id() + SUFFIX));
    }
}
