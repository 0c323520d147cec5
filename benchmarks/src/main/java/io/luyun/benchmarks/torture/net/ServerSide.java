package io.luyun.benchmarks.torture.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the kernel knows of connections from the side of who listens ({@code /proc/net/tcp}). */
final class ServerSide {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;

    private ServerSide() {}

    /** Whether this port of loopback has a connection with that one; yes where the kernel does not tell. */
    static boolean has(final int port, final int client) throws IOException {
        boolean told = false;
        for (final Path table : TABLES) {
            if (Files.isReadable(table)) {
                told = true;
                if (Files.readAllLines(table).stream().anyMatch(line -> joins(line, port, client))) {
                    return true;
                }
            }
        }
        return !told;
    }

    private static boolean joins(final String line, final int port, final int client) {
        final String[] words = line.strip().split(" +");
        return words.length > REMOTE && words[LOCAL].endsWith(hex(port)) && words[REMOTE].endsWith(hex(client));
    }

    private static String hex(final int port) {
        return ":%04X".formatted(port);
    }
}
