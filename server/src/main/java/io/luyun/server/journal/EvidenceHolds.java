package io.luyun.server.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The evidence holds of a journal, in a file {@code holds} of its directory; see {@link CheckedLines} for its form. From the
 * return of {@link #add} on nothing in the span is removed. Any thread.
 */
public final class EvidenceHolds {
    private static final String NAME = "holds";
    private static final String FORMAT = "luyun holds 1";
    private static final String PREFIX = "H";
    private static final String ID = "id";
    private static final String REMOVED = "removed";

    private final Path directory;

    /** Of the journal in a directory. */
    public EvidenceHolds(final Path directory) {
        this.directory = directory;
    }

    /**
     * The holds, oldest first.
     *
     * @throws JournalException when the file is damaged: what is held is not known then
     */
    public List<EvidenceHold> list() {
        return lines().stream()
                .filter(line -> !line.has(REMOVED))
                .map(EvidenceHolds::hold)
                .toList();
    }

    /** Those that stand and those that were removed. */
    private List<ObjectNode> lines() {
        try {
            final CheckedLines.Content content = CheckedLines.read(directory.resolve(NAME), FORMAT);
            if (!content.findings().isEmpty()) {
                throw new JournalException("the file " + directory.resolve(NAME) + " is not sound, "
                        + content.findings().getFirst() + ": what is held is not known");
            }
            return content.objects().stream()
                    .map(line -> CheckedLines.line().setAll((ObjectNode) line))
                    .map(ObjectNode.class::cast)
                    .toList();
        } catch (final IOException e) {
            throw new JournalException("cannot read the holds of " + directory + ": " + e.getMessage(), e);
        }
    }

    /**
     * Fails for whoever is not the owner of the journal, who could add none.
     *
     * @throws JournalException naming the owner
     */
    public void requireOwner() {
        RetentionLock.requireOwner(directory);
    }

    /**
     * Adds one.
     *
     * @param start its first instant of receive time
     * @param end the instant behind its last
     * @param reason why, for people
     * @throws IllegalArgumentException when the end is not behind the start, or there is no reason
     */
    public EvidenceHold add(final Instant start, final Instant end, final String reason, final EpochNanoClock clock) {
        if (!end.isAfter(start)) {
            throw new IllegalArgumentException("end " + end + ": must be behind the start, " + start);
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("reason: must not be empty");
        }
        RetentionLock.requireOwner(directory);
        try (RetentionLock lock = RetentionLock.take(directory)) {
            final List<ObjectNode> lines = new ArrayList<>(lines());
            int highest = 0;
            for (final ObjectNode line : lines) {
                highest = Math.max(
                        highest, Integer.parseInt(line.path(ID).asText().substring(PREFIX.length())));
            }
            final EvidenceHold added = new EvidenceHold(PREFIX + (highest + 1), start, end, reason, seconds(clock));
            lines.add(line(added));
            write(lines, lock);
            return added;
        }
    }

    /**
     * Removes one; false when none with this id stands. Its line stays, with the time: its id is not given to another, which somebody
     * who noted it down would remove.
     */
    public boolean remove(final String id, final EpochNanoClock clock) {
        RetentionLock.requireOwner(directory);
        try (RetentionLock lock = RetentionLock.take(directory)) {
            final List<ObjectNode> lines = lines();
            for (final ObjectNode line : lines) {
                if (line.path(ID).asText().equals(id) && !line.has(REMOVED)) {
                    line.put(REMOVED, seconds(clock).toString());
                    write(lines, lock);
                    return true;
                }
            }
            return false;
        }
    }

    private static Instant seconds(final EpochNanoClock clock) {
        return Instant.EPOCH.plusNanos(clock.nanoTime()).truncatedTo(ChronoUnit.SECONDS);
    }

    /** A copy of a journal is held as the journal is. */
    static void copy(final Path from, final Path to) throws IOException {
        if (Files.exists(from.resolve(NAME))) {
            SafeFile.write(to.resolve(NAME), Files.readAllBytes(from.resolve(NAME)));
        }
    }

    private static ObjectNode line(final EvidenceHold hold) {
        return CheckedLines.line()
                .put(ID, hold.id())
                .put("start", hold.start().toString())
                .put("end", hold.end().toString())
                .put("reason", hold.reason())
                .put("noted", hold.noted().toString());
    }

    private void write(final List<ObjectNode> lines, final RetentionLock lock) {
        try {
            lock.require(directory);
            CheckedLines.write(directory.resolve(NAME), FORMAT, lines);
        } catch (final IOException e) {
            throw new JournalException("cannot write the holds of " + directory + ": " + e.getMessage(), e);
        }
    }

    private static EvidenceHold hold(final JsonNode line) {
        return new EvidenceHold(
                line.path(ID).asText(),
                Instant.parse(line.path("start").asText()),
                Instant.parse(line.path("end").asText()),
                line.path("reason").asText(),
                Instant.parse(line.path("noted").asText()));
    }
}
