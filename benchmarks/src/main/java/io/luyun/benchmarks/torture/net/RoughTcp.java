package io.luyun.benchmarks.torture.net;

import io.luyun.benchmarks.torture.Account;
import io.luyun.benchmarks.torture.Books;
import io.luyun.benchmarks.torture.Commuters;
import io.luyun.benchmarks.torture.Ledger;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Setup;
import io.luyun.benchmarks.torture.Subject;
import io.luyun.benchmarks.torture.Trial;
import io.luyun.proto.v1.AckLevel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The connections of F9: one server, one set of ledgers, and one weather after the other. */
final class RoughTcp {
    private static final int VEHICLES = 20;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long FEW = 500;
    private static final int STORMS = 3;
    private static final int MANY_CYCLES = 100;
    private static final long ROUND_MILLIS = 700;
    private static final long PARTITION_MILLIS = 2_500;
    private static final long LONG_PARTITION_MILLIS = 60_000;

    /** Silence that ends a session, shorter than the partition: both ways of coming out of one are seen. */
    private static final String SETTINGS = """
            net: {port: 0, insecure: true}
            ops: {port: 0}
            evidence: {enabled: false}
            session: {clockToleranceMillis: 29999, idleTimeoutMillis: 2000}
            """ + Setup.SMALL_JOURNAL;

    private final Trial trial;
    private final Outcome.Notes notes;
    private final Commuters commuters = new Commuters(1, VEHICLES, AckLevel.ACK_LEVEL_SYNCED);

    RoughTcp(final Trial trial, final Outcome.Notes notes) {
        this.trial = trial;
        this.notes = notes;
    }

    void run() throws IOException, InterruptedException {
        final Setup setup = Setup.exactly(trial.directory(), SETTINGS);
        try (Subject server = Subject.start(setup.start())) {
            server.awaitReady();
            try (TcpRelay relay = TcpRelay.to(server.port(), trial.seed())) {
                commuters.depart(relay.address());
                steady(relay);
                ends(relay);
                partition(relay);
                relay.weather(Weather.FAIR);
                notes.expect(
                        commuters.halt(PATIENCE_NANOS),
                        "somebody was not answered within 60 s of the end of all weather");
                notes.figure("connections", relay.connections()).figure("ended by the relay", relay.ended());
            }
            notes.expect(server.alive(), "the server has ended");
            notes.expect(server.endsInOrder(), "the server did not end in order");
        }
        final Account account = Books.of(setup.journal(), commuters.ledgers());
        notes.account(account)
                .figure("sent again", commuters.sum(Ledger::again))
                .expect(account.damaged() == 0, "damaged: " + account.lossyDamage());
    }

    private void steady(final TcpRelay relay) {
        final List<Weather> weathers = new ArrayList<>(List.of(
                Weather.delay(20),
                Weather.delay(100),
                Weather.narrow(125_000 / VEHICLES),
                Weather.cuts(20_000),
                Weather.cuts(3_000)));
        if (trial.cycles() >= MANY_CYCLES) {
            weathers.add(Weather.delay(500));
        }
        for (final Weather weather : weathers) {
            relay.weather(weather);
            if (weather.cutWithinBytes() > 0) {
                // connections from before would never be cut
                relay.end(TcpRelay.End.RESET);
            }
            for (int cycle = 0; cycle < trial.cycles(); cycle++) {
                goesOn(weather.name(), FEW);
            }
        }
        relay.weather(Weather.FAIR);
        relay.end(TcpRelay.End.RESET);
    }

    private void ends(final TcpRelay relay) {
        for (int storm = 0; storm < STORMS * trial.cycles(); storm++) {
            final TcpRelay.End how = storm % 2 == 0 ? TcpRelay.End.VANISH : TcpRelay.End.RESET;
            goesOn("before a storm", FEW);
            relay.end(how);
        }
        goesOn("after the storms", FEW);
    }

    private void partition(final TcpRelay relay) throws InterruptedException {
        relay.weather(Weather.partition());
        TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS);
        final long before = commuters.acknowledged();
        TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS);
        notes.expect(commuters.acknowledged() == before, "something was acknowledged through a partition");
        relay.weather(Weather.FAIR);
        goesOn("after a short partition", FEW);
        relay.weather(Weather.partition());
        TimeUnit.MILLISECONDS.sleep(trial.cycles() >= MANY_CYCLES ? LONG_PARTITION_MILLIS : PARTITION_MILLIS);
        relay.weather(Weather.FAIR);
        goesOn("after a partition", FEW);
    }

    private void goesOn(final String when, final long messages) {
        final long breaks = commuters.breaks();
        final long beganNs = System.nanoTime();
        if (!commuters.awaitAcknowledged(messages, PATIENCE_NANOS)) {
            notes.trouble("%s: not even %d acknowledged within 60 s, %d connections broken"
                    .formatted(when, messages, commuters.breaks() - breaks));
        }
        trial.say().accept("%s: %d more after %.1f s".formatted(when, messages, (System.nanoTime() - beganNs) * 1e-9));
    }
}
