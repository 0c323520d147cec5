package io.luyun.server.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings a journal to where a new run may begin behind it: reads what lies behind the checkpoint, cuts off what a loss of power has
 * left in pieces, and brings the rest to the disk. The opening thread.
 *
 * <pre>
 *   sequence   1 …      100 …      120 ▒▒▒▒▒ 131 … 140
 *              checkpoint  synced      │ hole  │ sound
 *              ◀── must be there ──▶   ◀── nobody was told that it is safe ──▶
 * </pre>
 *
 * Up to where records had been synced they say themselves ({@link Frame#synced}). What is missing there is damage: what lies
 * behind it is kept, and served. What is missing behind that is no damage, but what lies behind it cannot stay: a device would
 * be told the number of its last message there, and never send again those before it that are lost; were it told less, a
 * message would stand in the journal twice. So the journal ends before the hole; the sequences used are listed as missing and
 * not used again.
 */
final class Recovery {
    private final Path directory;
    private final List<JournalFile> files;
    private final Scan scan;
    private final @Nullable Missing unsynced;

    private Recovery(
            final Path directory,
            final List<JournalFile> files,
            final @Nullable Checkpoint checkpoint,
            final long used,
            final Instant now)
            throws IOException {
        this.directory = directory;
        this.files = files;
        final Scan found = Scan.of(directory, files, checkpoint);
        final Damage hole = found.hole();
        final Missing lost = hole == null ? unseen(found, used, now) : missing(hole, found, used, now);
        unsynced = lost;
        if (lost == null) {
            scan = found;
        } else {
            if (hole != null) {
                cut(hole);
            }
            note(lost);
            // What was cut off said of other records that they had been synced: that holds.
            scan = Scan.of(directory, files, checkpoint, found.synced());
        }
    }

    /**
     * Does it.
     *
     * @param files the journal's; those behind a hole go from it
     * @param used sequences up to this one are known elsewhere to have been given out
     * @param now for notes of what is missing
     */
    static Recovery of(
            final Path directory,
            final List<JournalFile> files,
            final @Nullable Checkpoint checkpoint,
            final JournalGround.Force force,
            final long used,
            final Instant now)
            throws IOException {
        final Recovery recovery = new Recovery(directory, files, checkpoint, used, now);
        recovery.force(force);
        return recovery;
    }

    /** What is there. */
    Scan scan() {
        return scan;
    }

    /** What was lost and cut off; null when nothing was. */
    @Nullable
    Missing unsynced() {
        return unsynced;
    }

    private void cut(final Damage hole) throws IOException {
        int index = files.size() - 1;
        while (!files.get(index).name().equals(hole.file())) {
            Files.deleteIfExists(files.get(index).path());
            GroupCommit.ChannelForce.forceDirectory(files.get(index).path().getParent());
            files.remove(index--);
        }
        try (FileChannel channel = FileChannel.open(files.get(index).path(), StandardOpenOption.WRITE)) {
            channel.truncate(hole.offset());
            channel.force(true);
        }
    }

    /** What a hole and what was found behind it make missing, and what was given out behind that. */
    static Missing missing(final Damage hole, final Scan found, final long used, final Instant now) {
        final long first = Math.max(hole.firstSequence(), found.synced() + 1);
        final long last = Math.max(found.lastRead(), used);
        return new Missing(first, last, last - first + 1, hole.file(), now, new Missing.Unsynced(hole.offset()));
    }

    /** What was given out and has left nothing in the files; null when there is none. */
    private static @Nullable Missing unseen(final Scan found, final long used, final Instant now) {
        final long last = found.sequence();
        return used <= last ? null : new Missing(last + 1, used, used - last, "", now, new Missing.Unsynced(0));
    }

    private void note(final Missing lost) throws IOException {
        final MissingFile missing = new MissingFile(directory);
        final List<Missing> entries = new ArrayList<>(missing.entries());
        // A list that is not sound stays as it is: what it named can be read by people.
        if (missing.findings().isEmpty()) {
            entries.add(lost);
            missing.write(entries);
        }
    }

    /**
     * A killed process may have left in memory only what is now taken for safe; one whose sync had failed has, and the system
     * would not write it again by itself.
     */
    private void force(final JournalGround.Force force) throws IOException {
        final Scan.Place safe = scan.syncedPlace();
        for (int i = scan.firstIndex(); i < files.size() && scan.records() > 0; i++) {
            final JournalFile file = files.get(i);
            if (i >= safe.file()) {
                force.renew(file.path(), i == safe.file() ? safe.position() : 0, file.end());
            }
            force.force(file.path(), file.end());
            force.done(file.path());
        }
    }
}
