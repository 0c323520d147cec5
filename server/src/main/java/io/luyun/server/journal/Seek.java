package io.luyun.server.journal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds places in a journal by halving, without an index: sequences and times never go back within a file, nor from a file to
 * the next, and a sound frame can be told from anything else wherever one looks ({@link FrameFinder}). One thread.
 *
 * <p>A look that finds no frame near counts as one behind the wanted place, so damage makes the place found an earlier one, never
 * a later one; what lies between is then read, and damage in it reported, by whoever asked.
 *
 * <p>Chosen instead of an index kept by the writer: in a journal of 100,000,000 records (three files, 9.4 GB) it takes some 25
 * looks and, with the opening of the reader, 1 to 2 ms with warm and 6 to 11 ms with cold caches, measured on two busy cores;
 * the writer has no cost by it, and there is nothing that can be lost, stale or wrong.
 */
final class Seek {
    /** The longest frame, and the largest of Chronicle's own index pages (XLARGE_DAILY), may stand between two frames. */
    private static final long REACH = 2L << 20;

    /** So much is read rather than halved. */
    private static final long ENOUGH = 4 << 10;

    private Seek() {}

    /** What is sought by. */
    enum Key {
        SEQUENCE,
        TIME;

        long of(final FrameFinder frame) {
            return this == SEQUENCE ? frame.sequence() : frame.timeNs();
        }

        /** That of the first record of a file; 0 when there is none. */
        long first(final JournalFile file) {
            return this == SEQUENCE ? file.firstSequence() : file.firstTimeNs();
        }
    }

    /** Index of the last file that begins below the wanted key; 0 when none does. Files without a record are stepped over. */
    static int file(final List<JournalFile> files, final Key key, final long wanted) {
        int found = 0;
        int low = 0;
        int high = files.size();
        while (low < high) {
            final int middle = (low + high) >>> 1;
            int look = middle;
            while (look > low && key.first(files.get(look)) == 0) {
                look--;
            }
            final long first = key.first(files.get(look));
            if (first == 0) {
                low = middle + 1;
            } else if (first < wanted) {
                found = look;
                low = middle + 1;
            } else {
                high = look;
            }
        }
        return found;
    }

    /**
     * A place behind a record of the file whose key is below the wanted one, near the last such record; null when none was
     * found.
     */
    static FrameFinder.@Nullable Place near(final JournalFile file, final Key key, final long wanted)
            throws IOException {
        try (OpenFile open = OpenFile.open(file.path());
                FrameFinder finder = new FrameFinder(open)) {
            FrameFinder.Place place = null;
            long low = 0;
            long high = open.channel().size();
            while (high - low > ENOUGH) {
                final long middle = ((low + high) >>> 1) & ~3L;
                final long at = finder.find(middle, Math.min(high, middle + REACH));
                if (at < 0 || key.of(finder) >= wanted) {
                    high = middle;
                } else {
                    place = finder.place(at);
                    low = place.end();
                }
            }
            return place;
        } catch (final NoSuchFileException e) {
            return null;
        }
    }

    /** The last sound record of a file; null when there is none. */
    static FrameFinder.@Nullable Place last(final JournalFile file) throws IOException {
        final FrameFinder.Place near = near(file, Key.SEQUENCE, Long.MAX_VALUE);
        try (OpenFile open = OpenFile.open(file.path());
                FrameFinder finder = new FrameFinder(open)) {
            FrameFinder.Place last = near;
            long at = finder.find(near == null ? 0 : near.end(), Long.MAX_VALUE);
            while (at >= 0) {
                last = finder.place(at);
                at = finder.find(last.end(), Long.MAX_VALUE);
            }
            return last;
        } catch (final NoSuchFileException e) {
            return null;
        }
    }
}
