package io.luyun.server.journal;

import java.io.IOException;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a journal in order, in place. One thread; on a live journal it sees what has been appended, synced
 * or not. Every checksum is checked. A damaged range is stepped over, remembered in {@link #damage} and told to the
 * listener; undamaged records behind it are read. Records that are known to be missing ({@link Missing}) are no damage.
 */
public final class JournalReader implements AutoCloseable {
    private static final long REACHED = Long.MIN_VALUE;

    private final Source source;
    private final JournalWalk walk;
    private Seek.Key soughtKey = Seek.Key.SEQUENCE;
    private long sought = REACHED;
    private FrameFinder.@Nullable Place passed;

    JournalReader(final Source source) {
        this.source = source;
        this.walk = new JournalWalk(source);
    }

    /** Where the files come from, and how far they may be read. */
    interface Source {
        /** The files now, in order; a live journal's list grows at the end. */
        List<JournalFile> files();

        /** Nothing behind this sequence is looked at. */
        long limit();

        /** Whether whole files are read that have been written: then the system may begin to bring them into memory. */
        boolean readsAhead();

        /** What is known to be missing. */
        MissingFile missing();

        /** Something damaged has been stepped over. */
        void onDamage(Damage damage);
    }

    /** Goes to before the first record whose sequence or time is at least this; what is damaged before it is not reported. */
    JournalReader seek(final Seek.Key key, final long from) throws IOException {
        final List<JournalFile> files = source.files();
        final int index = Seek.file(files, key, from);
        final JournalFile file = index < files.size() ? files.get(index) : null;
        if (file != null && key.first(file) != 0 && key.first(file) < from) {
            final FrameFinder.Place place = Seek.near(file, key, from);
            if (place == null) {
                walk.begin(index, file.firstSequence() - 1);
            } else {
                passed = place;
                walk.resume(index, place.end(), place.sequence());
            }
        } else {
            walk.begin(index, key == Seek.Key.SEQUENCE ? Math.max(0, from - 1) : 0);
        }
        soughtKey = key;
        sought = from;
        return this;
    }

    /** The last record before what was sought, of those that have been passed; null when there was none. */
    FrameFinder.@Nullable Place passed() {
        return passed;
    }

    /** Goes to this place behind the record with this sequence. */
    void resume(final int file, final long position, final long lastSequence) throws IOException {
        walk.resume(file, position, lastSequence);
    }

    /** Records up to this sequence are known to have been written: where they are missing there is damage. */
    void knownLast(final long sequence) {
        walk.gaps().knownLast(sequence);
    }

    /** Goes to the next record; false when there is none yet. */
    public boolean next() {
        try {
            while (walk.last() < source.limit() && walk.advance()) {
                if (sought == REACHED || reached()) {
                    return true;
                }
            }
            return false;
        } catch (final IOException e) {
            throw new JournalException("cannot read the journal: " + e.getMessage(), e);
        }
    }

    /** Its sequence. */
    public long sequence() {
        return walk.last();
    }

    /** Its receive time, nanoseconds since 1970; never below that of the record before. */
    public long receivedAtNs() {
        return walk.walker().buffer().getLong(walk.walker().frame() + Frame.TIME_OFFSET);
    }

    /** The device's number of the message; 0 for records that are not messages. */
    public long number() {
        return walk.walker().buffer().getLong(walk.walker().frame() + Frame.NUMBER_OFFSET);
    }

    /** Boot epoch the number belongs to; 0 for records that are not messages. */
    public long bootEpoch() {
        return walk.walker().buffer().getLong(walk.walker().frame() + Frame.EPOCH_OFFSET);
    }

    /** The device, or -1. */
    public int deviceIndex() {
        return walk.walker().buffer().getInt(walk.walker().frame() + Frame.DEVICE_OFFSET);
    }

    /** Its kind, a number of RecordKind. */
    public int kind() {
        return walk.walker().buffer().getShort(walk.walker().frame() + Frame.KIND_OFFSET) & 0xFFFF;
    }

    /** How many records the last sync was behind when it was written, see {@link Frame#synced}. */
    int lag() {
        return walk.walker().buffer().getShort(walk.walker().frame() + Frame.LAG_OFFSET) & 0xFFFF;
    }

    /** The bytes the payload lies in; valid until the next call of next(). */
    public DirectBuffer buffer() {
        return walk.walker().buffer();
    }

    /** Where the payload begins. */
    public int payloadOffset() {
        return walk.walker().frame() + Frame.HEADER_LENGTH;
    }

    /** How long it is. */
    public int payloadLength() {
        return walk.walker().payloadLength();
    }

    /** Where the whole record begins in the buffer, its header first. */
    public int recordOffset() {
        return walk.walker().frame();
    }

    /** How long the whole record is. */
    public int recordLength() {
        return Frame.frameLength(payloadLength());
    }

    /** File of the record, relative to the journal's directory; empty before the first one. */
    public String file() {
        final JournalFile file = walk.file();
        return file == null ? "" : file.name();
    }

    /** Damaged ranges met so far, without what is known to be missing. */
    public List<Damage> damage() {
        return walk.gaps().damage();
    }

    /** How many records that are known to be missing were stepped over so far. */
    public long knownMissing() {
        return walk.gaps().knownMissing();
    }

    @Override
    public void close() {
        walk.close();
    }

    int fileIndex() {
        return walk.fileIndex();
    }

    /** Where in its file the record lies. */
    long recordPosition() {
        return walk.walker().position() - recordLength();
    }

    /** Where in its file the next record begins. */
    long nextPosition() {
        return walk.walker().position();
    }

    private boolean reached() {
        if ((soughtKey == Seek.Key.SEQUENCE ? sequence() : receivedAtNs()) >= sought) {
            sought = REACHED;
            return true;
        }
        passed = new FrameFinder.Place(sequence(), receivedAtNs(), nextPosition());
        walk.gaps().forget();
        return false;
    }
}
