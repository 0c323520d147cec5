package io.luyun.server.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Small files of which there is always either the old content or the new one: written beside, forced, renamed. */
final class SafeFile {
    private static final String BESIDE = ".new";

    private SafeFile() {}

    static void write(final Path path, final byte[] content) throws IOException {
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
}
