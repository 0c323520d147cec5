package io.luyun.benchmarks.torture.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A file system in a file, mounted on a loop device. */
final class Volume {
    private static final int UNMOUNT_TRIES = 50;
    private static final long UNMOUNT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path root;

    private Volume(final Path root) {
        this.root = root;
    }

    /**
     * Makes an ext4 file system in a new file; no block of it is kept back for root.
     *
     * @param image the file
     * @param root where it is mounted; made when it is not there
     */
    static Volume ext4(final Undo undo, final Path image, final long mebibytes, final Path root)
            throws IOException, InterruptedException {
        Shell.run("truncate", "-s", mebibytes + "M", image.toString());
        Shell.run("mkfs.ext4", "-q", "-F", "-m", "0", "-E", "lazy_itable_init=0,lazy_journal_init=0", image.toString());
        return mount(undo, image, root);
    }

    /** Makes an XFS file system in a new file, whose files can be copied by sharing their blocks. */
    static Volume xfs(final Undo undo, final Path image, final long mebibytes, final Path root)
            throws IOException, InterruptedException {
        Shell.run("truncate", "-s", mebibytes + "M", image.toString());
        Shell.run("mkfs.xfs", "-q", "-f", "-m", "reflink=1", image.toString());
        return mount(undo, image, root);
    }

    /** Mounts what is in a file. */
    static Volume mount(final Undo undo, final Path image, final Path root) throws IOException, InterruptedException {
        Files.createDirectories(root);
        Shell.run("mount", "-o", "loop", image.toString(), root.toString());
        undo.add(() -> unmount(root));
        return new Volume(root);
    }

    /** Where it is mounted. */
    Path root() {
        return root;
    }

    /** Bytes that are free. */
    long free() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    /** Puts a file there that takes so much. */
    void occupy(final String name, final long bytes) throws IOException, InterruptedException {
        Shell.run("fallocate", "-l", Long.toString(bytes), root.resolve(name).toString());
    }

    /** Takes all that is left, whatever others take meanwhile. */
    void fill(final String name) throws IOException, InterruptedException {
        try {
            occupy(name, free());
        } catch (final IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    void vacate(final String name) throws IOException {
        Files.deleteIfExists(root.resolve(name));
    }

    /** A server that was just killed may hold it for a moment. */
    private static void unmount(final Path root) throws IOException, InterruptedException {
        for (int i = 1; ; i++) {
            try {
                Shell.run("umount", root.toString());
                return;
            } catch (final IOException e) {
                if (i == UNMOUNT_TRIES) {
                    Shell.run("umount", "-l", root.toString());
                    throw e;
                }
                LockSupport.parkNanos(UNMOUNT_PAUSE_NANOS);
            }
        }
    }
}
