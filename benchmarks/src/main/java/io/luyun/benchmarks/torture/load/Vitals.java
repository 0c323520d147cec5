package io.luyun.benchmarks.torture.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process takes of the machine at one moment.
 *
 * @param ownKib memory of its own; mapped files, which the kernel takes back as it likes, are left out
 * @param descriptors open
 * @param threads of it
 */
record Vitals(long ownKib, long descriptors, long threads) {
    static Vitals of(final long pid) throws IOException {
        final Path process = Path.of("/proc", Long.toString(pid));
        final List<String> status = Files.readAllLines(process.resolve("status"));
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            return new Vitals(field(status, "RssAnon:"), open.count(), field(status, "Threads:"));
        }
    }

    private static long field(final List<String> status, final String name) throws IOException {
        for (final String line : status) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("/proc tells no " + name);
    }
}
