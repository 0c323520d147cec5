package io.luyun.benchmarks.torture;

import java.io.IOException;

/** Something that goes wrong with a server, and what must hold after it. */
public interface Fault {
    /** F1, F2 and so on: its row of the table. */
    String id();

    /** In a few words. */
    String what();

    /** What must hold, with its figure. */
    String promise();

    /**
     * Does it to servers of its own.
     *
     * @throws IOException when what it needs is not to be had; then nothing is said of the server
     */
    Outcome run(Trial trial) throws IOException, InterruptedException;
}
