package io.luyun.benchmarks.torture.load;

import io.luyun.benchmarks.torture.Books;
import io.luyun.benchmarks.torture.Fault;
import io.luyun.benchmarks.torture.Ledger;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Setup;
import io.luyun.benchmarks.torture.Subject;
import io.luyun.benchmarks.torture.Trial;
import io.luyun.benchmarks.torture.crowd.Audience;
import io.luyun.benchmarks.torture.crowd.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** F24: three times as much as the server can take. */
final class Overload implements Fault {
    /** Heavy, middle and light senders. */
    private static final int[] RANKS = {40, 20, 300};

    private static final int WATCHERS = 20;
    private static final int MANY_CYCLES = 20;
    private static final OverloadRounds.Length FEW = new OverloadRounds.Length(1, 6_000);
    /** A minute has 300 alerts: enough for a p99. */
    private static final OverloadRounds.Length MANY = new OverloadRounds.Length(5, 60_000);

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** The heap is all there from the start, so that what grows is something else. */
    private static final List<String> FLAGS = List.of("-Xms256m", "-XX:+AlwaysPreTouch");

    @Override
    public String id() {
        return "F24";
    }

    @Override
    public String what() {
        return "three times as much as it can take";
    }

    @Override
    public String promise() {
        return "goodput is at least 95 % of the peak, the heaviest senders are slowed first, alerts p99 is 50 ms at most; "
                + "0 acknowledged lost, nobody shown out, memory +64 MB at most, /readyz says yes";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        final Outcome.Notes notes = new Outcome.Notes();
        final Setup setup = Setup.exactly(trial.directory(), settings(Place.zone(trial.directory())));
        final List<Ledger> ledgers = new ArrayList<>();
        try (Cores cores = Cores.part();
                Subject server = Subject.start(cores.of(start(setup)))) {
            notes.figure("cores", cores.text());
            server.awaitReady();
            try (Column column = new Column(server.port(), RANKS);
                    Audience audience = new Audience(server.port(), WATCHERS)) {
                notes.expect(audience.awaitAll(PATIENCE_NANOS), "not everybody came in before anything was done");
                audience.begin();
                final OverloadRounds rounds =
                        new OverloadRounds(server.pid(), server.port("http"), column, audience, trial.say());
                rounds.run(trial.cycles() >= MANY_CYCLES ? MANY : FEW);
                notes.expect(audience.end(PATIENCE_NANOS), "not everybody was told every alert");
                rounds.account().tell(notes);
                ledgers.addAll(column.ledgers());
                ledgers.add(audience.ledger());
            }
            notes.expect(server.endsInOrder(), "the server did not end in order");
        }
        return notes.account(Books.of(setup.journal(), ledgers)).outcome();
    }

    private static Subject.Start start(final Setup setup) {
        Subject.Start start = setup.start();
        for (final String flag : FLAGS) {
            start = start.with(flag);
        }
        return start;
    }

    private static String settings(final Path zone) {
        return """
            net: {port: 0, insecure: true}
            zone: {file: %s}
            alert: {speedLimit: {confirmReports: 1, holdMillis: 0}}
            # who is told late is told all the same, so that it is seen how late
            world: {staleMillis: 10000}
            ops: {port: 0}
            evidence: {enabled: false}
            session: {clockToleranceMillis: 29999}
            """.formatted(zone);
    }
}
