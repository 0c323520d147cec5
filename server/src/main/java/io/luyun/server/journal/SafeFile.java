package io.luyun.server.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Small files of which there is always either the old content or the new one: written beside, forced, renamed. */
public final class SafeFile {
    private static final String BESIDE = ".new";

    private SafeFile() {}

    /** Puts this content in the place of the file, or makes it; both are on the disk when it returns. */
    public static void write(final Path path, final byte[] content) throws IOException {
        final Path beside = path.resolveSibling(path.getFileName() + BESIDE);
        try (FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            final ByteBuffer all = ByteBuffer.wrap(content);
            while (all.hasRemaining()) {
                channel.write(all);
            }
            channel.force(true);
        }
        Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
        GroupCommit.ChannelForce.forceDirectory(path.toAbsolutePath().getParent());
    }

    /** Forces a file, or the entries of a directory, to the disk. */
    public static void force(final Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
