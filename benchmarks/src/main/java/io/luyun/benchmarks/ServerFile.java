package io.luyun.benchmarks;

import java.nio.file.Path;

/** The configuration of the server under test. */
final class ServerFile {
    private ServerFile() {}

    static String text(final Path directory) {
        return """
                data: %s
                net:
                  port: 0
                  insecure: true
                ops:
                  port: 0
                """.formatted(directory.resolve("data"));
    }
}
