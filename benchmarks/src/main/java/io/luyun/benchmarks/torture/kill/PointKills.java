package io.luyun.benchmarks.torture.kill;

import io.luyun.benchmarks.torture.Account;
import io.luyun.benchmarks.torture.Books;
import io.luyun.benchmarks.torture.Convoy;
import io.luyun.benchmarks.torture.Fault;
import io.luyun.benchmarks.torture.Ledger;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Setup;
import io.luyun.benchmarks.torture.Subject;
import io.luyun.benchmarks.torture.Trial;
import io.luyun.proto.v1.AckLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** F2: the process ends at a named point, between any two steps of what makes a message safe. */
final class PointKills implements Fault {
    private static final int SOME_POINTS = 4;
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1";
    private static final int VEHICLES = 20;
    private static final int SOME = 500;
    private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long END_SECONDS = 30;

    private final List<Point> points;
    private final List<Tamper> tampers;

    /** A sound server, at all points. */
    PointKills() {
        this(Arrays.asList(Point.values()), List.of());
    }

    /**
     * At some points.
     *
     * @param tampers what is wrong with the server
     */
    PointKills(final List<Point> points, final List<Tamper> tampers) {
        this.points = List.copyOf(points);
        this.tampers = List.copyOf(tampers);
    }

    @Override
    public String id() {
        return "F2";
    }

    @Override
    public String what() {
        return "the process ends at every named point of open, append, roll, sync, acknowledgement, checkpoint, close, retention";
    }

    @Override
    public String promise() {
        return "every point is met; 0 acknowledged lost, 0 twice, 0 damaged; held before a sync, nothing is acknowledged;"
                + " acknowledged is forced; retention keeps what it must";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        final Outcome.Notes notes = new Outcome.Notes();
        final FaultAgent agent = new FaultAgent(trial.directory());
        final Ground usual = new Ground(new Setup(trial.directory()), agent, tampers);
        final Ground rolling = new Ground(rolling(trial.directory()), agent, tampers);
        final Random random = trial.random();
        int kills = 0;
        final List<Point> these = trial.brief() ? some(random) : points;
        for (final Point point : these) {
            if (point.stage().retention()) {
                continue;
            }
            final boolean rolls = point.stage() == Point.Stage.ROLL;
            final Ground ground = rolls ? rolling : usual;
            final long beginNs = System.nanoTime();
            for (int cycle = 1; cycle <= trial.cycles(); cycle++) {
                if (point.stage() == Point.Stage.REOPEN) {
                    ground.leaveUnchecked();
                }
                final int passage = 1 + random.nextInt(point.stage().most());
                ground.kill(point, passage, rolls ? List.of(agent.tamper(Tamper.SHORT_MINUTES)) : List.of(), notes);
                kills++;
            }
            ground.account(point, notes);
            trial.say().accept("%s: %.1f s".formatted(point, (System.nanoTime() - beginNs) * 1e-9));
        }
        kills += new RetentionKills(agent, trial).run(these, notes);
        notes.figure("points", these.size())
                .figure("kills", kills)
                .figure("acknowledged", usual.sum(Ledger::promised) + rolling.sum(Ledger::promised))
                .figure("sent again", usual.sum(Ledger::again) + rolling.sum(Ledger::again));
        new Held(agent, tampers).run(Held.POINTS, trial.directory(), notes);
        new Forced(agent, tampers).run(trial.directory(), notes);
        return notes.outcome();
    }

    /** A few of them, other ones with another seed. */
    private List<Point> some(final Random random) {
        final List<Point> shuffled = new ArrayList<>(points);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, Math.min(SOME_POINTS, shuffled.size()));
    }

    private static Setup rolling(final Path directory) throws IOException {
        final Path own = Files.createDirectories(directory.resolve("rolling"));
        return new Setup(own, own.resolve("data"), Setup.SMALL_JOURNAL.replace("{", "{rollCycle: MINUTELY, "));
    }

    /** A journal with the vehicles that send to it. */
    private static final class Ground {
        private final Setup setup;
        private final FaultAgent agent;
        private final Subject.Start start;
        private final Convoy convoy = new Convoy(VEHICLES, AckLevel.ACK_LEVEL_SYNCED);

        Ground(final Setup setup, final FaultAgent agent, final List<Tamper> tampers) {
            this.setup = setup;
            this.agent = agent;
            this.start = agent.tampered(setup.start(), tampers).with(QUICK_START);
        }

        long sum(final ToLongFunction<Ledger> what) {
            return convoy.sum(what);
        }

        /** Leaves the journal with records that no checkpoint knows. */
        void leaveUnchecked() throws IOException, InterruptedException {
            try (Subject server = Subject.start(start)) {
                server.awaitReady();
                convoy.depart(server.port());
                convoy.awaitAcknowledged(SOME, MOST_WAIT_NANOS);
                server.kill();
            }
            convoy.join();
        }

        void kill(final Point point, final int passage, final List<String> flags, final Outcome.Notes notes)
                throws IOException, InterruptedException {
            Subject.Start armed = start.with(agent.kill(point, passage));
            for (final String flag : flags) {
                armed = armed.with(flag);
            }
            try (Subject server = Subject.start(armed)) {
                if (ready(server)) {
                    convoy.depart(server.port());
                    if (point.stage() == Point.Stage.CLOSE) {
                        convoy.awaitAcknowledged(SOME, MOST_WAIT_NANOS);
                        server.signal("TERM");
                    }
                }
                final int code = server.awaitEnd(END_SECONDS);
                notes.expect(
                        code == Passages.KILLED,
                        point + " at passage " + passage + ": the server ended with " + code + " instead");
            } catch (final IOException e) {
                notes.trouble(point + " at passage " + passage + ": " + e.getMessage());
            }
            convoy.join();
        }

        /** Whether it became ready; otherwise it has ended on the way. */
        private static boolean ready(final Subject server) throws InterruptedException {
            try {
                server.awaitReady();
                return true;
            } catch (final IOException e) {
                return false;
            }
        }

        void account(final Point point, final Outcome.Notes notes) throws IOException {
            final Account account = Books.of(setup.journal(), convoy.ledgers());
            account.troubles().forEach(line -> notes.trouble("after " + point + ": " + line));
            notes.expect(account.damaged() == 0, "after " + point + ": damaged: " + account.lossyDamage());
        }
    }
}
