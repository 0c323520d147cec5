package io.luyun.server.journal;

import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import java.nio.file.Path;
import java.util.List;

/** What a reader of the writing process reads: the files of the writer, up to what it has published. The reader's thread. */
final class LiveFiles implements JournalReader.Source {
    private final List<JournalFile> files;
    private final GroupCommit commit;
    private final Counters counters;
    private final Health health;
    private final MissingFile missing;

    LiveFiles(
            final Path directory,
            final List<JournalFile> files,
            final GroupCommit commit,
            final Counters counters,
            final Health health) {
        this.files = files;
        this.commit = commit;
        this.counters = counters;
        this.health = health;
        this.missing = new MissingFile(directory);
    }

    @Override
    public List<JournalFile> files() {
        return files;
    }

    @Override
    public long limit() {
        return commit.appended();
    }

    @Override
    public boolean readsAhead() {
        return false;
    }

    @Override
    public MissingFile missing() {
        return missing;
    }

    @Override
    public void onDamage(final Damage found) {
        counters.increment(Counter.JOURNAL_DAMAGE);
        health.onError(new JournalException("the journal is damaged: " + found));
    }
}
