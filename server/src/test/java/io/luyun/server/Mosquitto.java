package io.luyun.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** The clients of the Mosquitto project as child processes, each with what it has written. */
final class Mosquitto implements AutoCloseable {
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private Mosquitto(final List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        reader = Thread.ofPlatform().daemon().start(this::read);
    }

    /** Leaves the test out, with one line, where the clients are not installed. */
    static void require() {
        final boolean there = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "mosquitto_pub")));
        if (!there) {
            System.out.println("left out: mosquitto_pub is not installed (Debian package mosquitto-clients)");
        }
        Assumptions.assumeTrue(there, "mosquitto_pub is not installed");
    }

    /** Publishes; has ended when this returns. */
    static Mosquitto pub(final int port, final String... arguments) throws IOException {
        final Mosquitto pub = new Mosquitto(command("mosquitto_pub", port, arguments));
        pub.awaitEnd();
        return pub;
    }

    /** Subscribes; the subscription stands when this returns. */
    static Mosquitto sub(final int port, final String... arguments) throws IOException {
        final Mosquitto sub = new Mosquitto(command("mosquitto_sub", port, arguments));
        sub.awaitLine("Subscribed");
        return sub;
    }

    int exitCode() {
        return process.exitValue();
    }

    String text() {
        return String.join("\n", lines);
    }

    void awaitLine(final String part) {
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .alias(part + " in " + lines)
                .until(() -> lines.stream().anyMatch(line -> line.contains(part)));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("does not end: " + text());
            }
            reader.join();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = in.readLine()) != null) {
                lines.add(line);
            }
        } catch (final IOException e) {
            lines.add("ended: " + e.getMessage());
        }
    }

    private static List<String> command(final String program, final int port, final String... arguments) {
        // unbuffered, so that what it says is seen while it runs
        final List<String> command =
                new ArrayList<>(List.of("stdbuf", "-oL", program, "-d", "-h", "127.0.0.1", "-p", String.valueOf(port)));
        command.addAll(List.of(arguments));
        return command;
    }
}
