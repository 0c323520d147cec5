package io.luyun.simulator;

import java.nio.file.Files;
import java.nio.file.Path;

/** The launcher that started this process; it starts the server and its tools, too. */
final class Launcher {
    private static final String VARIABLE = "LUYUN_LAUNCHER";

    private Launcher() {}

    /**
     * Its path.
     *
     * @throws IllegalStateException when this process was started without it
     */
    static String path() {
        final String launcher = System.getenv(VARIABLE);
        if (launcher == null || !Files.isExecutable(Path.of(launcher))) {
            throw new IllegalStateException(VARIABLE + " does not name the launcher; start this with ./luyun");
        }
        return launcher;
    }
}
