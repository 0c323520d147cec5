package io.luyun.server.tools;

import io.luyun.server.journal.JournalArchive;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/** A bar for people that shows how far a reading is, by receive time; nothing where no terminal is. One thread. */
final class Progress implements AutoCloseable {
    private static final int RECORDS_A_LOOK = 4_096;
    private static final int WIDTH = 40;
    private static final long PERIOD_NS = 200_000_000L;

    private final PrintWriter to;
    private final boolean shown;
    private final long firstNs;
    private final long spanNs;
    private final long startedNs = System.nanoTime();
    private long shownNs = startedNs;

    private Progress(final PrintWriter to, final boolean shown, final long firstNs, final long spanNs) {
        this.to = to;
        this.shown = shown;
        this.firstNs = firstNs;
        this.spanNs = Math.max(1, spanNs);
    }

    /** Over all of a journal. */
    static Progress over(final JournalArchive journal, final PrintWriter to) {
        final boolean shown = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        final long firstNs = shown ? journal.firstTimeNs() : 0;
        return new Progress(to, shown, firstNs, shown ? journal.lastTimeNs() - firstNs : 0);
    }

    /** So many records are read, the last one of this receive time. */
    void at(final long timeNs, final long records) {
        if (!shown || records % RECORDS_A_LOOK != 0) {
            return;
        }
        final long nowNs = System.nanoTime();
        if (nowNs - shownNs >= PERIOD_NS) {
            shownNs = nowNs;
            final double part = Math.clamp((double) (timeNs - firstNs) / spanNs, 0, 1);
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
