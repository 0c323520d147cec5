package io.luyun.benchmarks.torture.load;

import io.luyun.benchmarks.torture.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Gives the first core to a server and the others to this process, as long as it is open, so that neither takes from the other. */
final class Cores implements AutoCloseable {
    private static final Path TASKSET = Path.of("/usr/bin/taskset");
    private static final String SERVER_CORE = "0";

    private final int count;
    private final boolean parted;

    private Cores(final int count, final boolean parted) {
        this.count = count;
        this.parted = parted;
    }

    /** Parts them, where there are two and a tool to do it. */
    static Cores part() throws IOException {
        final int count = Runtime.getRuntime().availableProcessors();
        if (count < 2 || !Files.isExecutable(TASKSET)) {
            return new Cores(count, false);
        }
        put("1-" + (count - 1));
        return new Cores(count, true);
    }

    /** How it was done, for people. */
    String text() {
        return parted ? "server 1, harness " + (count - 1) : "%d for both (no taskset, or one core)".formatted(count);
    }

    /** The server on its core. */
    Subject.Start of(final Subject.Start start) {
        return parted ? start.below(TASKSET.toString(), "-c", SERVER_CORE) : start;
    }

    private static void put(final String cores) throws IOException {
        final Process process = new ProcessBuilder(
                        TASKSET.toString(),
                        "-acp",
                        cores,
                        Long.toString(ProcessHandle.current().pid()))
                .redirectErrorStream(true)
                .start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("taskset cannot part the cores: " + said.strip());
        }
    }

    @Override
    public void close() throws IOException {
        if (parted) {
            put("0-" + (count - 1));
        }
    }
}
