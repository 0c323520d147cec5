package io.luyun.benchmarks.torture.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One target for a fuzzer that is guided by what an input reaches, such as Jazzer, which knows methods by these names. The system
 * property {@code luyun.fuzz.target} names the target, {@code luyun.fuzz.seeds} a directory its good inputs are written to first.
 */
public final class FuzzEntry {
    private static Target target = new UnknownTarget();

    private FuzzEntry() {}

    /** Makes the target. */
    public static void fuzzerInitialize() {
        try {
            final Path directory = Files.createTempDirectory("luyun-fuzz-");
            target = Targets.in(directory)
                    .named(List.of(System.getProperty("luyun.fuzz.target", "")))
                    .getFirst();
            final String seeds = System.getProperty("luyun.fuzz.seeds", "");
            for (int i = 0; !seeds.isEmpty() && i < target.seeds().size(); i++) {
                Files.write(Path.of(seeds, "seed-" + i), target.seeds().get(i));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One input. */
    public static void fuzzerTestOneInput(final byte[] input) {
        target.ready();
        target.accept(input);
    }

    /** Before there is one. */
    private static final class UnknownTarget implements Target {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public List<byte[]> seeds() {
            return List.of();
        }

        @Override
        public void accept(final byte[] input) {
            throw new IllegalStateException("fuzzerInitialize comes first");
        }
    }
}
