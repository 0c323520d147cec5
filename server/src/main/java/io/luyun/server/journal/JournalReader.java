package io.luyun.server.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a journal in order, in place. One thread; on a live journal it sees what has been appended, synced
 * or not. Every checksum is checked. A damaged range is stepped over, remembered in {@link #damage} and told to the
 * listener; undamaged records behind it are read.
 */
public final class JournalReader implements AutoCloseable {
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final Source source;
    private final List<Damage> damage = new ArrayList<>();
    private int fileIndex;
    private @Nullable FileWalker walker;
    private long last;
    private long knownLast;
    private long searchedAt = -1;
    private long recordAt;
    /** The record stood at has not been handed out yet. */
    private boolean held;

    JournalReader(final Source source) {
        this.source = source;
    }

    /** Where the files come from, and how far they may be read. */
    interface Source {
        /** The files now, in order; a live journal's list grows at the end. */
        List<JournalFile> files();

        /** Nothing behind this sequence is looked at. */
        long limit();

        /** Something damaged has been stepped over. */
        void onDamage(Damage damage);
    }

    /** Goes to the first record with at least this sequence. */
    JournalReader seek(final long fromSequence) {
        final List<JournalFile> files = source.files();
        fileIndex = 0;
        for (int i = 0; i < files.size(); i++) {
            final long first = files.get(i).firstSequence();
            if (first != 0 && first <= fromSequence) {
                fileIndex = i;
            }
        }
        final long first = files.isEmpty() ? 0 : files.get(fileIndex).firstSequence();
        last = Math.max(0, first == 0 ? 0 : Math.min(first, fromSequence) - 1);
        boolean more = true;
        while (more && last < fromSequence - 1) {
            more = next();
        }
        held = more && last >= fromSequence;
        return this;
    }

    /** The record it stands at is what the next step comes to. */
    void holdIt() {
        held = true;
    }

    /** Goes to this place behind the record with this sequence. */
    void resume(final int file, final long position, final long lastSequence) throws IOException {
        closeWalker();
        fileIndex = file;
        last = lastSequence;
        if (!source.files().isEmpty()) {
            final FileWalker opened = new FileWalker(source.files().get(file));
            opened.position(position);
            walker = opened;
        }
    }

    /** Records up to this sequence are known to have been written: where they are missing there is damage. */
    void knownLast(final long sequence) {
        knownLast = sequence;
    }

    /** Goes to the next record; false when there is none yet. */
    public boolean next() {
        if (held) {
            held = false;
            return true;
        }
        try {
            return last < source.limit() && advance();
        } catch (final IOException e) {
            throw new JournalException("cannot read the journal: " + e.getMessage(), e);
        }
    }

    /** Its sequence. */
    public long sequence() {
        return last;
    }

    /** Its receive time, nanoseconds since 1970; never below that of the record before. */
    public long receivedAtNs() {
        return walker().buffer().getLong(walker().frame() + Frame.TIME_OFFSET);
    }

    /** The device's number of the message; 0 for records that are not messages. */
    public long number() {
        return walker().buffer().getLong(walker().frame() + Frame.NUMBER_OFFSET);
    }

    /** Boot epoch the number belongs to; 0 for records that are not messages. */
    public long bootEpoch() {
        return walker().buffer().getLong(walker().frame() + Frame.EPOCH_OFFSET);
    }

    /** The device, or -1. */
    public int deviceIndex() {
        return walker().buffer().getInt(walker().frame() + Frame.DEVICE_OFFSET);
    }

    /** Its kind, a number of RecordKind. */
    public int kind() {
        return walker().buffer().getShort(walker().frame() + Frame.KIND_OFFSET) & 0xFFFF;
    }

    /** Flags; none yet. */
    public int flags() {
        return walker().buffer().getShort(walker().frame() + Frame.FLAGS_OFFSET) & 0xFFFF;
    }

    /** The bytes the payload lies in; valid until the next call of next(). */
    public DirectBuffer buffer() {
        return walker().buffer();
    }

    /** Where the payload begins. */
    public int payloadOffset() {
        return walker().frame() + Frame.HEADER_LENGTH;
    }

    /** How long it is. */
    public int payloadLength() {
        return walker().payloadLength();
    }

    /** Where the whole record begins in the buffer, its header first. */
    public int recordOffset() {
        return walker().frame();
    }

    /** How long the whole record is. */
    public int recordLength() {
        return Frame.frameLength(payloadLength());
    }

    /** File of the record, relative to the journal's directory; empty before the first one. */
    public String file() {
        final FileWalker current = walker;
        return current == null ? "" : current.file().name();
    }

    /** Damaged ranges met so far. */
    public List<Damage> damage() {
        return List.copyOf(damage);
    }

    @Override
    public void close() {
        closeWalker();
    }

    int fileIndex() {
        return fileIndex;
    }

    /** Where in its file the record lies. */
    long recordPosition() {
        return recordAt;
    }

    /** Where in its file the next record begins. */
    long nextPosition() {
        return walker().position();
    }

    private boolean advance() throws IOException {
        while (true) {
            final FileWalker current = open();
            if (current == null) {
                missing("", 0, "the journal ends");
                return false;
            }
            final FileWalker.Step step = current.step();
            if (step == FileWalker.Step.RECORD && current.sequence() > last) {
                if (current.sequence() > last + 1) {
                    report(current, current.sequence() - 1, "records are missing");
                }
                return at(current);
            }
            if (step == FileWalker.Step.RECORD) {
                report(current, last, "a record out of order");
                continue;
            }
            final boolean searched = searchedAt == current.position();
            final long before = firstOfNext();
            if (step == FileWalker.Step.END && before == last + 1) {
                nextFile();
                continue;
            }
            if (!searched) {
                final String finding = current.finding();
                final long place = current.position();
                if (current.search(last, before == 0 ? UNKNOWN : before)) {
                    final long found = current.position();
                    current.position(place);
                    if (step == FileWalker.Step.END && current.arrived()) {
                        continue;
                    }
                    report(current, current.sequence() - 1, finding);
                    current.position(found);
                    return at(current);
                }
                searchedAt = current.position();
                if (before > 0) {
                    report(current, before - 1, finding);
                }
            }
            if (before == 0) {
                missing(current.file().name(), current.position(), "the file ends too early");
                if (step == FileWalker.Step.DAMAGE && knownLast == 0 && !searched) {
                    report(current, 0, current.finding());
                }
                return false;
            }
            nextFile();
        }
    }

    private boolean at(final FileWalker current) {
        last = current.sequence();
        recordAt = current.position() - Frame.frameLength(current.payloadLength());
        return true;
    }

    private FileWalker walker() {
        final FileWalker current = walker;
        if (current == null) {
            throw new IllegalStateException("no record");
        }
        return current;
    }

    private @Nullable FileWalker open() throws IOException {
        if (walker == null) {
            final List<JournalFile> files = source.files();
            if (fileIndex < files.size()) {
                walker = new FileWalker(files.get(fileIndex));
                searchedAt = -1;
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

    private void nextFile() {
        closeWalker();
        fileIndex++;
        searchedAt = -1;
    }

    private void closeWalker() {
        if (walker != null) {
            walker.close();
            walker = null;
        }
    }

    private void missing(final String file, final long offset, final String finding) {
        if (knownLast > last) {
            report(new Damage(last + 1, knownLast, file, offset, finding));
            last = knownLast;
        }
    }

    private void report(final FileWalker at, final long lastMissing, final String finding) {
        report(new Damage(last + 1, lastMissing, at.file().name(), at.position(), finding));
        if (lastMissing > last) {
            last = lastMissing;
        }
    }

    private void report(final Damage found) {
        damage.add(found);
        source.onDamage(found);
    }
}
