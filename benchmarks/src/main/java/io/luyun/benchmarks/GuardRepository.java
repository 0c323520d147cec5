package io.luyun.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sources that are measured: their version, what git calls them, where their history lies.
 *
 * @param home the directory with the parent pom.xml
 */
record GuardRepository(Path home) {
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>luyun-parent</artifactId>\\s*<version>([^<]+)</version>");
    private static final int GIT_SECONDS = 10;

    /** That of the launcher; without one, that of the working directory. */
    static GuardRepository here() {
        final String launcher = System.getenv("LUYUN_LAUNCHER");
        final Path parent = launcher == null ? null : Path.of(launcher).getParent();
        return new GuardRepository(parent == null ? Path.of("").toAbsolutePath() : parent);
    }

    /**
     * The version in the pom.
     *
     * @throws IllegalArgumentException with one line for people when there is none
     */
    String version() throws IOException {
        final Path pom = home.resolve("pom.xml");
        final Matcher found = VERSION.matcher(Files.isReadable(pom) ? Files.readString(pom) : "");
        if (!found.find()) {
            throw new IllegalArgumentException(pom + ": must be the parent pom of the sources that are measured");
        }
        return found.group(1).strip();
    }

    Path history() {
        return home.resolve("benchmarks/history");
    }

    /** The committed plot. */
    Path plot() {
        return home.resolve("docs/guard/history.svg");
    }

    /** What git calls the sources; null where it cannot be asked, for example in sources without their history. */
    @Nullable
    String source() throws IOException, InterruptedException {
        if (!Files.exists(home.resolve(".git"))) {
            return null;
        }
        final Process git;
        try {
            git = new ProcessBuilder("git", "describe", "--always", "--tags", "--dirty")
                    .directory(home.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (final IOException e) {
            // there is no git on this machine
            return null;
        }
        final String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return git.waitFor(GIT_SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0 ? said : null;
    }
}
