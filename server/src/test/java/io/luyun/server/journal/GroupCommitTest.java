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

    private final JournalGround.Force force = new JournalGround.Force() {
        @Override
        public void force(final Path file, final long end) throws IOException {
            if (broken) {
                throw new IOException("no");
            }
            events.add("force " + file.getFileName());
        }

        @Override
        public void renew(final Path file, final long from, final long end) {
            throw new IllegalStateException("only an opening renews");
        }

        @Override
        public void done(final Path file) {
            events.add("done " + file.getFileName());
        }
    };

    private GroupCommit commit() {
        final JournalGround ground = new JournalGround(force, () -> Long.MAX_VALUE, () -> nowNs);
        final GroupCommit commit =
                new GroupCommit(Rig.config(directory, 0), files, 10, ground, health, new Counters(), new Latencies());
        commit.observe(sequence -> events.add("synced " + sequence));
        return commit;
    }

    private void file(final int run) {
        files.add(new JournalFile(directory.resolve(Integer.toString(run)), run, 1));
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
        assertThat(health.halted()).isTrue();
        assertThat(health.refusal()).isEqualTo("cannot sync the journal: java.io.IOException: no");
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
        assertThat(health.refusal())
                .isEqualTo("the sync thread of the journal has failed: java.lang.IllegalStateException: dead");
    }
}
