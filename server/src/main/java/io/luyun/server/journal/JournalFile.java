package io.luyun.server.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One Chronicle file of a journal. Each process that writes the journal does so in a directory of its own, a run, so
 * that nothing is ever appended to a file whose writer was killed:
 *
 * <pre>
 *   journal/
 *     format                       "luyun journal 1"
 *     lock                         held by the writer, with its process id
 *     checkpoint                   see {@link Checkpoint}
 *     carried                      the same of what was removed
 *     missing                      see {@link MissingFile}
 *     holds                        see {@link EvidenceHolds}
 *     retention.lock               see {@link RetentionLock}
 *     retention.run.lock           held for a turn of retention
 *     retaining/                   a file that is written anew, see {@link CycleChange}
 *     run-00000001/
 *       metadata.cq4t              Chronicle's own
 *       20261124-06F.cq4           one roll cycle
 * </pre>
 */
final class JournalFile {
    private static final String RUN_PREFIX = "run-";
    private static final String SUFFIX = ".cq4";
    private static final long GRANULE = 64 << 10;

    private final Path path;
    private final long run;
    private final String name;
    private volatile long firstSequence;
    private volatile long firstTimeNs;
    private volatile long end;

    JournalFile(final Path path, final long run, final long firstSequence) {
        this.path = path;
        this.run = run;
        this.name = runName(run) + "/" + path.getFileName();
        this.firstSequence = firstSequence;
    }

    Path path() {
        return path;
    }

    long run() {
        return run;
    }

    /** Relative to the journal's directory. */
    String name() {
        return name;
    }

    /** Sequence of the first readable record; 0 when there is none; read from the file when first asked. */
    long firstSequence() {
        if (firstSequence == 0) {
            readFirst();
        }
        return firstSequence;
    }

    /** Receive time of that record; 0 when there is none. */
    long firstTimeNs() {
        if (firstTimeNs == 0) {
            readFirst();
        }
        return firstTimeNs;
    }

    private void readFirst() {
        final FrameFinder.Place first = FrameFinder.first(this);
        if (first != null) {
            firstSequence = first.sequence();
            firstTimeNs = first.timeNs();
        }
    }

    /** Where its last record ends, as far as known; the file is at least as long. */
    long end() {
        return end;
    }

    void end(final long position) {
        end = position;
    }

    /** Cuts off what was set aside behind its last record; whoever wrote it has ended. */
    void trim() throws IOException {
        final long size = (end + GRANULE) & -GRANULE;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            if (size < channel.size()) {
                channel.truncate(size);
                channel.force(true);
            }
        }
    }

    static String runName(final long run) {
        return String.format("%s%08d", RUN_PREFIX, run);
    }

    /** The highest run there is, 0 when there is none. */
    static long lastRun(final Path directory) throws IOException {
        long last = 0;
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(directory, RUN_PREFIX + "*")) {
            for (final Path path : runs) {
                last = Math.max(last, runOf(path));
            }
        }
        return last;
    }

    /** All files of the journal in the order in which they were written. */
    static List<JournalFile> list(final Path directory) throws IOException {
        final List<JournalFile> files = new ArrayList<>();
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(directory, RUN_PREFIX + "*")) {
            for (final Path run : runs) {
                try (DirectoryStream<Path> cycles = Files.newDirectoryStream(run, "*" + SUFFIX)) {
                    for (final Path cycle : cycles) {
                        files.add(new JournalFile(cycle, runOf(run), 0));
                    }
                }
            }
        }
        files.sort(Comparator.comparing(JournalFile::name));
        return files;
    }

    private static long runOf(final Path path) {
        final String name = path.getFileName().toString().substring(RUN_PREFIX.length());
        return name.chars().allMatch(Character::isDigit) && !name.isEmpty() ? Long.parseLong(name) : 0;
    }
}
