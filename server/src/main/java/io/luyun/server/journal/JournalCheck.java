package io.luyun.server.journal;

import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a whole reading of a journal found.
 *
 * @param records how many records were read
 * @param firstSequence the first of them, 0 when there is none
 * @param lastSequence the last of them, 0 when there is none
 * @param byKind how many of each kind
 * @param devices how many devices sent messages
 * @param duplicates messages whose device, boot epoch and number are not above the ones before
 * @param backwards records whose time lies before that of the record before them
 * @param damage damaged ranges
 */
public record JournalCheck(
        long records,
        long firstSequence,
        long lastSequence,
        SortedMap<Integer, Long> byKind,
        int devices,
        long duplicates,
        long backwards,
        List<Damage> damage) {

    /** Whether every record is there, sound and once. */
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

    static JournalCheck of(final JournalReader reader) {
        final OnceTable once = new OnceTable();
        final SortedMap<Integer, Long> byKind = new TreeMap<>();
        final BitSet devices = new BitSet();
        long records = 0;
        long first = 0;
        long last = 0;
        long duplicates = 0;
        long backwards = 0;
        long timeNs = 0;
        while (reader.next()) {
            records++;
            last = reader.sequence();
            first = first == 0 ? last : first;
            byKind.merge(reader.kind(), 1L, Long::sum);
            if (reader.receivedAtNs() < timeNs) {
                backwards++;
            }
            timeNs = reader.receivedAtNs();
            if (reader.kind() < JournalWriter.CONTROL_KINDS && reader.deviceIndex() >= 0) {
                devices.set(reader.deviceIndex());
                final int slot = once.slot(reader.deviceIndex(), reader.bootEpoch());
                if (reader.number() <= once.highest(slot)) {
                    duplicates++;
                }
                once.raise(slot, reader.number());
            }
        }
        return new JournalCheck(
                records, first, last, byKind, devices.cardinality(), duplicates, backwards, reader.damage());
    }
}
