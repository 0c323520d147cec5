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

/** F10: one subscriber in ten stops to read. */
final class SlowSubscribers implements Fault {
    private static final int FEW = 200;
    private static final int MANY = 2_000;
    private static final int MANY_CYCLES = 20;
    private static final int LONG_ROUNDS = 4;
    private static final int VEHICLES = 100;
    private static final double MESSAGES_A_SECOND = 10;
    private static final long WITHOUT_MILLIS = 4_000;
    private static final long WARM_MILLIS = 4_000;
    private static final long WITH_MILLIS = 9_500;
    private static final long SETTLE_MILLIS = 500;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final String SETTINGS = """
            net: {port: 0, insecure: true, writeStallMillis: 5000}
            zone: {file: %s}
            alert: {speedLimit: {confirmReports: 1, holdMillis: 0}}
            ops: {port: 0}
            evidence: {enabled: false}
            session: {clockToleranceMillis: 29999}
            """ + Setup.SMALL_JOURNAL;

    @Override
    public String id() {
        return "F10";
    }

    @Override
    public String what() {
        return "one subscriber in ten reads a byte a second, or nothing";
    }

    @Override
    public String promise() {
        return "the others miss nothing and wait at most 10 % and 5 ms longer; ingest -2 % and heap +64 MB at most; "
                + "who does not read is shown out within 10 s; 0 acknowledged lost";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        final boolean many = trial.cycles() >= MANY_CYCLES;
        final int all = many ? MANY : FEW;
        final Outcome.Notes notes = new Outcome.Notes();
        final Setup setup = Setup.exactly(trial.directory(), SETTINGS.formatted(Place.zone(trial.directory())));
        final List<Ledger> ledgers = new ArrayList<>();
        try (Subject server = Subject.start(setup.start())) {
            server.awaitReady();
            try (Crowd traffic = new Crowd(
                            LinkConfig.plain("127.0.0.1", server.port()), new Crowd.Size(1, VEHICLES, VEHICLES));
                    Audience audience = new Audience(server.port(), all - all / 10);
                    Laggards laggards = new Laggards(server.port(), all / 10)) {
                notes.expect(
                        traffic.connect(PATIENCE_NANOS) && audience.awaitAll(PATIENCE_NANOS),
                        "not everybody came in before anything was done");
                traffic.send(MESSAGES_A_SECOND);
                audience.begin();
                final Rounds rounds =
                        new Rounds(server, trial.directory().resolve("histogram"), traffic, audience, laggards);
                rounds.run(many ? LONG_ROUNDS : 1);
                notes.expect(audience.end(PATIENCE_NANOS), "not everybody was told every alert");
                notes.expect(traffic.halt(PATIENCE_NANOS), "vehicles were not answered");
                rounds.account(all, traffic.breaks()).tell(notes);
                ledgers.addAll(traffic.ledgers());
                ledgers.add(audience.scout().ledger());
            }
            notes.expect(server.endsInOrder(), "the server did not end in order");
        }
        return notes.account(Books.of(setup.journal(), ledgers)).outcome();
    }

    /** Times without laggards and with them, in turns; the last is one without. */
    private record Rounds(
            Subject server, Path scratch, Crowd traffic, Audience audience, Laggards laggards, Figures figures) {
        /** What was measured. */
        private static final class Figures {
            private final List<Double> p99Without = new ArrayList<>();
            private final List<Double> p99With = new ArrayList<>();
            private final List<Double> ingestWithout = new ArrayList<>();
            private final List<Double> ingestWith = new ArrayList<>();
            private long heapGrowth;
            private long borne;
        }

        Rounds(
                final Subject server,
                final Path scratch,
                final Crowd traffic,
                final Audience audience,
                final Laggards laggards) {
            this(server, scratch, traffic, audience, laggards, new Figures());
        }

        void run(final int rounds) throws IOException, InterruptedException {
            // what is compiled while it is measured for the first time is no noise of the machine
            TimeUnit.MILLISECONDS.sleep(WARM_MILLIS);
            for (int round = 0; round < rounds; round++) {
                measure(WITHOUT_MILLIS, figures.p99Without, figures.ingestWithout);
                final long before = LiveHeap.bytesOf(server.pid(), scratch);
                final long shownOut = laggards.shownOut();
                laggards.lag(true);
                measure(WITH_MILLIS, figures.p99With, figures.ingestWith);
                figures.heapGrowth = Math.max(figures.heapGrowth, LiveHeap.bytesOf(server.pid(), scratch) - before);
                figures.borne += laggards.shownOut() == shownOut ? 1 : 0;
                laggards.lag(false);
                TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            }
            measure(WITHOUT_MILLIS, figures.p99Without, figures.ingestWithout);
        }

        private void measure(final long millis, final List<Double> p99, final List<Double> ingest)
                throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            audience.beginWatch();
            traffic.beginWatch();
            final long beganNs = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(millis);
            ingest.add(traffic.acknowledged() / ((System.nanoTime() - beganNs) * 1e-9));
            p99.add(audience.p99Millis());
        }

        SlowAccount account(final int subscribers, final long breaks) throws InterruptedException {
            return new SlowAccount(
                    subscribers,
                    new Sides(figures.p99Without, figures.p99With),
                    new Sides(figures.ingestWithout, figures.ingestWith),
                    figures.heapGrowth,
                    new SlowAccount.Offenders(
                            laggards.shownOut(), figures.borne, laggards.longestSeconds(), laggards.unjust()),
                    audience.account(),
                    breaks);
        }
    }
}
