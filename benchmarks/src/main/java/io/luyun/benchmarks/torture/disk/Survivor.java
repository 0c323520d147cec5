package io.luyun.benchmarks.torture.disk;

import io.luyun.benchmarks.torture.Account;
import io.luyun.benchmarks.torture.Books;
import io.luyun.benchmarks.torture.Convoy;
import io.luyun.benchmarks.torture.Ledger;
import io.luyun.benchmarks.torture.Setup;
import io.luyun.benchmarks.torture.Subject;
import io.luyun.proto.v1.AckLevel;
import io.luyun.server.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server's data after its disk has been through something: what is in it, and whether a server comes up on it by itself. */
final class Survivor {
    private static final int OTHERS_FROM = 1_000;
    private static final int OTHERS = 4;
    private static final int SOME = 200;
    private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Path data;
    private final Path home;
    private final String settings;

    /**
     * Over its data.
     *
     * @param home for the settings and the log of the server that is tried
     * @param settings further lines for it
     */
    Survivor(final Path data, final Path home, final String settings) {
        this.data = data;
        this.home = home;
        this.settings = settings;
    }

    private Path journal() {
        return data.resolve("journal");
    }

    /** Whether there is a journal at all. */
    boolean any() {
        return Journal.existsAt(journal());
    }

    /** What the journal has of that which was promised. */
    Account account(final List<Ledger> ledgers) throws IOException {
        return Books.of(journal(), ledgers);
    }

    /** The highest number it has of each of these devices. */
    int[] highest(final List<Ledger> ledgers) throws IOException {
        return Books.highest(journal(), ledgers);
    }

    /**
     * Starts a server on it, sends it messages of other devices, and ends it in order.
     *
     * @param ledgers filled with those of the other devices
     * @return seconds until it was ready
     */
    double revive(final Undo undo, final List<Ledger> ledgers) throws IOException, InterruptedException {
        final Setup setup = new Setup(Files.createDirectories(home), data, settings);
        final Convoy others = new Convoy(OTHERS_FROM, OTHERS, AckLevel.ACK_LEVEL_SYNCED);
        final long beginNs = System.nanoTime();
        try (Subject server = Subject.start(setup.start())) {
            undo.add(server::kill);
            server.awaitReady();
            final double seconds = (System.nanoTime() - beginNs) * 1e-9;
            others.depart(server.port());
            final boolean takes = others.awaitAcknowledged(SOME, MOST_WAIT_NANOS);
            others.halt();
            server.terminate();
            if (!takes) {
                throw new IOException("the server that came up takes no messages: " + others.breaks());
            }
            ledgers.addAll(others.ledgers());
            return seconds;
        }
    }

    /** A list of ledgers that can be added to. */
    static List<Ledger> growing(final List<Ledger> ledgers) {
        return new ArrayList<>(ledgers);
    }
}
