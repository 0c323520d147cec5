package io.luyun.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A process of our own, started by the launcher, whose last lines of output are kept for the error message. */
final class Child implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile(" (\\w+)=\\S*?:(\\d+)(?=\\s|$)");
    private static final long END_SECONDS = 10;

    private final Process process;
    private final BufferedReader out;
    private final String name;

    private Child(final String name, final Process process) {
        this.name = name;
        this.process = process;
        this.out = process.inputReader();
    }

    /** Starts {@code luyun WORDS} with these JVM flags; what it says on stderr goes to this file. */
    static Child start(final List<String> words, final String jvmFlags, final Path log) throws IOException {
        final @Nullable String launcher = System.getenv("LUYUN_LAUNCHER");
        if (launcher == null) {
            throw new IOException("LUYUN_LAUNCHER is not set: start this with ./luyun bench");
        }
        final List<String> command = new ArrayList<>();
        command.add(launcher);
        command.addAll(words);
        final ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(Map.of("LUYUN_JAVA_OPTS", jvmFlags));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new Child(words.getFirst(), builder.start());
    }

    /** Process id: the launcher becomes the JVM. */
    long pid() {
        return process.pid();
    }

    /** Waits for its line of readiness; returns the port for devices. */
    int awaitReady() throws IOException {
        return awaitReady("devices");
    }

    /** Waits for its line of readiness; returns the port under this name. */
    int awaitReady(final String port) throws IOException {
        String line = out.readLine();
        while (line != null) {
            final Matcher ports = PORT.matcher(line);
            while (line.startsWith("READY ") && ports.find()) {
                if (ports.group(1).equals(port)) {
                    return Integer.parseInt(ports.group(2));
                }
            }
            line = out.readLine();
        }
        throw new IOException(name + " has ended without becoming ready");
    }

    /** Waits for its end; returns its last line of output. */
    String awaitResult() throws IOException, InterruptedException {
        final String last = out.lines().reduce("", (before, line) -> line);
        if (process.waitFor() != 0) {
            throw new IOException(name + " has ended with exit code " + process.exitValue());
        }
        return last;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            out.close();
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
