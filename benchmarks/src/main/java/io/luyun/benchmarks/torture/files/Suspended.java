package io.luyun.benchmarks.torture.files;

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
import java.util.concurrent.TimeUnit;

/** F17: a server that does not run for a while, as in a paused virtual machine, and a second one that wants its journal meanwhile. */
final class Suspended implements Fault {
    private static final int VEHICLES = 20;
    private static final int SOME = 2_000;
    private static final int LONG_FORM_CYCLES = 20;
    private static final int SHORT_SECONDS = 3;
    private static final int LONG_SECONDS = 30;
    private static final int LONG_PAUSES = 5;
    private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long REFUSAL_SECONDS = 60;
    private static final int NOT_TO_BE_HAD = 3;

    @Override
    public String id() {
        return "F17";
    }

    @Override
    public String what() {
        return "SIGSTOP for 3 s (30 s in the long form) under load, and a second server on the same directory";
    }

    @Override
    public String promise() {
        return "0 acknowledged lost, 0 twice, 0 damaged; the second is refused with a line and exit code 3; the first goes on";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        final boolean longForm = trial.cycles() >= LONG_FORM_CYCLES;
        final int seconds = longForm ? LONG_SECONDS : SHORT_SECONDS;
        final int pauses = longForm ? LONG_PAUSES : 1;
        final Setup setup = new Setup(trial.directory());
        final Convoy convoy = new Convoy(VEHICLES, AckLevel.ACK_LEVEL_SYNCED);
        final Outcome.Notes notes = new Outcome.Notes();
        try (Subject server = Subject.start(setup.start())) {
            server.awaitReady();
            convoy.depart(server.port());
            for (int pause = 1; pause <= pauses; pause++) {
                notes.expect(
                        convoy.awaitAcknowledged(SOME, MOST_WAIT_NANOS), "no acknowledgements before pause " + pause);
                server.signal("STOP");
                final long stoppedNs = System.nanoTime();
                refused(setup, trial.directory().resolve("second-" + pause + ".log"), notes);
                final long leftNs = TimeUnit.SECONDS.toNanos(seconds) - (System.nanoTime() - stoppedNs);
                TimeUnit.NANOSECONDS.sleep(Math.max(0, leftNs));
                server.signal("CONT");
            }
            notes.expect(
                    convoy.awaitAcknowledged(SOME, MOST_WAIT_NANOS),
                    "no acknowledgements after the last pause; " + convoy.breaks());
            refused(setup, trial.directory().resolve("second.log"), notes);
            notes.expect(
                    convoy.awaitAcknowledged(SOME, MOST_WAIT_NANOS), "no acknowledgements after the second server");
            convoy.halt();
            final int code = server.terminate();
            notes.expect(code == Subject.ENDED, "the first server ended with " + code);
        }
        final Account account = Books.of(setup.journal(), convoy.ledgers());
        return notes.figure("pauses", pauses)
                .figure("seconds each", seconds)
                .figure("second servers refused", pauses + 1L)
                .account(account)
                .figure("refused messages", convoy.sum(Ledger::refusals))
                .expect(account.damaged() == 0, "damaged: " + account.lossyDamage())
                .outcome();
    }

    private static void refused(final Setup setup, final Path log, final Outcome.Notes notes)
            throws IOException, InterruptedException {
        final Subject.Start start = setup.start();
        try (Subject second = Subject.start(
                new Subject.Start(start.config(), log, start.flags(), start.prefix(), start.environment()))) {
            final int code = second.awaitEnd(REFUSAL_SECONDS);
            final String said = Files.readString(log);
            notes.expect(code == NOT_TO_BE_HAD, "a second server ended with " + code + " instead of 3: " + said)
                    .expect(
                            said.lines()
                                            .filter(line -> line.contains("is in use by process"))
                                            .count()
                                    == 1,
                            "a second server does not say in a line what is wrong: " + said);
        }
    }
}
