package io.luyun.benchmarks.torture.clock;

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
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** F8: the server's time of day jumps by two hours either way and flaps by half a second, while it runs and while it does not. */
final class ClockSteps implements Fault {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";
    private static final int VEHICLES = 4;
    private static final int SOME = 1_000;
    private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final String RIGHT = "+0";
    private static final String BACK = "-7200";
    private static final String AHEAD = "+7200";
    private static final int FLAPS = 6;
    /** The library looks at its file once a second; at every look of the JVM at the clock it would take all of its time. */
    private static final long SEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(1_100);

    @Override
    public String id() {
        return "F8";
    }

    @Override
    public String what() {
        return "the clock jumps by -2 h, +2 h and back, and flaps by 500 ms";
    }

    @Override
    public String promise() {
        return "messages are taken all the time, also by a server that starts when its journal ends in the future; 0 acknowledged lost,"
                + " 0 out of order, 0 damaged";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        final @Nullable Path library = library();
        if (library == null) {
            return Outcome.leftOut("wants the Debian package faketime");
        }
        final Outcome.Notes notes = new Outcome.Notes();
        final Setup setup = new Setup(trial.directory());
        final Clock clock = new Clock(trial.directory().resolve("clock"));
        final Convoy convoy = new Convoy(VEHICLES, AckLevel.ACK_LEVEL_SYNCED);
        final Subject.Start start = setup.start()
                .with("LD_PRELOAD", library.toString())
                .with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                // with the workaround every timed wait of the JVM ends at once
                .with("FAKETIME_FORCE_MONOTONIC_FIX", "0")
                .with("FAKETIME_CACHE_DURATION", "1")
                .with("FAKETIME_TIMESTAMP_FILE", clock.file().toString());
        int steps = 0;
        int flaps = 0;
        for (int cycle = 1; cycle <= trial.cycles(); cycle++) {
            for (final String first : trial.brief() ? List.of(AHEAD) : List.of(RIGHT, AHEAD, BACK)) {
                clock.set(first);
                try (Subject server = Subject.start(start)) {
                    server.awaitReady();
                    convoy.depart(server.port());
                    goesOn(convoy, "started at " + first, notes);
                    for (final String step : List.of(BACK, RIGHT, AHEAD, RIGHT)) {
                        clock.set(step);
                        LockSupport.parkNanos(SEEN_NANOS);
                        goesOn(convoy, "started at " + first + ", clock set to " + step, notes);
                        steps++;
                    }
                    flap(clock);
                    flaps += FLAPS;
                    goesOn(convoy, "clock flapped", notes);
                    convoy.halt();
                    server.terminate();
                }
            }
            trial.say().accept("cycle " + cycle + ", " + convoy.acknowledged() + " acknowledged");
        }
        final Account account = Books.of(setup.journal(), convoy.ledgers());
        return notes.figure("steps", steps)
                .figure("flaps", flaps)
                .account(account)
                .figure("refused for their clock", convoy.sum(Ledger::refusals))
                .figure("damaged ranges", account.damaged())
                .expect(account.damaged() == 0, "damaged: " + account.lossyDamage())
                .outcome();
    }

    private static void flap(final Clock clock) throws IOException {
        for (int i = 0; i < FLAPS; i++) {
            clock.set(i % 2 == 0 ? "+0.5" : "-0.5");
            LockSupport.parkNanos(SEEN_NANOS);
        }
        clock.set(RIGHT);
        LockSupport.parkNanos(SEEN_NANOS);
    }

    private static void goesOn(final Convoy convoy, final String when, final Outcome.Notes notes) {
        notes.expect(
                convoy.awaitAcknowledged(SOME, MOST_WAIT_NANOS),
                when + ": messages are no longer taken; " + convoy.breaks());
    }

    private static @Nullable Path library() throws IOException {
        try (DirectoryStream<Path> machines = Files.newDirectoryStream(LIBRARIES, "*-linux-gnu*")) {
            for (final Path machine : machines) {
                if (Files.exists(machine.resolve(LIBRARY))) {
                    return machine.resolve(LIBRARY);
                }
            }
        }
        return null;
    }

    /**
     * What the server takes for the time.
     *
     * @param file how many seconds it is off, read once a second
     */
    private record Clock(Path file) {
        void set(final String seconds) throws IOException {
            final Path next = Files.writeString(file.resolveSibling("clock.next"), seconds + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
