package io.luyun.server.research;

import java.util.function.Function;

/**
 * Where the last few of the chosen records begin.
 *
 * @param selection the chosen ones from a sequence on
 * @param skipped how many of them come before the last few
 */
public record LastRecords(Selection selection, long skipped) {
    private static final long LEAST_WINDOW = 4_096;
    private static final long GROWTH = 8;

    /**
     * Looks for the last ones, in ever wider windows from the end.
     *
     * @param reading opens the chosen records; they are closed here
     * @param lastSequence the last one of the journal
     * @param count how many are wanted; there may be fewer
     */
    public static LastRecords of(
            final Function<Selection, Records> reading,
            final long lastSequence,
            final Selection chosen,
            final long count) {
        final long last = Math.min(chosen.lastSequence(), lastSequence);
        long window = Math.max(LEAST_WINDOW, count);
        while (true) {
            final long from = Math.max(chosen.firstSequence(), count == 0 ? last + 1 : last - window + 1);
            long found = 0;
            if (count > 0) {
                try (Records records = reading.apply(chosen.withSequences(from, last))) {
                    while (records.next()) {
                        found++;
                    }
                }
            }
            if (found >= count || from == chosen.firstSequence()) {
                return new LastRecords(chosen.withSequences(from, chosen.lastSequence()), Math.max(0, found - count));
            }
            window = window * GROWTH;
        }
    }
}
