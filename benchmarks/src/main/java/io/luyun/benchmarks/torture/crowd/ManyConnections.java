package io.luyun.benchmarks.torture.crowd;

import io.luyun.benchmarks.rig.LiveHeap;
import io.luyun.benchmarks.torture.Books;
import io.luyun.benchmarks.torture.Fault;
import io.luyun.benchmarks.torture.Ledger;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Setup;
import io.luyun.benchmarks.torture.Subject;
import io.luyun.benchmarks.torture.Trial;
import io.luyun.simulator.link.LinkConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** F13: as many connections as a process may have descriptors, nearly. */
final class ManyConnections implements Fault {
    private static final int FEW = 2_000;
    private static final int MANY = 19_000;
    private static final int MANY_CYCLES = 20;
    private static final int ONE_ACTIVE_OF = 20;
    private static final double MESSAGES_A_SECOND = 1;
    private static final long SHORT_SECONDS = 12;
    private static final long SECONDS_A_CYCLE = 10;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final String SETTINGS = """
            net: {port: 0, insecure: true, maxConnections: 20000, maxConnectionsPerAddress: 20000}
            ops: {port: 0}
            evidence: {enabled: false}
            """;

    @Override
    public String id() {
        return "F13";
    }

    @Override
    public String what() {
        return "19,000 connections in one process, one in twenty of which sends";
    }

    @Override
    public String promise() {
        return "6 KiB of heap each at most, every sign of life answered, acknowledgements go on; 0 acknowledged lost";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        final boolean many = trial.cycles() >= MANY_CYCLES;
        final int count = many ? MANY : FEW;
        final long seconds = many ? SECONDS_A_CYCLE * trial.cycles() : SHORT_SECONDS;
        final Outcome.Notes notes = new Outcome.Notes();
        final Setup setup = Setup.exactly(trial.directory(), SETTINGS);
        final Path scratch = trial.directory().resolve("histogram");
        final List<Ledger> ledgers = new ArrayList<>();
        try (Subject server = Subject.start(setup.start())) {
            server.awaitReady();
            final long bare = LiveHeap.bytesOf(server.pid(), scratch);
            final LinkConfig config = LinkConfig.plain("127.0.0.1", server.port());
            try (Crowd crowd = new Crowd(config, new Crowd.Size(1, count, count / ONE_ACTIVE_OF))) {
                notes.expect(crowd.connect(PATIENCE_NANOS), "not everybody came in: " + crowd.open());
                crowd.send(MESSAGES_A_SECOND);
                TimeUnit.SECONDS.sleep(seconds);
                final long heap = LiveHeap.bytesOf(server.pid(), scratch) - bare;
                new ManyAccount(
                                crowd.open(),
                                count,
                                heap / count,
                                crowd.silentFor(2.0 * TimeUnit.MILLISECONDS.toSeconds(config.heartbeatMillis())),
                                crowd.longestSilenceSeconds(),
                                crowd.longestGapSeconds(),
                                crowd.breaks())
                        .tell(notes);
                notes.figure("for s", seconds).expect(crowd.halt(PATIENCE_NANOS), "not everything was answered");
                ledgers.addAll(crowd.ledgers());
            }
            notes.expect(server.endsInOrder(), "the server did not end in order");
        }
        return notes.account(Books.of(setup.journal(), ledgers)).outcome();
    }
}
