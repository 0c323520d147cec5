package io.luyun.server.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a reader has found missing. The reader's thread. */
final class Gaps {
    private final JournalReader.Source source;
    private final List<Damage> damage = new ArrayList<>();
    private long knownLast;
    private long knownMissing;

    Gaps(final JournalReader.Source source) {
        this.source = source;
    }

    /** Records up to this sequence are known to have been written: where they are missing there is damage. */
    void knownLast(final long sequence) {
        knownLast = sequence;
    }

    long knownLast() {
        return knownLast;
    }

    List<Damage> damage() {
        return List.copyOf(damage);
    }

    /** What has been found so far is of no interest. */
    void forget() {
        damage.clear();
        knownMissing = 0;
    }

    /** How many records were missing that are known to be. */
    long knownMissing() {
        return knownMissing;
    }

    /**
     * These records are missing; none when the first is above the last, where something is damaged but no record lost.
     *
     * @param between whether they are missing between two records with nothing else between these
     */
    void found(
            final long first,
            final long last,
            final boolean between,
            final String file,
            final long offset,
            final String finding)
            throws IOException {
        if (openEnd(file, offset)) {
            damage.removeLast();
        }
        if (first > last) {
            // Before the first record of all "up to 0" would say that nobody knows how many are lost.
            report(new Damage(Math.max(2, first), Math.max(1, last), file, offset, finding));
            return;
        }
        final MissingFile missing = source.missing();
        if (missing.ranges(between).endOf(first) < last) {
            // It may have come after what was read of it.
            missing.refresh();
        }
        final SequenceRanges known = missing.ranges(between);
        long at = first;
        while (at <= last) {
            final long end = Math.min(last, known.endOf(at));
            if (end >= at) {
                knownMissing += end - at + 1;
                at = end + 1;
            } else {
                final long unknownEnd = Math.min(last, known.nextAfter(at) - 1);
                report(new Damage(at, unknownEnd, file, offset, finding));
                at = unknownEnd + 1;
            }
        }
    }

    /**
     * Nothing more can be read here.
     *
     * @param first what would come next
     * @param damaged whether there is something that cannot be read
     * @return up to which sequence records are missing that are known to have been written, or to be missing; 0 when none are
     */
    long end(final long first, final String file, final long offset, final boolean damaged, final String finding)
            throws IOException {
        source.missing().refresh();
        final long written = Math.max(knownLast, source.missing().ranges(true).last());
        if (written >= first) {
            found(first, written, false, file, offset, damaged ? finding : "the file ends too early");
            return written;
        }
        if (damaged) {
            open(first, file, offset, finding);
        }
        return 0;
    }

    /** Records from this one on cannot be read; nobody knows how many. */
    void open(final long first, final String file, final long offset, final String finding) {
        if (!openEnd(file, offset)) {
            report(new Damage(first, 0, file, offset, finding));
        }
    }

    /** Whether it is known already that what stands here cannot be read. */
    private boolean openEnd(final String file, final long offset) {
        return !damage.isEmpty()
                && damage.getLast().lastSequence() == 0
                && damage.getLast().offset() == offset
                && damage.getLast().file().equals(file);
    }

    private void report(final Damage found) {
        damage.add(found);
        source.onDamage(found);
    }
}
