package io.luyun.server.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Copies the sound records of a journal, file by file, each with all it had, and writes down what is missing. The copy is made
 * under a name of its own and takes its name when all of it is on the disk: there is never a part of one. The journal itself
 * is only read. One thread.
 */
final class JournalRepair {
    private static final String PARTIAL = ".partial";
    private static final String WORK = "copying";
    private static final String CHRONICLE = "metadata.cq4t";

    private final Path source;
    private final JournalArchive archive;
    private final Instant now;
    private long records;
    private long bytes;
    private long lastSequence;
    private long lastTimeNs;

    JournalRepair(final Path source, final JournalArchive archive, final EpochNanoClock clock) {
        this.source = source;
        this.archive = archive;
        this.now = Instant.EPOCH.plusNanos(clock.nanoTime());
    }

    RepairReport to(final Path target) throws IOException {
        refuseIfInUse(target);
        final Path parent = target.toAbsolutePath().normalize().getParent();
        if (parent == null) {
            throw new JournalException(target + " cannot be written");
        }
        final Path partial = parent.resolve(target.getFileName() + PARTIAL);
        if (Files.exists(partial)) {
            throw new JournalException(partial + " is in the way: a repair is at work, or was cut off and left it");
        }
        Files.createDirectories(parent);
        Files.createDirectory(partial);
        boolean done = false;
        try {
            final RepairReport report = fill(partial);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            done = true;
            GroupCommit.ChannelForce.forceDirectory(parent);
            return report;
        } finally {
            if (!done) {
                remove(partial);
            }
        }
    }

    private RepairReport fill(final Path partial) throws IOException {
        final OnceTable carried = Checkpoint.carriedOnce(source);
        final Checkpoint checkpoint = Checkpoint.read(source);
        final List<Missing> missing = new ArrayList<>(new MissingFile(source).entries());
        // A journal that is being written was cut when it was opened.
        final Scan scan = archive.live() ? null : Scan.of(source, JournalFile.list(source), checkpoint);
        final Damage hole = scan == null ? null : scan.hole();
        final long last = hole == null ? archive.lastSequence() : hole.firstSequence() - 1;
        final List<Damage> damage = copy(partial, last);
        if (scan != null && hole != null) {
            damage.removeIf(found -> found.firstSequence() > last);
            if (hole.firstSequence() <= scan.synced()) {
                damage.add(new Damage(hole.firstSequence(), scan.synced(), hole.file(), hole.offset(), hole.finding()));
            }
            missing.add(Recovery.missing(hole, scan, 0, now));
        }
        for (final Damage found : damage) {
            if (found.lastSequence() == 0 || found.lastSequence() >= found.firstSequence()) {
                missing.add(missing(found));
            }
        }
        new MissingFile(partial).write(missing);
        Checkpoint.writeCarried(partial, archive.deviceIds(), carried);
        EvidenceHolds.copy(source, partial);
        DirectoryLock.mark(partial);
        check(partial, checkpoint == null ? 0 : checkpoint.lastRun());
        return new RepairReport(records, bytes, damage, new JournalArchive(partial).missing());
    }

    /** Copies what is there now; what a running server writes meanwhile is left out. */
    private List<Damage> copy(final Path partial, final long last) throws IOException {
        for (final JournalFile file : JournalFile.list(source)) {
            copyRun(file.path().toAbsolutePath().getParent(), partial.resolve(JournalFile.runName(file.run())));
        }
        try (JournalReader reader = archive.reader(1)) {
            String name = "";
            CycleCopy copy = null;
            try {
                while (reader.next() && reader.sequence() <= last) {
                    if (copy == null || !reader.file().equals(name)) {
                        put(copy, partial.resolve(name));
                        copy = null;
                        name = reader.file();
                        copy = new CycleCopy(partial.resolve(WORK));
                    }
                    bytes += copy.append(reader);
                    records++;
                    lastSequence = reader.sequence();
                    lastTimeNs = reader.receivedAtNs();
                }
                put(copy, partial.resolve(name));
                copy = null;
            } finally {
                if (copy != null) {
                    copy.close();
                }
            }
            return new ArrayList<>(reader.damage());
        }
    }

    /** The copy has the runs of the journal, also those without a record: numbers of runs are given out once. */
    private static void copyRun(final @Nullable Path run, final Path copied) throws IOException {
        if (run == null || Files.exists(copied)) {
            return;
        }
        Files.createDirectory(copied);
        final Path chronicle = run.resolve(CHRONICLE);
        if (Files.exists(chronicle)) {
            Files.copy(chronicle, copied.resolve(CHRONICLE));
        }
    }

    private static void put(final @Nullable CycleCopy copy, final Path path) throws IOException {
        if (copy != null) {
            try (copy) {
                Files.move(copy.end().path(), path, StandardCopyOption.ATOMIC_MOVE);
                GroupCommit.ChannelForce.forceDirectory(path.getParent());
            }
        }
    }

    private Missing missing(final Damage found) {
        final long count = found.lastSequence() == 0 ? 0 : found.lastSequence() - found.firstSequence() + 1;
        return new Missing(
                found.firstSequence(),
                found.lastSequence(),
                count,
                found.file(),
                now,
                new Missing.Damaged(found.offset(), found.finding()));
    }

    /** Reads the copy as a server would, and leaves it a checkpoint. */
    private void check(final Path partial, final long lastRun) throws IOException {
        final List<JournalFile> files = JournalFile.list(partial);
        final Scan scan = Scan.of(partial, files, null);
        final ScanReport report = scan.report(0, null);
        if (report.records() != records || !report.damage().isEmpty()) {
            throw new JournalException("the copy cannot be read as it was written: " + report.records() + " of "
                    + records + " records, damage " + report.damage());
        }
        if (records > 0) {
            new Checkpoint(
                            lastSequence,
                            lastTimeNs,
                            scan.file(),
                            scan.position(),
                            scan.end(),
                            Math.max(lastRun, JournalFile.lastRun(source)),
                            files.stream().map(JournalFile::name).toList(),
                            files.stream().map(JournalFile::end).toList(),
                            scan.devices().ids(),
                            scan.once())
                    .write(partial);
        }
        GroupCommit.ChannelForce.forceDirectory(partial);
    }

    private static void refuseIfInUse(final Path target) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(target)) {
            if (entries.iterator().hasNext()) {
                throw new JournalException(target + " is not empty: a copy goes into a directory of its own");
            }
        } catch (final NotDirectoryException e) {
            throw new JournalException(target + " is no directory", e);
        } catch (final NoSuchFileException e) {
            // As it should be: it is made.
        }
    }

    private static void remove(final Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (final Path entry : entries) {
                if (Files.isDirectory(entry)) {
                    remove(entry);
                } else {
                    Files.delete(entry);
                }
            }
        }
        Files.delete(directory);
    }
}
