package io.luyun.server.journal;

import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a whole reading of a journal found.
 *
 * @param records how many records were read
 * @param bytes how long they are, with what frames them
 * @param firstSequence the first of them, 0 when there is none
 * @param lastSequence the last of them, 0 when there is none
 * @param byKind how many of each kind
 * @param devices how many devices sent messages
 * @param duplicates messages whose device, boot epoch and number are not above the ones before
 * @param backwards records whose time lies before that of the record before them
 * @param damage damaged ranges
 * @param missing what is known to be missing
 */
public record JournalCheck(
        long records,
        long bytes,
        long firstSequence,
        long lastSequence,
        SortedMap<Integer, Long> byKind,
        int devices,
        long duplicates,
        long backwards,
        List<Damage> damage,
        KnownMissing missing) {
    /**
     * What is known to be missing, which is no damage.
     *
     * @param records how many records were found not to be there
     * @param ranges what the journal says of them
     */
    public record KnownMissing(long records, List<Missing> ranges) {
        public KnownMissing {
            ranges = List.copyOf(ranges);
        }
    }

    /** Whether every record that is not known to be missing is there, sound and once. */
    public boolean sound() {
        return damage.isEmpty() && duplicates == 0 && backwards == 0;
    }

    /** How many of the records are messages of devices. */
    public long messages() {
        long messages = 0;
        for (final long count : byKind.headMap(JournalWriter.CONTROL_KINDS).values()) {
            messages += count;
        }
        return messages;
    }

    static JournalCheck of(final JournalReader reader, final List<Missing> missing) {
        final Tally tally = new Tally();
        while (reader.next()) {
            tally.add(reader);
        }
        return tally.check(reader.damage(), new KnownMissing(reader.knownMissing(), missing));
    }

    /** What has been counted so far; arrays, since this is done for every record. */
    private static final class Tally {
        private final OnceTable once = new OnceTable();
        private final long[] byKind = new long[1 << Short.SIZE];
        private long records;
        private long bytes;
        private long first;
        private long last;
        private long duplicates;
        private long backwards;
        private long timeNs;

        void add(final JournalReader reader) {
            last = reader.sequence();
            if (records++ == 0) {
                first = last;
            }
            bytes += FileWalker.HEADER + reader.recordLength();
            final long receivedAtNs = reader.receivedAtNs();
            if (receivedAtNs < timeNs) {
                backwards++;
            }
            timeNs = receivedAtNs;
            final int kind = reader.kind();
            byKind[kind]++;
            final int device = reader.deviceIndex();
            if (kind < JournalWriter.CONTROL_KINDS && device >= 0) {
                final int slot = once.slot(device, reader.bootEpoch());
                final long number = reader.number();
                if (number <= once.highest(slot)) {
                    duplicates++;
                }
                once.raise(slot, number);
            }
        }

        JournalCheck check(final List<Damage> damage, final KnownMissing missing) {
            final SortedMap<Integer, Long> kinds = new TreeMap<>();
            for (int kind = 0; kind < byKind.length; kind++) {
                if (byKind[kind] > 0) {
                    kinds.put(kind, byKind[kind]);
                }
            }
            final BitSet devices = new BitSet();
            for (int slot = 0; slot < once.size(); slot++) {
                devices.set(once.device(slot));
            }
            return new JournalCheck(
                    records, bytes, first, last, kinds, devices.cardinality(), duplicates, backwards, damage, missing);
        }
    }
}
