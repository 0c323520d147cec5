package io.luyun.server.tools;

import io.luyun.server.journal.JournalArchive;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * A bar for people that shows how far a reading is, by receive time of a journal or by octets of files; nothing where no terminal is. One
 * thread.
 */
final class Progress implements AutoCloseable {
    private static final int RECORDS_A_LOOK = 4_096;
    private static final int WIDTH = 40;
    private static final long PERIOD_NS = 200_000_000L;

    private final PrintWriter to;
    private final boolean shown;
    private final NanoClock clock;
    private final long first;
    private final long span;
    private final long startedNs;
    private long shownNs;

    /**
     * From first on, as far as span.
     *
     * @param shown whether a terminal is there
     */
    Progress(final PrintWriter to, final boolean shown, final NanoClock clock, final long first, final long span) {
        this.to = to;
        this.shown = shown;
        this.clock = clock;
        this.first = first;
        this.span = Math.max(1, span);
        startedNs = clock.nanoTime();
        shownNs = startedNs;
    }

    /** Over all of a journal, by receive time. */
    static Progress over(final JournalArchive journal, final PrintWriter to) {
        final boolean shown = isTerminal();
        final long firstNs = shown ? journal.firstTimeNs() : 0;
        return new Progress(to, shown, SystemNanoClock.INSTANCE, firstNs, shown ? journal.lastTimeNs() - firstNs : 0);
    }

    /** Over files, by their octets. */
    static Progress over(final List<Path> files, final PrintWriter to) throws IOException {
        long octets = 0;
        for (final Path file : files) {
            octets += Files.size(file);
        }
        return new Progress(to, isTerminal(), SystemNanoClock.INSTANCE, 0, octets);
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** So many records are read, as far as here. */
    void at(final long here, final long records) {
        if (!shown || records % RECORDS_A_LOOK != 0) {
            return;
        }
        final long nowNs = clock.nanoTime();
        if (nowNs - shownNs >= PERIOD_NS) {
            shownNs = nowNs;
            final double part = Math.clamp((double) (here - first) / span, 0, 1);
            final int filled = (int) Math.round(part * WIDTH);
            to.printf(
                    "\r%s%s %3.0f %%  %,d records  %,.0f/s ",
                    "█".repeat(filled),
                    "░".repeat(WIDTH - filled),
                    part * 100,
                    records,
                    records * 1e9 / (nowNs - startedNs));
            to.flush();
        }
    }

    @Override
    public void close() {
        if (shown && shownNs != startedNs) {
            to.print("\r" + " ".repeat(WIDTH + 40) + "\r");
            to.flush();
        }
    }
}
