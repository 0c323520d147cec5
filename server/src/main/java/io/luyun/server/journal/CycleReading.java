package io.luyun.server.journal;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands in one file of a journal: how many records of each class. On the way it may note the highest numbers of their
 * devices and copy what is to stay. It keeps counts alone, so that there may be one for each file of a journal.
 */
final class CycleReading {
    private final long[] records = new long[MessageClass.values().length];
    private final long[] bytes = new long[MessageClass.values().length];
    private long kept;
    private long keptFirst;
    private long keptLast;
    private List<Damage> damage = List.of();

    private CycleReading() {}

    /**
     * Reads a file.
     *
     * @param missing what is known to be missing from the journal
     * @param drop classes that are not to stay
     * @param once takes the highest numbers of all that is read; null when they do not matter
     * @param copy takes what stays; null when it is only counted
     */
    static CycleReading of(
            final MissingFile missing,
            final Cycle cycle,
            final Set<MessageClass> drop,
            final @Nullable OnceTable once,
            final @Nullable CycleCopy copy)
            throws IOException {
        final CycleReading reading = new CycleReading();
        try (JournalReader reader = new JournalReader(new OneFile(missing, cycle))) {
            reader.resume(0, 0, cycle.first().sequence() - 1);
            while (reader.next()) {
                final MessageClass of = MessageClass.of(reader.kind());
                reading.count(reader, of);
                if (once != null && of != MessageClass.CONTROL && reader.deviceIndex() >= 0) {
                    once.raise(once.slot(reader.deviceIndex(), reader.bootEpoch()), reader.number());
                }
                if (!drop.contains(of)) {
                    reading.keep(reader.sequence());
                    if (copy != null) {
                        copy.append(reader);
                    }
                }
            }
            reading.damage = reader.damage();
        }
        return reading;
    }

    long records(final Set<MessageClass> classes) {
        return sum(records, classes);
    }

    /** How much room they take. */
    long bytes(final Set<MessageClass> classes) {
        return sum(bytes, classes);
    }

    /** How many records stay. */
    long kept() {
        return kept;
    }

    /** Sequence of the first of them; 0 when there is none. */
    long keptFirst() {
        return keptFirst;
    }

    /** Sequence of the last of them; 0 when there is none. */
    long keptLast() {
        return keptLast;
    }

    List<Damage> damage() {
        return damage;
    }

    private void count(final JournalReader reader, final MessageClass of) {
        records[of.ordinal()]++;
        bytes[of.ordinal()] += FileWalker.HEADER + reader.recordLength();
    }

    private void keep(final long sequence) {
        keptFirst = kept++ == 0 ? sequence : keptFirst;
        keptLast = sequence;
    }

    private static long sum(final long[] of, final Set<MessageClass> classes) {
        long sum = 0;
        for (final MessageClass each : classes) {
            sum += of[each.ordinal()];
        }
        return sum;
    }

    /** A journal of this file alone, up to its last record. */
    private static final class OneFile implements JournalReader.Source {
        private final List<JournalFile> files;
        private final long last;
        private final MissingFile missing;

        OneFile(final MissingFile missing, final Cycle cycle) {
            files = List.of(cycle.file());
            last = cycle.last().sequence();
            this.missing = missing;
        }

        @Override
        public List<JournalFile> files() {
            return files;
        }

        @Override
        public long limit() {
            return last;
        }

        @Override
        public boolean readsAhead() {
            return true;
        }

        @Override
        public MissingFile missing() {
            return missing;
        }

        @Override
        public void onDamage(final Damage damage) {
            // The reader remembers it.
        }
    }
}
