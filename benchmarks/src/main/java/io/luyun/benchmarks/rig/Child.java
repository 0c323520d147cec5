package io.luyun.benchmarks.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A process of our own. Closing it ends it and what it has started, by its handle, in ten seconds at most. */
public final class Child implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile(" (\\w+)=\\S*?:(\\d+)(?=\\s|$)");
    private static final long END_SECONDS = 10;
    private static final long LOOK_MILLIS = 20;
    private static final int LAST_LINES = 5;

    private final Process process;
    private final BufferedReader out;
    private final String name;
    private String ready = "";

    private Child(final String name, final Process process) {
        this.name = name;
        this.process = process;
        this.out = process.inputReader();
    }

    /** Starts {@code luyun WORDS} with these JVM flags; what it says on stderr goes to this file. */
    public static Child start(final List<String> words, final String jvmFlags, final Path log) throws IOException {
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

    /** Starts any command, whose lines on stdout are read here; what it says on stderr goes to this file. */
    public static Child run(final String name, final List<String> command, final Path log) throws IOException {
        return new Child(
                name,
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start());
    }

    /** Starts a server that says nothing we read: all that it says goes to this file. */
    public static Child server(final String name, final List<String> command, final Path directory, final Path log)
            throws IOException {
        return new Child(
                name,
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start());
    }

    /** The end of what processes have said on stderr, each line on a new one; empty when they have said nothing. */
    public static String lastLines(final Path log) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        final List<String> lines = Files.readAllLines(log);
        return lines.isEmpty()
                ? ""
                : "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    /** Process id: the launcher becomes the JVM. */
    public long pid() {
        return process.pid();
    }

    /** Whether it still runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** Waits for its line of readiness; returns the port for devices. */
    public int awaitReady() throws IOException {
        return awaitReady("devices");
    }

    /** Waits for its line of readiness, unless it has come; returns the port under this name. */
    public int awaitReady(final String port) throws IOException {
        while (!ready.startsWith("READY ")) {
            final @Nullable String line = out.readLine();
            if (line == null) {
                throw new IOException(name + " has ended without becoming ready");
            }
            ready = line;
        }
        final Matcher ports = PORT.matcher(ready);
        while (ports.find()) {
            if (ports.group(1).equals(port)) {
                return Integer.parseInt(ports.group(2));
            }
        }
        throw new IOException(name + " is ready without a port called " + port);
    }

    /** Waits until somebody takes connections on this port of loopback. */
    public void awaitPort(final int port, final Duration atMost) throws IOException, InterruptedException {
        final long deadlineNs = System.nanoTime() + atMost.toNanos();
        while (!accepts(port)) {
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        name + " has ended with exit code " + process.exitValue() + " before it was ready");
            }
            if (System.nanoTime() > deadlineNs) {
                throw new IOException(name + " takes no connections after " + atMost.toSeconds() + " s");
            }
        }
    }

    private static boolean accepts(final int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (final IOException e) {
            return false;
        }
    }

    /** Waits for its end; returns its last line of output. */
    public String awaitResult() throws IOException, InterruptedException {
        final String last = out.lines().reduce("", (before, line) -> line);
        if (process.waitFor() != 0) {
            throw new IOException(name + " has ended with exit code " + process.exitValue());
        }
        return last;
    }

    @Override
    public void close() {
        final List<ProcessHandle> below = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            below.forEach(ProcessHandle::destroyForcibly);
            out.close();
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
