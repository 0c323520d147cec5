package io.luyun.server.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes records out of a journal, a file at a time, so that it is sound whenever the process is killed. What is to stay of a file
 * is first written beside. Then, under the {@link RetentionLock}:
 *
 * <pre>
 *   1 carried    devices and highest numbers of what goes; more than is needed until 3
 *   2 missing    what goes; it is still there until 3, which is no harm
 *   3 the file   renamed over, or deleted
 * </pre>
 *
 * Whatever was left beside by a process that was killed is removed by the next one. One at a time, see
 * {@link RetentionLock#turn}.
 */
final class CycleChange {
    private static final String WORK = "retaining";

    private final Path directory;
    private final MissingFile missing;
    private final Instant now;
    private final List<String> devices;
    private final Steps steps;

    /**
     * Of a journal.
     *
     * @param missing what is known to be missing from it
     * @param now what is noted as the time of it
     * @param devices names of the devices, by their numbers in records
     */
    CycleChange(
            final Path directory,
            final MissingFile missing,
            final Instant now,
            final List<String> devices,
            final Steps steps)
            throws IOException {
        CycleCopy.clear(directory.resolve(WORK));
        this.directory = directory;
        this.missing = missing;
        this.now = now;
        this.devices = devices;
        this.steps = steps;
    }

    /** Hears of each change before it is made, and of the end; a test ends the process there. */
    @FunctionalInterface
    interface Steps {
        void before(String what) throws IOException;
    }

    /** Why a file is not changed; the message is for people. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final String why;

        Refused(final String why) {
            super(why);
            this.why = why;
        }

        String why() {
            return why;
        }
    }

    /** Writes a file anew without some classes; returns what was read on the way. */
    CycleReading rewrite(final Cycle cycle, final Set<MessageClass> drop) throws IOException, Refused {
        steps.before("copy");
        try (CycleCopy copy = new CycleCopy(directory.resolve(WORK))) {
            final OnceTable once = new OnceTable();
            final CycleReading reading = CycleReading.of(missing, cycle, drop, once, copy);
            if (reading.kept() == 0) {
                commit(cycle, reading, once, drop, null);
            } else {
                // Where there is nothing to take out the file stays, and it is written down that this was looked at.
                commit(cycle, reading, once, drop, reading.records(drop) == 0 ? cycle.file() : copy.end());
            }
            return reading;
        }
    }

    /** Deletes a file; returns what was read before. */
    CycleReading delete(final Cycle cycle) throws IOException, Refused {
        steps.before("read");
        final OnceTable once = new OnceTable();
        final CycleReading reading = CycleReading.of(missing, cycle, Set.of(MessageClass.values()), once, null);
        commit(cycle, reading, once, Set.of(), null);
        return reading;
    }

    private void commit(
            final Cycle cycle,
            final CycleReading reading,
            final OnceTable once,
            final Set<MessageClass> drop,
            final @Nullable JournalFile stays)
            throws IOException, Refused {
        final Path path = cycle.file().path();
        try (RetentionLock lock = RetentionLock.take(directory);
                Descriptor descriptor = Descriptor.open(path)) {
            lock.require(directory);
            final String reader =
                    descriptor == null || !descriptor.tryLock() ? cycle.file().name() : readerBefore(cycle);
            if (reader != null) {
                throw new Refused("somebody reads " + reader);
            }
            refuseIfHeld(cycle);
            steps.before("carried");
            carry(once);
            steps.before("missing");
            note(cycle, reading, drop, stays);
            steps.before("file");
            if (stays == null) {
                Files.delete(path);
            } else if (stays != cycle.file()) {
                Files.move(stays.path(), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            steps.before("directory");
            GroupCommit.ChannelForce.forceDirectory(path.toAbsolutePath().getParent());
            steps.before("end");
        }
    }

    /** The first file before this one that somebody reads; null when nobody does. */
    private @Nullable String readerBefore(final Cycle cycle) throws IOException {
        for (final JournalFile file : JournalFile.list(directory)) {
            if (file.name().compareTo(cycle.file().name()) >= 0) {
                return null;
            }
            if (isRead(file)) {
                return file.name();
            }
        }
        return null;
    }

    /** Whether somebody reads a file. */
    static boolean isRead(final JournalFile file) throws IOException {
        try (Descriptor descriptor = Descriptor.open(file.path())) {
            return descriptor != null && !descriptor.tryLock();
        }
    }

    private void refuseIfHeld(final Cycle cycle) throws Refused {
        final EvidenceHold hold = held(new EvidenceHolds(directory).list(), cycle);
        if (hold != null) {
            throw new Refused(why(hold));
        }
    }

    /** The first of the holds that a file is under; null when it is under none. */
    static @Nullable EvidenceHold held(final List<EvidenceHold> holds, final Cycle cycle) {
        for (final EvidenceHold hold : holds) {
            if (hold.touches(cycle.first().timeNs(), cycle.last().timeNs())) {
                return hold;
            }
        }
        return null;
    }

    static String why(final EvidenceHold hold) {
        return "under hold " + hold.id() + ": " + hold.reason();
    }

    private void carry(final OnceTable gone) throws IOException {
        final OnceTable once = Checkpoint.carriedOnce(directory);
        once.raise(gone);
        Checkpoint.writeCarried(directory, devices, once);
    }

    private void note(
            final Cycle cycle,
            final CycleReading reading,
            final Set<MessageClass> drop,
            final @Nullable JournalFile stays)
            throws IOException {
        if (!missing.findings().isEmpty()) {
            throw new JournalException("the file missing of " + directory + " is not sound, "
                    + missing.findings().getFirst() + ": nothing is removed while it is not");
        }
        final Missing before = missing.retired(cycle.file().name());
        final List<Missing> entries = new ArrayList<>(missing.entries());
        entries.remove(before);
        final Missing entry = entry(cycle, reading, drop, stays, before);
        entries.add(entry);
        if (stays != null && stays != cycle.file()) {
            for (final Damage found : reading.damage()) {
                if (found.firstSequence() <= found.lastSequence()) {
                    entries.add(new Missing(
                            found.firstSequence(),
                            found.lastSequence(),
                            found.lastSequence() - found.firstSequence() + 1,
                            found.file(),
                            now,
                            new Missing.Damaged(found.offset(), found.finding())));
                }
            }
        }
        missing.write(entries);
    }

    private static long end(final Cycle cycle, final @Nullable JournalFile stays) throws IOException {
        if (stays == null) {
            return 0;
        }
        final FrameFinder.Place last = stays == cycle.file() ? cycle.last() : Seek.last(stays);
        if (last == null) {
            throw new JournalException("the file " + stays.path() + " cannot be read as it was written");
        }
        return last.end();
    }

    private Missing entry(
            final Cycle cycle,
            final CycleReading reading,
            final Set<MessageClass> drop,
            final @Nullable JournalFile stays,
            final @Nullable Missing before)
            throws IOException {
        final long first = before == null
                ? cycle.first().sequence()
                : Math.min(before.firstSequence(), cycle.first().sequence());
        final long last = before == null
                ? cycle.last().sequence()
                : Math.max(before.lastSequence(), cycle.last().sequence());
        final boolean whole = stays == null;
        final Set<MessageClass> all = EnumSet.noneOf(MessageClass.class);
        all.addAll(cycle.gone());
        all.addAll(drop);
        final List<String> labels =
                whole ? List.of() : all.stream().map(MessageClass::label).toList();
        final long kept = whole ? 0 : reading.kept();
        final long unchanged = before == null ? 0 : before.records();
        return new Missing(
                first,
                last,
                stays == cycle.file() ? unchanged : last - first + 1 - kept,
                cycle.file().name(),
                now,
                new Missing.Retired(
                        labels,
                        whole ? reading.bytes(Set.of(MessageClass.values())) : reading.bytes(drop),
                        whole ? 0 : reading.keptFirst(),
                        whole ? 0 : reading.keptLast(),
                        end(cycle, stays)));
    }
}
