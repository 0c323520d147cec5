package io.luyun.benchmarks.torture.kill;

import io.luyun.benchmarks.torture.Convoy;
import io.luyun.benchmarks.torture.Ledger;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Setup;
import io.luyun.benchmarks.torture.Subject;
import io.luyun.proto.v1.AckLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Servers one thread of which is held for good before something is safe: from then on they must acknowledge nothing. */
final class Held {
    /** What comes before a message is safe. */
    static final List<Point> POINTS = List.of(Point.APPEND_BEFORE_DOCUMENT, Point.SYNC_BEFORE_FORCE);

    /** More than a server comes to by its own ticks before anybody has come, on a busy machine too. */
    private static final int PASSAGE = 300;

    private static final int VEHICLES = 4;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = 10_000_000;

    private final FaultAgent agent;
    private final List<Tamper> tampers;

    Held(final FaultAgent agent, final List<Tamper> tampers) {
        this.agent = agent;
        this.tampers = tampers;
    }

    /** Holds a server at each of these points, one after the other. */
    void run(final List<Point> points, final Path directory, final Outcome.Notes notes)
            throws IOException, InterruptedException {
        for (final Point point : points) {
            final Setup setup = new Setup(Files.createDirectories(directory.resolve("held-" + point)));
            final Convoy convoy = new Convoy(VEHICLES, AckLevel.ACK_LEVEL_SYNCED);
            final Subject.Start start = agent.tampered(setup.start(), tampers).with(agent.hold(point, PASSAGE));
            try (Subject server = Subject.start(start)) {
                server.awaitReady();
                convoy.depart(server.port());
                final boolean silent = awaitSilence(convoy);
                server.kill();
                convoy.join();
                final long waiting = convoy.sum(Ledger::sent) - convoy.sum(Ledger::acknowledged);
                notes.figure("waiting while held at " + point, waiting)
                        .expect(silent, "acknowledges what is not safe: on and on while held at " + point)
                        .expect(waiting > 0, "held at " + point + ", but nobody waits");
            }
        }
    }

    /** Waits until nothing is acknowledged for a while; whether it came to that. */
    private static boolean awaitSilence(final Convoy convoy) {
        final long deadlineNs = System.nanoTime() + MOST_NANOS;
        long heardNs = System.nanoTime();
        long heard = convoy.acknowledged();
        while (System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(LOOK_NANOS);
            final long now = convoy.acknowledged();
            if (now != heard) {
                heard = now;
                heardNs = System.nanoTime();
            } else if (now > 0 && System.nanoTime() - heardNs > SILENCE_NANOS) {
                return true;
            }
        }
        return false;
    }
}
