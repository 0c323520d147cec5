package io.luyun.benchmarks.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Settings of a server under test, in a directory of its own; small blocks, so that faults meet their ends and beginnings. */
public final class Setup {
    /** Journal settings that make files and checkpoints change often. */
    public static final String SMALL_JOURNAL = "journal: {blockMiB: 1, touchAheadMiB: 1, checkpointRecords: 1000}\n";

    private final Path data;
    private final Path config;
    private final Path log;

    /** The usual settings. */
    public Setup(final Path directory) throws IOException {
        this(directory, directory.resolve("data"), SMALL_JOURNAL);
    }

    /**
     * With further settings.
     *
     * @param data where the server keeps its journal; may be a file system of its own
     * @param more lines of the configuration that are not net, ops or session
     */
    public Setup(final Path directory, final Path data, final String more) throws IOException {
        this(usual("shared") + more, directory, data);
    }

    /** The usual settings for the same journal, with a thread of its own for the line. */
    public Setup dedicated(final Path home) throws IOException {
        return new Setup(usual("dedicated") + SMALL_JOURNAL, home, data);
    }

    private static String usual(final String mode) {
        return """
                net: {port: 0, insecure: true, mode: %s}
                ops: {port: 0}
                evidence: {enabled: false}
                # a message sent again after some starts is as old as that
                session: {clockToleranceMillis: 29999}
                # long enough to see that nothing is acknowledged after a failure
                service: {failedMillis: 1000}
                """.formatted(mode);
    }

    private Setup(final String settings, final Path directory, final Path data) throws IOException {
        this.data = data;
        log = directory.resolve("server.log");
        config = Files.writeString(
                directory.resolve("server.yaml"), "data: %s%n".formatted(data.toAbsolutePath()) + settings);
    }

    /** With these settings alone, net, ops and session among them. */
    public static Setup exactly(final Path directory, final String settings) throws IOException {
        return new Setup(settings, directory, directory.resolve("data"));
    }

    public Path journal() {
        return data.resolve("journal");
    }

    public Path data() {
        return data;
    }

    public Path log() {
        return log;
    }

    public Subject.Start start() {
        return Subject.Start.of(config, log);
    }
}
