package io.luyun.benchmarks.torture.net;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * F16: payload bombs while there is little memory. Servers on the same journal, one after the other: with the memory a small one
 * has, which must bear it; with too small a heap, and in a group that is full, where it bears it or ends. Never is there one that lives and does not work.
 */
final class TightMemory implements Fault {
    private static final int VEHICLES = 4;
    private static final int FIRST_NEWCOMER = 1_000;
    private static final int EACH = 20;
    private static final int MANY = 200;
    private static final int MANY_CYCLES = 100;
    private static final long MESSAGES = 1_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** Longer than the time-outs of the server. */
    private static final Duration HELD = Duration.ofSeconds(2);

    private static final long END_SECONDS = 20;
    private static final long GROUP_MIB = 512;
    /** Heap and direct memory, and what the JVM has for itself. */
    private static final long MOST_MIB = 256 + 128 + 96;
    /** JVM flag: exit code 3 when the heap does not do. */
    private static final String EXIT = "-XX:+ExitOnOutOfMemoryError";

    /** JVM flag: four short lives are not worth the second compiler. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    private static final int KILLED = 137;
    private static final String SETTINGS = """
            net: {port: 0, insecure: true, helloTimeoutMillis: 1000, frameTimeoutMillis: 1000}
            mqtt: {enabled: true, port: 0}
            ops: {port: 0, requestTimeoutMillis: 1000}
            evidence: {enabled: false}
            session: {clockToleranceMillis: 29999}
            """ + Setup.SMALL_JOURNAL;

    @Override
    public String id() {
        return "F16";
    }

    @Override
    public String what() {
        return "payload bombs, with 256 MB of heap, 128 MB of direct memory, 512 MB in all; with less";
    }

    @Override
    public String promise() {
        return "at most 480 MB resident, it goes on; or it ends and starts again; 0 acknowledged lost";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        final Round round = new Round(trial);
        final Setup setup = Setup.exactly(trial.directory(), SETTINGS);
        try (MemoryGroup group = MemoryGroup.make(GROUP_MIB << 20)) {
            round.notes.figure("group of 512 MB", group == null ? "not to be had (cgroup v1, as root)" : "yes");
            final Subject.Start start = setup.start()
                    .with("-XX:MaxDirectMemorySize=128m")
                    .with(EXIT)
                    .with(QUICK);
            final Subject.Start limited = group == null ? start : group.start(start);
            round.bears(limited);
            round.bearsOrEnds("with 16 MB of heap", start.with("-Xmx16m"), () -> {}, Subject.FAIL_STOP);
            if (group != null) {
                round.bearsOrEnds("in a group that is full", limited, group::starve, KILLED);
                group.limit(GROUP_MIB << 20);
            }
            round.goesOn(limited);
        }
        return round.notes.account(Books.of(setup.journal(), round.ledgers())).outcome();
    }

    /** What is done to a server once vehicles send to it. */
    private interface Squeeze {
        void squeeze() throws IOException;
    }

    /** Servers on one journal, one after the other, and who sends to them. */
    private static final class Round {
        private final Trial trial;
        private final Outcome.Notes notes = new Outcome.Notes();
        private final Convoy vehicles = new Convoy(VEHICLES, AckLevel.ACK_LEVEL_SYNCED);
        private final List<Ledger> newcomers = new ArrayList<>();

        Round(final Trial trial) {
            this.trial = trial;
        }

        List<Ledger> ledgers() {
            final List<Ledger> all = new ArrayList<>(vehicles.ledgers());
            all.addAll(newcomers);
            return all;
        }

        void bears(final Subject.Start start) throws IOException, InterruptedException {
            try (Subject server = departed(start);
                    Resident resident = new Resident(server.pid())) {
                final long before = vehicles.acknowledged();
                final String shownOut = throwAll(server);
                notes.figure("bombs shown out of those in of all", shownOut)
                        .figure("acknowledged beside them", vehicles.acknowledged() - before)
                        .expect(vehicles.acknowledged() > before, "nothing was acknowledged beside the bombs")
                        .expect(works(server), "after the bombs it lives and does not work")
                        .figure("resident MB", resident.mostMib())
                        .expect(
                                resident.mostMib() <= MOST_MIB,
                                "resident %d MB, at most %d are promised".formatted(resident.mostMib(), MOST_MIB))
                        .expect(
                                !Files.readString(start.log()).contains("OutOfMemoryError"),
                                "it was out of memory, see " + start.log());
                vehicles.halt();
                notes.expect(server.endsInOrder(), "the server did not end in order");
            }
        }

        void bearsOrEnds(final String what, final Subject.Start start, final Squeeze squeeze, final int ends)
                throws IOException, InterruptedException {
            try (Subject server = Subject.start(start)) {
                if (ready(server)) {
                    vehicles.depart(server.port());
                    vehicles.awaitAcknowledged(MESSAGES, PATIENCE_NANOS);
                    squeeze.squeeze();
                    throwAll(server);
                }
                if (server.alive() && works(server)) {
                    notes.figure(what, "goes on");
                    server.kill();
                } else {
                    final int code = server.awaitEnd(END_SECONDS);
                    notes.figure(what, "ends with " + code)
                            .expect(code == ends, what + " it ends with " + code + ", not with " + ends);
                }
                vehicles.join();
            }
        }

        void goesOn(final Subject.Start start) throws IOException, InterruptedException {
            try (Subject server = departed(start)) {
                notes.expect(works(server), "the next server does not work");
                vehicles.halt();
                notes.expect(server.endsInOrder(), "the next server did not end in order");
            }
        }

        private Subject departed(final Subject.Start start) throws IOException, InterruptedException {
            final Subject server = Subject.start(start);
            server.awaitReady();
            vehicles.depart(server.port());
            notes.expect(vehicles.awaitAcknowledged(MESSAGES, PATIENCE_NANOS), "nothing goes to a new server");
            return server;
        }

        /** Throws each bomb so often, all at once and in no order; returns how many the server has shown out, of those that came in, of all. */
        private String throwAll(final Subject server) throws IOException, InterruptedException {
            final List<Salvo.Bomb> bombs = Bombs.against(server, trial.cycles() >= MANY_CYCLES ? MANY : EACH);
            Collections.shuffle(bombs, trial.random());
            final Salvo salvo = new Salvo();
            salvo.fly(bombs, HELD);
            return salvo.shownOut() + " of " + salvo.cameIn() + " of " + bombs.size();
        }

        /** Whether it says that it does, and takes messages of somebody new; false when it ends meanwhile. */
        private boolean works(final Subject server) throws InterruptedException {
            final Convoy more = new Convoy(FIRST_NEWCOMER + newcomers.size(), 1, AckLevel.ACK_LEVEL_SYNCED);
            more.depart(server.port());
            final boolean taken = more.awaitAcknowledged(VEHICLES, PATIENCE_NANOS);
            more.halt();
            newcomers.addAll(more.ledgers());
            try (Face face = new Face(server.port("http"))) {
                return taken && face.ready() && server.alive();
            }
        }

        private static boolean ready(final Subject server) throws InterruptedException {
            try {
                server.awaitReady();
                return true;
            } catch (final IOException e) {
                // its exit code tells why
                return false;
            }
        }
    }
}
