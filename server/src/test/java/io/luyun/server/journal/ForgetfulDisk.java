package io.luyun.server.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A disk below a journal that fails as Linux lets it: what a failed sync could not write is taken for written from then on, so the
 * next sync succeeds without it. Knows what of each file is on the disk.
 */
final class ForgetfulDisk implements JournalGround.Force {
    private static final int PAGE = 4_096;

    private final Map<Path, byte[]> onDisk = new HashMap<>();
    /** The files as the system believes to have written them. */
    private final Map<Path, byte[]> believed = new HashMap<>();

    private boolean fails;

    /** The next syncs fail, or do no more. */
    void fails(final boolean now) {
        fails = now;
    }

    @Override
    public void force(final Path file, final long end) throws IOException {
        final byte[] now = Files.readAllBytes(file);
        final byte[] clean = Arrays.copyOf(believed.getOrDefault(file, new byte[0]), now.length);
        final byte[] disk = Arrays.copyOf(onDisk.getOrDefault(file, new byte[0]), now.length);
        for (int at = 0; at < now.length && !fails; at += PAGE) {
            final int to = Math.min(now.length, at + PAGE);
            if (!Arrays.equals(now, at, to, clean, at, to)) {
                System.arraycopy(now, at, disk, at, to - at);
            }
        }
        believed.put(file, now);
        onDisk.put(file, disk);
        if (fails) {
            throw new IOException("input/output error");
        }
    }

    @Override
    public void renew(final Path file, final long from, final long end) {
        final byte[] clean = believed.get(file);
        if (clean != null && from < Math.min(clean.length, end)) {
            // as different as can be: the next sync has to write it
            final int last = (int) Math.min(clean.length, end);
            for (int at = (int) from; at < last; at++) {
                clean[at] ^= (byte) 0xFF;
            }
        }
    }

    @Override
    public void done(final Path file) {
        // nothing is held open
    }

    /** The power goes: what has not come to the disk has gone. */
    void cut() throws IOException {
        for (final Map.Entry<Path, byte[]> file : onDisk.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
    }
}
