package io.luyun.benchmarks.torture.files;

import io.luyun.benchmarks.torture.SampleJournal;
import io.luyun.server.journal.Damage;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a damaged journal and holds it against what stood there before. */
final class Inspection {
    private final Path journal;
    private final SampleJournal sample;
    private final Layout layout;

    Inspection(final Path journal, final SampleJournal sample, final Layout layout) {
        this.journal = journal;
        this.sample = sample;
        this.layout = layout;
    }

    /**
     * What came of a change.
     *
     * @param damaged how many records it has altered
     * @param headers of how many it has altered the header alone
     * @param reported how many ranges the reader reports
     * @param troubles what is not as it must be
     */
    record Finding(long damaged, long headers, int reported, List<String> troubles) {
        Finding {
            troubles = List.copyOf(troubles);
        }
    }

    /** Reads everything. */
    Finding of(final Change change) {
        final List<String> troubles = new ArrayList<>();
        final Set<Long> served = new HashSet<>();
        final List<Damage> reported;
        try (JournalReader reader = Journal.openReadOnly(journal).reader(1)) {
            long last = 0;
            while (reader.next()) {
                final long sequence = reader.sequence();
                final SampleJournal.Entry entry = sample.entries().get(sequence);
                // Behind the sample stands what servers have written that were started on it.
                if (entry != null && entry.checksum() != SampleJournal.checksum(reader)) {
                    troubles.add("record " + sequence + " is served with other bytes than were written");
                }
                if (sequence <= last) {
                    troubles.add("record " + sequence + " is served behind " + last);
                }
                last = sequence;
                served.add(sequence);
            }
            reported = reader.damage();
        }
        long damaged = 0;
        long headers = 0;
        for (final Layout.Place record : layout.records()) {
            final boolean altered = change.file().equals(record.file()) && change.alters(record.start(), record.end());
            final boolean header = change.file().equals(record.file())
                    && change.alters(record.start() - Layout.HEADER, record.start());
            damaged += altered ? 1 : 0;
            headers += header && !altered ? 1 : 0;
            judge(record.sequence(), served.contains(record.sequence()), altered, header, reported, troubles);
        }
        if (damaged + headers > 0 && reported.isEmpty()) {
            troubles.add("nothing is reported");
        }
        return new Finding(damaged, headers, reported.size(), troubles);
    }

    private static void judge(
            final long sequence,
            final boolean served,
            final boolean altered,
            final boolean header,
            final List<Damage> reported,
            final List<String> troubles) {
        final boolean named = reported.stream()
                .anyMatch(range -> range.firstSequence() <= sequence
                        && (range.lastSequence() == 0 || sequence <= range.lastSequence()));
        if (altered && served) {
            troubles.add("record " + sequence + " is damaged and served");
        } else if (altered && !named) {
            troubles.add("record " + sequence + " is damaged and not reported");
        } else if (!altered && !served && !(header && named)) {
            troubles.add("record " + sequence + " is not damaged and not served");
        } else if (served && named) {
            troubles.add("record " + sequence + " is served and reported as damaged");
        }
    }
}
