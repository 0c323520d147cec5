package io.luyun.benchmarks.torture.disk;

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
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** F6: the disk fills up: by what the server writes, by a stranger step by step, and by a stranger at once. */
final class FullDisks implements Fault {
    private static final long MIB = 1 << 20;
    private static final int DISK_MIB = 128;
    private static final int LOW_MIB = 24;
    private static final int HIGH_MIB = 32;
    private static final String SETTINGS =
            Setup.SMALL_JOURNAL.replace("{", "{diskLowMiB: " + LOW_MIB + ", diskHighMiB: " + HIGH_MIB + ", ");
    private static final int VEHICLES = 20;
    private static final String STRANGER = "stranger";
    /** What the server has to fill by itself. */
    private static final long LEFT_BYTES = 34 * MIB;

    private static final long STEP_BYTES = MIB;
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(30);
    private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long RESUME_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int END_SECONDS = 5;
    private static final int SOME = 500;

    @Override
    public String id() {
        return "F6";
    }

    @Override
    public String what() {
        return "the disk fills up, by the server, by a stranger slowly, by a stranger at once";
    }

    @Override
    public String promise() {
        return "no crash; refuses while there is space left, says so, takes messages again within 5 s of space; when space goes faster"
                + " than it looks it ends with 3 or waits; 0 acknowledged lost, and a new start goes on";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        final @Nullable String missing = Shell.missing("fallocate");
        if (missing != null) {
            return Outcome.leftOut(missing);
        }
        final Outcome.Notes notes = new Outcome.Notes();
        final Tally tally = new Tally();
        for (int cycle = 1; cycle <= trial.cycles(); cycle++) {
            try (Undo undo = new Undo()) {
                new Disk(undo, trial, notes, tally).run();
            }
            trial.say()
                    .accept("cycle " + cycle + ", troubles so far: "
                            + notes.outcome().troubles().size());
        }
        return notes.expect(tally.leastFree > 0, "it refused when nothing was left")
                .figure("acknowledged", tally.acknowledged)
                .figure("free when it refused MiB, least", tally.leastFree / MIB)
                .figure("resumed within s, most", "%.2f".formatted(tally.resumed))
                .figure("filled at once", trial.cycles())
                .figure("of them it ended", tally.ended)
                .outcome();
    }

    /** What all cycles together have come to. */
    private static final class Tally {
        private long acknowledged;
        private long leastFree = Long.MAX_VALUE;
        private double resumed;
        private long ended;
    }

    /** One small disk and what happens on it. */
    private static final class Disk {
        private final Undo undo;
        private final Consumer<String> say;
        private final Outcome.Notes notes;
        private final Tally tally;
        private final Volume volume;
        private final Setup setup;
        private final Convoy convoy = new Convoy(VEHICLES, AckLevel.ACK_LEVEL_SYNCED);

        Disk(final Undo undo, final Trial trial, final Outcome.Notes notes, final Tally tally)
                throws IOException, InterruptedException {
            final Path home = trial.directory();
            say = trial.say();
            this.undo = undo;
            this.notes = notes;
            this.tally = tally;
            volume = Volume.ext4(undo, home.resolve("disk.img"), DISK_MIB, home.resolve("disk"));
            setup = new Setup(home, volume.root().resolve("data"), SETTINGS);
        }

        void run() throws IOException, InterruptedException {
            try (Subject server = Subject.start(setup.start())) {
                undo.add(server::kill);
                server.awaitReady();
                try (Face face = new Face(server.port("http"))) {
                    byItself(server, face);
                    slowly(server, face);
                    atOnce(server, face);
                }
            }
            volume.vacate(STRANGER);
            try (Subject server = Subject.start(setup.start())) {
                undo.add(server::kill);
                server.awaitReady();
                convoy.depart(server.port());
                takes("after a new start");
                convoy.halt();
                server.terminate();
            }
            Books.of(setup.journal(), convoy.ledgers()).troubles().forEach(notes::trouble);
            tally.acknowledged += convoy.sum(Ledger::promised);
        }

        private void byItself(final Subject server, final Face face) throws IOException, InterruptedException {
            volume.occupy(STRANGER, volume.free() - LEFT_BYTES);
            convoy.depart(server.port());
            refuses(server, face, "filled by itself");
            tally.leastFree = Math.min(tally.leastFree, volume.free());
            resumes(face, "filled by itself", () -> convoy.depart(server.port()));
        }

        private void slowly(final Subject server, final Face face) throws IOException, InterruptedException {
            volume.occupy(STRANGER, volume.free() - LEFT_BYTES);
            int part = 0;
            boolean refused = false;
            while (volume.free() >= STEP_BYTES) {
                volume.occupy(STRANGER + part++, STEP_BYTES);
                LockSupport.parkNanos(STEP_NANOS);
                if (!refused && !face.ready()) {
                    refused = true;
                    tally.leastFree = Math.min(tally.leastFree, volume.free());
                }
            }
            refuses(server, face, "filled slowly");
            for (int i = 0; i < part; i++) {
                volume.vacate(STRANGER + i);
            }
            resumes(face, "filled slowly", () -> convoy.depart(server.port()));
        }

        private void atOnce(final Subject server, final Face face) throws IOException, InterruptedException {
            volume.fill(STRANGER);
            final int code;
            try {
                code = server.awaitEnd(END_SECONDS);
            } catch (final IOException e) {
                say.accept("filled at once: " + e.getMessage());
                // some wait for their answers, others were told to go
                convoy.scatter();
                resumes(face, "filled at once", () -> convoy.depart(server.port()));
                server.terminate();
                convoy.join();
                return;
            }
            convoy.join();
            notes.expect(code == Subject.FAIL_STOP, "filled at once: the server ended with " + code);
            tally.ended++;
        }

        private void refuses(final Subject server, final Face face, final String how)
                throws IOException, InterruptedException {
            notes.expect(face.await(false, MOST_WAIT_NANOS), how + ": still ready");
            say.accept(how + ": refuses with " + volume.free() / MIB + " MiB free, " + convoy.acknowledged()
                    + " acknowledged");
            final long beginNs = System.nanoTime();
            convoy.join();
            say.accept("everybody has gone within %.1f s".formatted((System.nanoTime() - beginNs) * 1e-9));
            final String why = face.readiness();
            notes.expect(why.contains("disk low"), how + ": /readyz says " + why)
                    .expect(face.tells("luyun_ready 0.0"), how + ": the metrics do not say that it is not ready")
                    .expect(server.alive(), how + ": the server has ended");
        }

        private void resumes(final Face face, final String how, final Runnable depart)
                throws IOException, InterruptedException {
            final long beginNs = System.nanoTime();
            volume.vacate(STRANGER);
            notes.expect(face.await(true, RESUME_NANOS), how + ": not ready 5 s after there was space");
            depart.run();
            takes(how);
            final double seconds = (System.nanoTime() - beginNs) * 1e-9;
            tally.resumed = Math.max(tally.resumed, seconds);
            notes.inTime(
                    seconds * TimeUnit.SECONDS.toNanos(1) <= RESUME_NANOS,
                    how + ": took messages again after " + seconds + " s");
        }

        private void takes(final String how) {
            notes.expect(
                    convoy.awaitAcknowledged(SOME, RESUME_NANOS),
                    how + ": no messages are taken; "
                            + convoy.breaks().stream().limit(1).toList());
        }
    }
}
