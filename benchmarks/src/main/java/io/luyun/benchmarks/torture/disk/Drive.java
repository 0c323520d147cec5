package io.luyun.benchmarks.torture.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A disk in user space that does as it is told; the program of it is the resource {@code drive.py}. */
final class Drive {
    private static final String PROGRAM = "/io/luyun/benchmarks/torture/drive.py";
    /** Debian's own: that is where its packages are. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long END_SECONDS = 10;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path mount;
    private final Path log;

    /**
     * Starts it; empty at first.
     *
     * @param home where its files lie: {@code drive.img}, which is what it holds, and {@code drive.log}
     * @param logging whether it writes down what it is given
     */
    Drive(final Undo undo, final Path home, final long mebibytes, final boolean logging)
            throws IOException, InterruptedException {
        mount = Files.createDirectories(home.resolve("drive"));
        log = home.resolve("drive.log");
        final Path program = home.resolve("drive.py");
        try (InputStream in = Objects.requireNonNull(Drive.class.getResourceAsStream(PROGRAM), PROGRAM)) {
            Files.copy(in, program, StandardCopyOption.REPLACE_EXISTING);
        }
        final Process process = new ProcessBuilder(
                        PYTHON,
                        program.toString(),
                        home.resolve("drive.img").toString(),
                        Long.toString(mebibytes),
                        logging ? log.toString() : "-",
                        mount.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("drive.err").toFile())
                .start();
        undo.add(() -> end(process));
        final long deadlineNs = System.nanoTime() + START_NANOS;
        while (!Files.exists(disk())) {
            if (!process.isAlive() || System.nanoTime() > deadlineNs) {
                throw new IOException("the disk in user space does not start: "
                        + Files.readString(home.resolve("drive.err")).strip());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** The file that is the disk. */
    Path disk() {
        return mount.resolve("disk");
    }

    /** What it was given. */
    Path log() {
        return log;
    }

    /** How long the log is. */
    long logged() throws IOException {
        return Files.size(log);
    }

    /** Orders it, see {@code drive.py}. */
    void order(final String words) throws IOException {
        Files.write(mount.resolve("orders"), words.getBytes(StandardCharsets.US_ASCII));
    }

    private void end(final Process process) throws IOException, InterruptedException {
        process.destroy(); // it takes its mount back by itself, and has none when it has not come so far
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            Shell.run("fusermount", "-u", "-z", mount.toString());
        }
    }
}
