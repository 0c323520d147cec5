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
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** F1: SIGKILL at instants that have nothing to do with what the server does. */
final class RandomKills implements Fault {
    private static final int VEHICLES = 20;
    private static final int MOST_ACKS = 100_000;
    private static final long MOST_AFTER_NANOS = 20_000_000;
    private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final double READY_SECONDS = 5;
    private static final double RANK = 0.99;
    /** One server in so many is killed while it starts. */
    private static final int START_KILLED_EVERY = 5;

    @Override
    public String id() {
        return "F1";
    }

    @Override
    public String what() {
        return "kill -9 at random instants under load";
    }

    @Override
    public String promise() {
        return "0 acknowledged lost, 0 twice, 0 damaged; ready within 5 s (p99)";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        final Random random = trial.random();
        final Setup setup = new Setup(trial.directory());
        final List<Subject.Start> modes = List.of(
                setup.start(),
                setup.dedicated(Files.createDirectories(trial.directory().resolve("dedicated")))
                        .start());
        final Convoy convoy = Convoy.ofBothLevels(VEHICLES);
        final List<Double> readySeconds = new ArrayList<>();
        for (int cycle = 1; cycle <= trial.cycles(); cycle++) {
            final long beginNs = System.nanoTime();
            try (Subject server = Subject.start(modes.get(cycle % modes.size()))) {
                if (cycle % START_KILLED_EVERY == 0) {
                    LockSupport.parkNanos(random.nextLong(TimeUnit.SECONDS.toNanos(2)));
                    server.kill();
                    continue;
                }
                server.awaitReady();
                readySeconds.add((System.nanoTime() - beginNs) * 1e-9);
                convoy.depart(server.port());
                if (!convoy.awaitAcknowledged(random.nextInt(MOST_ACKS), MOST_WAIT_NANOS)) {
                    trial.say().accept("cycle " + cycle + ": few acknowledgements; " + convoy.breaks());
                }
                LockSupport.parkNanos(random.nextLong(MOST_AFTER_NANOS));
                server.kill();
            }
            convoy.join();
        }
        final Account account = Books.of(setup.journal(), convoy.ledgers());
        final List<Double> sorted = readySeconds.stream().sorted().toList();
        final double ready = sorted.get(Math.min(sorted.size() - 1, (int) Math.ceil(RANK * sorted.size()) - 1));
        return new Outcome.Notes()
                .figure("kills", trial.cycles())
                .account(account)
                .figure("sent again", convoy.sum(Ledger::again))
                .figure("damaged ranges", account.damaged())
                .figure("ready p99 s", "%.1f".formatted(ready))
                .expect(account.damaged() == 0, "damaged: " + account.lossyDamage())
                .inTime(ready <= READY_SECONDS, "ready p99 %.1f s, at most 5 is promised".formatted(ready))
                .outcome();
    }
}
