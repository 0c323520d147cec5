package io.luyun.benchmarks.torture.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk that can be copied in an instant by sharing its blocks, and the copy. */
final class PowerBench {
    private static final int OUTER_MIB = 3_072;
    private static final int INNER_MIB = 512;
    private static final long ENOUGH_BYTES = 200L << 20;

    private final Path disk;
    private final Path copy;
    private final Path copyRoot;
    private final Volume inner;

    PowerBench(final Undo undo, final Path home) throws IOException, InterruptedException {
        final Path outer = home.resolve("xfs");
        Volume.xfs(undo, home.resolve("xfs.img"), OUTER_MIB, outer);
        disk = outer.resolve("disk.img");
        copy = outer.resolve("copy.img");
        copyRoot = home.resolve("copy");
        inner = Volume.ext4(undo, disk, INNER_MIB, home.resolve("disk"));
    }

    Volume inner() {
        return inner;
    }

    /** Whether there is enough left for another server's life. */
    boolean room() throws IOException {
        return inner.free() > ENOUGH_BYTES;
    }

    /** The power goes now. */
    void cut() throws IOException, InterruptedException {
        Files.deleteIfExists(copy);
        Shell.run("cp", "--reflink=always", disk.toString(), copy.toString());
    }

    /** What it has left, mounted. */
    Volume left(final Undo undo) throws IOException, InterruptedException {
        return Volume.mount(undo, copy, copyRoot);
    }
}
