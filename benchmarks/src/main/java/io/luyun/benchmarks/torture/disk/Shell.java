package io.luyun.benchmarks.torture.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Commands of the machine. Stateless. */
final class Shell {
    private static final Map<String, String> PACKAGES = new TreeMap<>(Map.of(
            "mount", "mount",
            "losetup", "mount",
            "fallocate", "util-linux",
            "mkfs.ext4", "e2fsprogs",
            "mkfs.xfs", "xfsprogs",
            "fusermount", "fuse3"));
    private static final Path FUSE_FOR_PYTHON = Path.of("/usr/lib/python3/dist-packages/fusepy.py");

    private Shell() {}

    /** Runs it to its end and returns what it says. */
    static String run(final String... words) throws IOException, InterruptedException {
        final Process process =
                new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        final int code = process.waitFor();
        if (code != 0) {
            throw new IOException(String.join(" ", words) + " ended with " + code + ": " + said);
        }
        return said;
    }

    /** Why loop devices cannot be had here, or these commands; null when all is there. */
    static @Nullable String missing(final String... commands) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return "wants to be root, for loop devices and mounts";
        }
        if (!Files.exists(Path.of("/dev/loop-control"))) {
            return "wants loop devices; there is no /dev/loop-control";
        }
        final TreeSet<String> packages = new TreeSet<>();
        Stream.concat(Stream.of("mount", "losetup", "mkfs.ext4"), Arrays.stream(commands))
                .filter(command -> !onPath(command))
                .forEach(command -> packages.add(PACKAGES.getOrDefault(command, command)));
        return packages.isEmpty() ? null : "wants the Debian packages " + String.join(", ", packages);
    }

    /** The same for disks in user space. */
    static @Nullable String missingForDrives() throws IOException {
        if (!Files.exists(Path.of("/dev/fuse"))) {
            return "wants FUSE; there is no /dev/fuse";
        }
        return Files.exists(FUSE_FOR_PYTHON) || Files.isDirectory(FUSE_FOR_PYTHON.resolveSibling("fusepy"))
                ? missing("fusermount")
                : "wants the Debian packages python3-fusepy, fuse3";
    }

    private static boolean onPath(final String command) {
        return Arrays.stream((System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }
}
