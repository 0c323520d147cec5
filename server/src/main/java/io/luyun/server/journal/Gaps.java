package io.luyun.server.journal;

import java.util.ArrayList;
import java.util.List;

/** What a reader has found missing. The reader's thread. */
final class Gaps {
    private final JournalReader.Source source;
    private final List<Damage> damage = new ArrayList<>();
    private long knownLast;

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
    }

    /** These records are missing. */
    void found(final long first, final long last, final String file, final long offset, final String finding) {
        if (openEnd(file, offset)) {
            damage.removeLast();
        }
        report(new Damage(first, last, file, offset, finding));
    }

    /**
     * Nothing more can be read here.
     *
     * @param first what would come next
     * @param damaged whether there is something that cannot be read
     * @return up to which sequence records are missing that are known to have been written; 0 when none are
     */
    long end(final long first, final String file, final long offset, final boolean damaged, final String finding) {
        if (knownLast >= first) {
            report(new Damage(first, knownLast, file, offset, "the file ends too early"));
            return knownLast;
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
