package io.luyun.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GroupCommitTest {
    @TempDir
    private Path directory;

    private final List<String> events = new ArrayList<>();
    private final List<JournalFile> files = new ArrayList<>();
    private final Health health = new Health(() -> Long.MAX_VALUE, 1, 2, error -> events.add("error"));
    private long nowNs = 1_000;
    private boolean broken;

    private final GroupCommit.Force force = new GroupCommit.Force() {
        @Override
        public void force(final JournalFile file) throws IOException {
            if (broken) {
                throw new IOException("no");
            }
            events.add("force " + file.run());
        }

        @Override
        public void done(final JournalFile file) {
            events.add("done " + file.run());
        }
    };

    private GroupCommit commit() {
        final GroupCommit commit = new GroupCommit(
                Rig.config(directory, 0), files, 10, force, () -> nowNs, health, new Counters(), new Latencies());
        commit.observe(sequence -> events.add("synced " + sequence));
        return commit;
    }

    private void file(final int run) {
        files.add(new JournalFile(directory.resolve("x.cq4"), run, 1));
    }

    @Test
    void waitsForTheOldestAndThenForcesBeforeItTells() {
        final GroupCommit commit = commit();
        file(1);
        assertThat(commit.duty()).isPositive();
        commit.onAppended(11);
        assertThat(commit.duty()).isEqualTo(2_000_000);
        nowNs += 1_500_000;
        commit.onAppended(12);
        assertThat(commit.duty()).isEqualTo(500_000);
        assertThat(events).isEmpty();
        nowNs += 500_000;
        commit.duty();
        assertThat(events).containsExactly("force 1", "synced 12");
        assertThat(commit.synced()).isEqualTo(12);
        commit.duty();
        assertThat(events).hasSize(2);
    }

    @Test
    void doesNotWaitWhenManyWait() {
        final GroupCommit commit = commit();
        file(1);
        commit.onAppended(10 + 256);
        commit.duty();
        assertThat(events).containsExactly("force 1", "synced 266");
    }

    @Test
    void forcesEveryFileWrittenSince() {
        final GroupCommit commit = commit();
        file(1);
        commit.onAppended(11);
        commit.sync();
        file(2);
        file(3);
        commit.onAppended(14);
        commit.sync();
        commit.onAppended(15);
        commit.sync();
        assertThat(events)
                .containsExactly(
                        "force 1",
                        "synced 11",
                        "force 1",
                        "done 1",
                        "force 2",
                        "done 2",
                        "force 3",
                        "synced 14",
                        "force 3",
                        "synced 15");
    }

    @Test
    void stopsForGoodWhenASyncFails() {
        final GroupCommit commit = commit();
        file(1);
        commit.onAppended(11);
        broken = true;
        commit.sync();
        broken = false;
        commit.onAppended(12);
        commit.sync();
        assertThat(events).containsExactly("error");
        assertThat(commit.synced()).isEqualTo(10);
        assertThat(health.refusal()).contains("cannot sync the journal").contains("no");
        assertThat(health.halted()).isTrue();
        assertThat(health.end().toCompletableFuture())
                .isCompletedWithValue("cannot sync the journal: java.io.IOException: no");
    }

    @Test
    void endsTheJournalWhenTheThreadDies() {
        final GroupCommit commit = commit();
        commit.observe(sequence -> {
            throw new IllegalStateException("dead");
        });
        file(1);
        commit.onAppended(10 + 256);
        commit.run();
        assertThat(health.end().toCompletableFuture())
                .isCompletedWithValue("cannot go on syncing the journal: java.lang.IllegalStateException: dead");
    }
}
