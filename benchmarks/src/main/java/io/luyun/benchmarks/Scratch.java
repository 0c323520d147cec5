package io.luyun.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory for one measurement, deleted with all that is in it. */
final class Scratch implements AutoCloseable {
    private final Path path;

    private Scratch(final Path path) {
        this.path = path;
    }

    static Scratch create() {
        try {
            return new Scratch(Files.createTempDirectory("luyun-bench-"));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
