package io.luyun.simulator;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where recordings made elsewhere lie. */
public final class Recorded {
    private Recorded() {}

    /** A recorded roadside track; the test is left out, and says so, when it is not there. */
    public static Path track(final String name) {
        final String given = System.getenv("LUYUN_DATA");
        // Surefire runs in the module's directory; the data lies beside the repository.
        final Path data = given == null ? Path.of("../../shared/data") : Path.of(given);
        final Path file = data.resolve("rsm-tracks").resolve(name);
        assumeTrue(Files.exists(file), () -> file + " is not there");
        return file;
    }
}
