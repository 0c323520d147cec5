package io.luyun.server.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a journal on the disk, whoever writes it: those there were when it was made or, for a reader that follows, also
 * those that come. A reader's thread.
 */
final class ArchiveFiles implements JournalReader.Source {
    /** A change within one tick of the file system's clock does not show in its times: looks again after so many times. */
    private static final int LOOK_AGAIN = 64;

    private final Path directory;
    private final boolean following;
    private final List<JournalFile> files;
    private final MissingFile missing;
    private @Nullable FileTime directoryChanged;
    private @Nullable FileTime runChanged;
    private Path newestRun;
    private int unchanged;

    private ArchiveFiles(final Path directory, final boolean following) throws IOException {
        this.directory = directory;
        this.following = following;
        this.files = new ArrayList<>(JournalFile.list(directory));
        this.missing = new MissingFile(directory);
        this.newestRun = directory;
    }

    static ArchiveFiles now(final Path directory) throws IOException {
        return new ArchiveFiles(directory, false);
    }

    static ArchiveFiles following(final Path directory) throws IOException {
        return new ArchiveFiles(directory, true);
    }

    @Override
    public List<JournalFile> files() {
        if (following) {
            try {
                look();
            } catch (final IOException e) {
                throw new UncheckedIOException("cannot list " + directory, e);
            }
        }
        return files;
    }

    @Override
    public long limit() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean readsAhead() {
        return !following;
    }

    @Override
    public MissingFile missing() {
        return missing;
    }

    @Override
    public void onDamage(final Damage damage) {
        // The reader remembers it.
    }

    private void look() throws IOException {
        final FileTime directoryNow = Files.getLastModifiedTime(directory);
        final FileTime runNow = Files.getLastModifiedTime(newestRun);
        if (directoryNow.equals(directoryChanged) && runNow.equals(runChanged) && ++unchanged < LOOK_AGAIN) {
            return;
        }
        unchanged = 0;
        directoryChanged = directoryNow;
        final long run = JournalFile.lastRun(directory);
        newestRun = run == 0 ? directory : directory.resolve(JournalFile.runName(run));
        runChanged = Files.getLastModifiedTime(newestRun);
        List<JournalFile> listed = JournalFile.list(directory);
        List<JournalFile> before;
        do {
            // A listing is not of one instant: an older file may have come behind where it was.
            before = listed;
            listed = JournalFile.list(directory);
        } while (listed.size() != before.size());
        for (final JournalFile file : listed) {
            if (files.isEmpty() || file.name().compareTo(files.getLast().name()) > 0) {
                files.add(file);
            }
        }
    }
}
