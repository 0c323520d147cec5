package io.luyun.benchmarks.torture.load;

import io.luyun.benchmarks.torture.Books;
import io.luyun.benchmarks.torture.Fault;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Setup;
import io.luyun.benchmarks.torture.Trial;
import io.luyun.benchmarks.torture.crowd.Crowd;
import io.luyun.benchmarks.torture.crowd.Laggards;
import io.luyun.benchmarks.torture.net.TcpRelay;
import io.luyun.simulator.link.LinkConfig;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** F21: paced load for long, with other faults at random. */
final class Soak implements Fault {
    private static final int VEHICLES = 100;
    private static final int LAGGARDS = 4;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final String SETTINGS = """
            net: {port: 0, insecure: true, writeStallMillis: 5000}
            ops: {port: 0}
            evidence: {enabled: false}
            session: {clockToleranceMillis: 29999, idleTimeoutMillis: 5000}
            """;

    @Override
    public String id() {
        return "F21";
    }

    @Override
    public String what() {
        return "70 % of what it can take for long, with kills, bad networks and slow subscribers at random";
    }

    @Override
    public String promise() {
        return "memory grows by less than 1 MB an hour, descriptors and threads do not, p99 drifts by less than 5 %; "
                + "0 acknowledged lost, 0 twice, in order";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        final Outcome.Notes notes = new Outcome.Notes();
        final Setup setup = Setup.exactly(trial.directory(), SETTINGS);
        try (Lives lives = new Lives(setup, trial.directory().resolve("histogram"));
                TcpRelay relay = new TcpRelay(lives::connect, trial.seed());
                Crowd traffic = new Crowd(
                        LinkConfig.plain("127.0.0.1", relay.address().getPort()),
                        new Crowd.Size(1, VEHICLES, VEHICLES));
                Laggards laggards = new Laggards(relay.address().getPort(), LAGGARDS)) {
            notes.expect(traffic.connect(PATIENCE_NANOS), "not everybody came in before anything was done");
            final SoakRun run = new SoakRun(trial, lives, relay, traffic, laggards);
            final double capacity = run.capacity(VEHICLES);
            final double pace = SoakRun.PART * capacity;
            traffic.send(pace / VEHICLES);
            run.run(notes);
            notes.expect(
                            traffic.halt(PATIENCE_NANOS),
                            "vehicles were not answered within 60 s of the end of all faults")
                    .figure("faults", run.faults())
                    .figure("connections ended", relay.ended());
            new SoakAccount(capacity, pace, lives.all(), run.p99Millis()).tell(notes);
            notes.expect(lives.endInOrder(), "the server did not end in order");
            notes.account(Books.of(setup.journal(), traffic.ledgers()));
        }
        return notes.outcome();
    }
}
