package io.luyun.benchmarks.torture;

import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What a fault has to work with.
 *
 * @param directory empty, its own; deleted afterwards unless something was wrong
 * @param seed of its random decisions
 * @param cycles how often it is done; what is done once looks at whether it is many
 * @param brief some of it is enough, when it would take minutes
 * @param say for lines that tell how far it is
 */
public record Trial(Path directory, long seed, int cycles, boolean brief, Consumer<String> say) {
    public Random random() {
        return new Random(seed);
    }
}
