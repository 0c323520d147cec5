package io.luyun.benchmarks.torture.net;

import io.luyun.benchmarks.torture.Account;
import io.luyun.benchmarks.torture.Books;
import io.luyun.benchmarks.torture.Commuters;
import io.luyun.benchmarks.torture.Fault;
import io.luyun.benchmarks.torture.Ledger;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Setup;
import io.luyun.benchmarks.torture.Subject;
import io.luyun.benchmarks.torture.Trial;
import io.luyun.proto.v1.AckLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** F12: more connections than the process may have descriptors. */
final class FewDescriptors implements Fault {
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
    private static final int DESCRIPTORS = 400;
    private static final int FLOOD = 1_000;
    private static final int VEHICLES = 10;
    private static final int PROBES = 10;
    private static final long PROBE_MILLIS = 200;
    /** Some checkpoints, each a file of its own. */
    private static final long MESSAGES = 5_000;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final double RECOVERY_SECONDS = 2;
    /** The defaults allow many more connections than there are descriptors. */
    private static final String SETTINGS = """
            net: {port: 0, insecure: true, helloTimeoutMillis: 30000}
            ops: {port: 0}
            evidence: {enabled: false}
            session: {clockToleranceMillis: 29999}
            """ + Setup.SMALL_JOURNAL;

    @Override
    public String id() {
        return "F12";
    }

    @Override
    public String what() {
        return "a flood of connections, with descriptors for a few";
    }

    @Override
    public String promise() {
        return "vehicles go on, /readyz answers, new ones come in within 2 s of its end; 0 acknowledged lost";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        if (!Files.isExecutable(PRLIMIT)) {
            return Outcome.leftOut("prlimit is not there (Debian package util-linux)");
        }
        final Outcome.Notes notes = new Outcome.Notes();
        final Setup setup = Setup.exactly(trial.directory(), SETTINGS);
        final Commuters residents = new Commuters(1, VEHICLES, AckLevel.ACK_LEVEL_SYNCED);
        final List<Ledger> ledgers = new ArrayList<>(residents.ledgers());
        try (Subject server = Subject.start(
                setup.start().below(PRLIMIT.toString(), "--nofile=" + DESCRIPTORS + ":" + DESCRIPTORS, "--"))) {
            server.awaitReady();
            residents.depart(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            notes.expect(residents.awaitAcknowledged(MESSAGES, PATIENCE_NANOS), "nothing goes before any flood");
            double slowest = 0;
            for (int cycle = 0; cycle < trial.cycles() && server.alive(); cycle++) {
                flood(server, residents, notes);
                final Commuters newcomers =
                        new Commuters(1_000 + cycle * VEHICLES, VEHICLES, AckLevel.ACK_LEVEL_SYNCED);
                ledgers.addAll(newcomers.ledgers());
                slowest = Math.max(slowest, arrive(server, newcomers, notes));
            }
            notes.figure("floods", trial.cycles())
                    .figure("newcomers in after s", "%.1f".formatted(slowest))
                    .figure("residents' connections broken", residents.breaks())
                    .inTime(slowest <= RECOVERY_SECONDS, "newcomers were in only after %.1f s".formatted(slowest))
                    .expect(residents.breaks() == 0, "connections from before the flood have broken")
                    .expect(residents.halt(PATIENCE_NANOS), "residents were not answered")
                    .expect(server.endsInOrder(), "the server did not end in order");
        }
        final Account account = Books.of(setup.journal(), ledgers);
        return notes.account(account).outcome();
    }

    private static void flood(final Subject server, final Commuters residents, final Outcome.Notes notes)
            throws IOException, InterruptedException {
        try (Swarm swarm = new Swarm()) {
            swarm.grow(server.port(), FLOOD);
            int answered = 0;
            for (int probe = 0; probe < PROBES; probe++) {
                // a face of its own each time: it has to be let in
                try (Face face = new Face(server.port("http"))) {
                    answered += face.ready() ? 1 : 0;
                }
                TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
            }
            notes.figure("descriptors in the flood", descriptors(server))
                    .figure("of the limit", DESCRIPTORS)
                    .figure("ready answers", answered + " of " + PROBES)
                    .expect(answered == PROBES, "/readyz said yes to %d of %d".formatted(answered, PROBES))
                    .expect(
                            residents.awaitAcknowledged(MESSAGES, PATIENCE_NANOS),
                            "vehicles were not acknowledged during the flood");
        }
    }

    private static double arrive(final Subject server, final Commuters newcomers, final Outcome.Notes notes)
            throws IOException, InterruptedException {
        final long beginNs = System.nanoTime();
        newcomers.depart(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        notes.expect(newcomers.awaitAcknowledged(VEHICLES, PATIENCE_NANOS), "nobody came in after the flood");
        final double seconds = (System.nanoTime() - beginNs) * 1e-9;
        notes.expect(newcomers.halt(PATIENCE_NANOS), "newcomers were not answered");
        return seconds;
    }

    private static long descriptors(final Subject server) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(server.pid()), "fd"))) {
            return open.count();
        }
    }
}
