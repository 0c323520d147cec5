package io.luyun.simulator;

import io.luyun.simulator.replay.ReplayView;
import io.luyun.simulator.replay.Terminal;
import io.luyun.simulator.report.ReplayReport;

/** How a replay stands, in one line of the terminal stderr is that is written over and over; nothing where it is none. */
final class ProgressLine implements AutoCloseable {
    private static final String TO_THE_BEGIN = "\r";
    private static final String CLEAR_THE_REST = "\u001b[K";

    private final boolean terminal;
    private boolean shown;

    ProgressLine() throws InterruptedException {
        terminal = Terminal.onStderr();
    }

    void show(final ReplayView now) {
        if (terminal) {
            System.err.print(TO_THE_BEGIN + ReplayReport.progress(now) + CLEAR_THE_REST);
            System.err.flush();
            shown = true;
        }
    }

    @Override
    public void close() {
        if (shown) {
            System.err.println();
        }
    }
}
