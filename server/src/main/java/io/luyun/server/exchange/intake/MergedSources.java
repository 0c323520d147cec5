package io.luyun.server.exchange.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Files side by side, the one whose next record is the oldest first; of the same time the one named first. One thread. */
public final class MergedSources {
    private final List<ImportSource> sources;

    /** Sources that stand before their first record; the caller closes them. */
    public MergedSources(final List<? extends ImportSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** Brings all into a recording. */
    public void give(final NewRecording to, final Progress progress) throws IOException {
        final List<ImportSource> open = new ArrayList<>();
        long octets = 0;
        for (final ImportSource source : sources) {
            if (source.next()) {
                open.add(source);
            }
            octets += source.octetsRead();
        }
        long given = 0;
        while (!open.isEmpty()) {
            ImportSource oldest = open.getFirst();
            for (final ImportSource source : open) {
                if (source.timeNs() < oldest.timeNs()) {
                    oldest = source;
                }
            }
            oldest.give(to);
            progress.at(octets, ++given);
            octets -= oldest.octetsRead();
            if (!oldest.next()) {
                open.remove(oldest);
            }
            octets += oldest.octetsRead();
        }
    }

    /** Hears how far it is. */
    @FunctionalInterface
    public interface Progress {
        /** So many records have been given, and so many octets read of all files. */
        void at(long octets, long given);
    }
}
