package io.luyun.benchmarks.torture.net;

import io.luyun.benchmarks.torture.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A control group (version 1) that lets a process have so much memory, its share of the page cache with it. */
final class MemoryGroup implements AutoCloseable {
    private static final Path ROOT = Path.of("/sys/fs/cgroup/memory");
    private static final String PROCESSES = "cgroup.procs";

    private final Path directory;

    private MemoryGroup(final Path directory) {
        this.directory = directory;
    }

    /** One with this limit; null where there is no such thing, or this process may not make one. */
    static @Nullable MemoryGroup make(final long bytes) throws IOException {
        if (!Files.isWritable(ROOT) || !Files.exists(ROOT.resolve(PROCESSES))) {
            return null;
        }
        final MemoryGroup group = new MemoryGroup(Files.createTempDirectory(ROOT, "luyun-torture-"));
        group.limit(bytes);
        return group;
    }

    /** From now on this is the limit. */
    void limit(final long bytes) throws IOException {
        Files.writeString(directory.resolve("memory.limit_in_bytes"), Long.toString(bytes));
    }

    /** From now on the limit is what is used, without what can be read anew. */
    void starve() throws IOException {
        Files.writeString(directory.resolve("memory.force_empty"), "0");
        limit(Long.parseLong(
                Files.readString(directory.resolve("memory.usage_in_bytes")).strip()));
    }

    /** A server that is started in it. */
    Subject.Start start(final Subject.Start start) {
        return start.below("sh", "-c", "echo $$ > " + directory.resolve(PROCESSES) + " && exec \"$@\"", "sh");
    }

    /** The server in it has ended. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(directory);
    }
}
