package io.luyun.simulator.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server of its own for a demonstration: a child process started through the launcher. Its stderr goes to a file; a
 * thread reads its stdout to the end. Its stdin stays open as long as this process lives, and it ends with that: also a
 * demonstration that is killed leaves none behind. It is in a session of its own, so that Ctrl-C at the terminal reaches the
 * demonstration alone, which then ends the server in order.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nothing to be done when an exit action fails
public final class ServerProcess implements AutoCloseable {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final String READY = "READY ";
    private static final long STOP_SECONDS = 20;

    private final Process process;
    private final Path log;
    private final CompletableFuture<Map<String, String>> ready = new CompletableFuture<>();

    /** Starts it. */
    public ServerProcess(final String launcher, final Path config, final Path log) throws IOException {
        this.log = log;
        final List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(List.of(launcher, "serve", "--end-with-stdin", "--config", config.toString()));
        process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        Thread.ofPlatform().name("server-output").daemon().start(this::readOutput);
    }

    /** Waits for the READY line and returns its fields, for example devices and journal. */
    public Map<String, String> awaitReady(final long timeoutSeconds)
            throws InterruptedException, ResourceException, IOException {
        try {
            return ready.get(timeoutSeconds, TimeUnit.SECONDS);
        } catch (final TimeoutException _) {
            throw new ResourceException("the server is not ready after " + timeoutSeconds + " s; " + lastWords());
        } catch (final ExecutionException _) {
            process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            throw new ResourceException("the server ended before it was ready; " + lastWords());
        }
    }

    /** Its process; the launcher has become it. */
    long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** Runs when the server ends, on whatever thread notices. */
    void onExit(final Runnable action) {
        process.onExit().thenRun(action);
    }

    /** SIGTERM, and SIGKILL when that is not enough. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (final InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The end of what the server wrote to its log. */
    public String lastWords() throws IOException {
        final List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        final String tail = String.join("\n  ", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        return "its log " + log + (tail.isEmpty() ? " is empty" : " ends:\n  " + tail);
    }

    private void readOutput() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(READY)) {
                    ready.complete(fields(line.substring(READY.length())));
                }
            }
            ready.completeExceptionally(new IOException("no READY line"));
        } catch (final IOException e) {
            ready.completeExceptionally(e);
        }
    }

    private static Map<String, String> fields(final String line) {
        final Map<String, String> fields = new HashMap<>();
        for (final String field : line.split(" ")) {
            final int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), field.substring(equals + 1));
            }
        }
        return fields;
    }
}
