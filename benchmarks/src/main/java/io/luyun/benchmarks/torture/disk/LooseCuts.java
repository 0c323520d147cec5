package io.luyun.benchmarks.torture.disk;

import io.luyun.benchmarks.torture.Account;
import io.luyun.benchmarks.torture.Convoy;
import io.luyun.benchmarks.torture.Ledger;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Setup;
import io.luyun.benchmarks.torture.Subject;
import io.luyun.benchmarks.torture.Trial;
import io.luyun.proto.v1.AckLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What APPENDED is worth when the power goes: how much, and how old, of what was acknowledged is not there. */
final class LooseCuts {
    private static final int VEHICLES = 20;
    private static final int MOST_ACKS = 20_000;
    private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long MOST_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private long cuts;
    private long acknowledged;
    private long lost;
    private long most;
    private long inside;
    private long spanNs;

    int run(final Undo undo, final Trial trial, final int most, final Outcome.Notes notes)
            throws IOException, InterruptedException {
        final Random random = trial.random();
        final Path home = Files.createDirectories(trial.directory().resolve("appended"));
        final PowerBench bench = new PowerBench(undo, home);
        final Setup setup = new Setup(home, bench.inner().root().resolve("data"), PowerCuts.SETTINGS);
        final Convoy convoy = new Convoy(VEHICLES, AckLevel.ACK_LEVEL_APPENDED);
        int done = 0;
        try (Subject server = Subject.start(setup.start())) {
            undo.add(server::kill);
            server.awaitReady();
            while (done < most && bench.room()) {
                cut(undo, new Ground(bench, home, convoy, server, random), notes);
                done++;
            }
        }
        return done;
    }

    /** A server that runs. */
    private record Ground(PowerBench bench, Path home, Convoy convoy, Subject server, Random random) {}

    private void cut(final Undo undo, final Ground ground, final Outcome.Notes notes)
            throws IOException, InterruptedException {
        final Convoy convoy = ground.convoy();
        final Timeline timeline = new Timeline(convoy, () -> 0).start();
        final int[] answered;
        final long cutNs;
        try (timeline) {
            convoy.depart(ground.server().port());
            if (!convoy.awaitAcknowledged(1 + ground.random().nextInt(MOST_ACKS), MOST_WAIT_NANOS)) {
                throw new IOException("few acknowledgements; " + convoy.breaks());
            }
            LockSupport.parkNanos(ground.random().nextLong(MOST_AFTER_NANOS));
            answered = convoy.answered();
            cutNs = System.nanoTime();
            ground.bench().cut();
        }
        convoy.halt();
        cuts++;
        try (Undo look = undo.nested()) {
            final Survivor survivor =
                    new Survivor(ground.bench().left(look).root().resolve("data"), ground.home(), PowerCuts.SETTINGS);
            final List<Ledger> promised = convoy.asOf(answered);
            final int[] highest = survivor.highest(promised);
            final Account account = survivor.account(promised);
            notes.expect(account.exact(), "APPENDED: " + account.troubles());
            acknowledged += account.promised();
            lost += account.lost();
            most = Math.max(most, account.lost());
            inside += survivor.account(convoy.asOf(lower(answered, highest))).lost();
            spanNs = Math.max(spanNs, cutNs - firstLost(timeline.marks(), answered, highest, cutNs));
        }
    }

    private static int[] lower(final int[] answered, final int[] highest) {
        final int[] lower = new int[answered.length];
        for (int i = 0; i < lower.length; i++) {
            lower[i] = Math.min(answered[i], highest[i]);
        }
        return lower;
    }

    /** When the first of what is lost at the end of any device was acknowledged; the cut when nothing is. */
    private static long firstLost(
            final List<Timeline.Mark> marks, final int[] answered, final int[] highest, final long cutNs) {
        for (final Timeline.Mark mark : marks) {
            for (int i = 0; i < answered.length; i++) {
                if (highest[i] < answered[i] && mark.answered()[i] > highest[i]) {
                    return Math.min(cutNs, mark.timeNs());
                }
            }
        }
        return cutNs;
    }

    void report(final Outcome.Notes notes) {
        notes.figure("APPENDED cuts", cuts)
                .figure("acknowledged before them ", acknowledged)
                .figure("lost", lost)
                .figure("most at a cut", most)
                .figure("the oldest of them ms", "%.1f".formatted(spanNs * 1e-6))
                .figure("lost before a kept one", inside);
    }
}
