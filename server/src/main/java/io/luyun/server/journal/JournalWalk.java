package io.luyun.server.journal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of a reader from record to record and file to file, over damage. One thread.
 *
 * <p>Every step must be right while another process writes: where nothing was a moment ago there may be a record now, and the
 * files listed first were complete when a later one was listed.
 */
final class JournalWalk implements AutoCloseable {
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final JournalReader.Source source;
    private final Gaps gaps;
    private int fileIndex;
    private @Nullable FileWalker walker;
    private long last;
    private long searchedAt = -1;

    JournalWalk(final JournalReader.Source source) {
        this.source = source;
        this.gaps = new Gaps(source);
    }

    Gaps gaps() {
        return gaps;
    }

    /** The last sequence that was read, or is known to be missing. */
    long last() {
        return last;
    }

    int fileIndex() {
        return fileIndex;
    }

    /** What stands at the record. */
    FileWalker walker() {
        final FileWalker current = walker;
        if (current == null) {
            throw new IllegalStateException("no record");
        }
        return current;
    }

    /** The file being read; null when none is. */
    @Nullable
    JournalFile file() {
        final FileWalker current = walker;
        return current == null ? null : current.file();
    }

    /** Goes to the beginning of a file, behind the record with this sequence. */
    void begin(final int file, final long lastSequence) throws IOException {
        close();
        fileIndex = file;
        last = lastSequence;
        open();
    }

    /** Goes to this place behind the record with this sequence. */
    void resume(final int file, final long position, final long lastSequence) throws IOException {
        begin(file, lastSequence);
        final FileWalker opened = walker;
        if (opened != null && fileIndex == file) {
            opened.position(position);
        }
    }

    /** Goes to the next record; false when there is none (yet). */
    boolean advance() throws IOException {
        while (true) {
            final FileWalker current = open();
            if (current == null) {
                end("", 0, false, "");
                return false;
            }
            final FileWalker.Step step = current.step();
            if (step == FileWalker.Step.RECORD) {
                if (current.sequence() > last) {
                    return take(current);
                }
                missing(last, current.stepStart(), "a record out of order");
                continue;
            }
            final boolean later = fileIndex + 1 < source.files().size();
            final long before = later ? firstOfNext() : 0;
            if (step == FileWalker.Step.END && before == last + 1) {
                nextFile();
                continue;
            }
            if (step == FileWalker.Step.END && !later && searchedAt == current.position()) {
                return false;
            }
            final String finding = current.finding();
            final long found = current.search(last, before == 0 ? UNKNOWN : before, gaps.knownLast());
            if (step == FileWalker.Step.END && current.arrived()) {
                continue;
            }
            final long place = current.position();
            if (found >= 0 && current.standAt(found)) {
                missing(current.sequence() - 1, place, finding);
                return at(current);
            }
            if (!later) {
                searchedAt = place;
                end(current.file().name(), place, step == FileWalker.Step.DAMAGE, finding);
                return false;
            }
            if (before > 0) {
                missing(before - 1, place, finding);
            } else if (step == FileWalker.Step.DAMAGE) {
                gaps.open(last + 1, current.file().name(), place, finding);
            }
            nextFile();
        }
    }

    private boolean take(final FileWalker current) throws IOException {
        final long sequence = current.sequence();
        if (sequence > last + 1) {
            final long skipped = current.searchSkipped(last);
            if (skipped >= 0 && current.standAt(skipped)) {
                missing(current.sequence() - 1, current.stepStart(), "a wrong header before records");
            } else {
                missing(sequence - 1, true, current.stepStart(), "records are missing");
            }
        }
        return at(current);
    }

    private boolean at(final FileWalker current) {
        last = current.sequence();
        return true;
    }

    /** There is nothing more; not yet, or what there was cannot be read. */
    private void end(final String file, final long offset, final boolean damaged, final String finding)
            throws IOException {
        last = Math.max(last, gaps.end(last + 1, file, offset, damaged, finding));
    }

    private void missing(final long lastMissing, final long offset, final String finding) throws IOException {
        missing(lastMissing, false, offset, finding);
    }

    private void missing(final long lastMissing, final boolean between, final long offset, final String finding)
            throws IOException {
        gaps.found(last + 1, lastMissing, between, walker().file().name(), offset, finding);
        last = Math.max(last, lastMissing);
    }

    private @Nullable FileWalker open() throws IOException {
        if (walker == null) {
            final List<JournalFile> files = source.files();
            while (walker == null && fileIndex < files.size()) {
                try {
                    walker = new FileWalker(files.get(fileIndex), source.readsAhead());
                    searchedAt = -1;
                } catch (final NoSuchFileException e) {
                    // What it held is missing: that is told when the next record comes.
                    fileIndex++;
                }
            }
        }
        return walker;
    }

    /** First sequence of the next file that has one; 0 when there is no such file. */
    private long firstOfNext() {
        final List<JournalFile> files = source.files();
        for (int i = fileIndex + 1; i < files.size(); i++) {
            final long first = files.get(i).firstSequence();
            if (first > last) {
                return first;
            }
        }
        return 0;
    }

    /** Opens the next file before it lets go of this one: in between retention might take it. */
    private void nextFile() throws IOException {
        final FileWalker old = walker;
        walker = null;
        fileIndex++;
        try {
            open();
        } finally {
            if (old != null) {
                old.close();
            }
        }
    }

    @Override
    public void close() {
        if (walker != null) {
            walker.close();
            walker = null;
        }
    }
}
