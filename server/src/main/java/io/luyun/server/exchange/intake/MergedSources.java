package io.luyun.server.exchange.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Files side by side, the one whose next record is the oldest first; of the same time the one named first. One thread. */
public final class MergedSources {
    private final List<ImportSource> waiting;

    /** Sources that stand before their first record; the caller closes them. */
    public MergedSources(final List<? extends ImportSource> sources) {
        waiting = new ArrayList<>(sources);
    }

    /** Brings all into a recording. */
    public void give(final NewRecording to, final Progress progress) throws IOException {
        waiting.removeIf(source -> false);
        final List<ImportSource> open = new ArrayList<>();
        for (final ImportSource source : waiting) {
            if (source.next()) {
                open.add(source);
            }
        }
        long given = 0;
        while (!open.isEmpty()) {
            ImportSource oldest = open.getFirst();
            for (final ImportSource source : open) {
                if (source.timeNs() < oldest.timeNs()) {
                    oldest = source;
                }
            }
            final long timeNs = oldest.timeNs();
            oldest.give(to);
            progress.at(timeNs, ++given);
            if (!oldest.next()) {
                open.remove(oldest);
            }
        }
    }

    /** Hears how far it is. */
    @FunctionalInterface
    public interface Progress {
        /** So many have been given, the last one of this time. */
        void at(long timeNs, long given);
    }
}
