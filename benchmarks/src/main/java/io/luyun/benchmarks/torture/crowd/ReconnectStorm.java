package io.luyun.benchmarks.torture.crowd;

import io.luyun.benchmarks.torture.Books;
import io.luyun.benchmarks.torture.Fault;
import io.luyun.benchmarks.torture.Identity;
import io.luyun.benchmarks.torture.Ledger;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Setup;
import io.luyun.benchmarks.torture.Subject;
import io.luyun.benchmarks.torture.Trial;
import io.luyun.simulator.link.LinkConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** F14: all connections end at once, and all come back at once. */
final class ReconnectStorm implements Fault {
    private static final int FEW = 1_000;
    private static final int MANY = 19_000;
    private static final int MANY_CYCLES = 20;
    private static final int CYCLES_A_STORM = 10;
    private static final int ONE_ACTIVE_OF = 20;
    private static final int SURVIVORS = 10;
    private static final int FIRST_SURVIVOR = 1_000_000;
    private static final double MESSAGES_A_SECOND = 1;
    private static final double SURVIVORS_MESSAGES_A_SECOND = 20;
    private static final long BEFORE_SECONDS = 2;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int OUTSTANDING = 256;
    private static final int HEARTBEAT_MILLIS = 10_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(180);
    private static final String SETTINGS = """
            net:
              port: 0
              insecure: true
              maxConnections: 20000
              maxConnectionsPerAddress: 20000
              tls: {enabled: true, certificate: %s, key: %s}
            ops: {port: 0}
            evidence: {enabled: false}
            session: {clockToleranceMillis: 29999}
            """ + Setup.SMALL_JOURNAL;

    @Override
    public String id() {
        return "F14";
    }

    @Override
    public String what() {
        return "all connections end at once and come back at once, over TLS";
    }

    @Override
    public String promise() {
        return "all are back within 60 s, who has stayed is acknowledged all the while; 0 acknowledged lost";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        final boolean many = trial.cycles() >= MANY_CYCLES;
        final int count = many ? MANY : FEW;
        final int storms = Math.max(1, trial.cycles() / CYCLES_A_STORM);
        final Outcome.Notes notes = new Outcome.Notes();
        final Identity identity = Identity.make(trial.directory());
        final Setup setup =
                Setup.exactly(trial.directory(), SETTINGS.formatted(identity.certificate(), identity.key()));
        final List<Ledger> ledgers = new ArrayList<>();
        try (Subject server = Subject.start(setup.start().with("-Xmx768m"))) {
            server.awaitReady();
            final LinkConfig config = new LinkConfig(
                    "localhost",
                    server.port(),
                    true,
                    identity.certificate(),
                    null,
                    null,
                    CONNECT_MILLIS,
                    OUTSTANDING,
                    HEARTBEAT_MILLIS);
            try (Crowd survivors = new Crowd(config, new Crowd.Size(FIRST_SURVIVOR, SURVIVORS, SURVIVORS));
                    Crowd crowd = new Crowd(config, new Crowd.Size(1, count, count / ONE_ACTIVE_OF))) {
                notes.expect(survivors.connect(PATIENCE_NANOS), "the survivors did not come in");
                survivors.send(SURVIVORS_MESSAGES_A_SECOND);
                notes.expect(crowd.connect(PATIENCE_NANOS), "not everybody came in: " + crowd.open());
                crowd.send(MESSAGES_A_SECOND);
                StormAccount account = StormAccount.none(count);
                for (int storm = 0; storm < storms && server.alive(); storm++) {
                    final StormAccount one = storm(crowd, survivors);
                    trial.say().accept("storm %d: %s".formatted(storm + 1, one));
                    account = account.worse(one);
                }
                account.tell(notes);
                notes.figure("storms", storms)
                        .expect(crowd.halt(PATIENCE_NANOS), "not everything was answered")
                        .expect(survivors.halt(PATIENCE_NANOS), "survivors were not answered");
                ledgers.addAll(crowd.ledgers());
                ledgers.addAll(survivors.ledgers());
            }
            notes.expect(server.endsInOrder(), "the server did not end in order");
        }
        return notes.account(Books.of(setup.journal(), ledgers)).outcome();
    }

    private static StormAccount storm(final Crowd crowd, final Crowd survivors) throws InterruptedException {
        survivors.beginWatch();
        TimeUnit.SECONDS.sleep(BEFORE_SECONDS);
        final double gapBefore = survivors.longestGapSeconds();
        final long breaksBefore = crowd.breaks();
        survivors.beginWatch();
        final long beganNs = System.nanoTime();
        crowd.drop();
        crowd.awaitAll(PATIENCE_NANOS);
        final double seconds = (System.nanoTime() - beganNs) * 1e-9;
        return new StormAccount(
                crowd.size(),
                crowd.open(),
                seconds,
                gapBefore,
                survivors.longestGapSeconds(),
                survivors.breaks(),
                crowd.breaks() - breaksBefore);
    }
}
