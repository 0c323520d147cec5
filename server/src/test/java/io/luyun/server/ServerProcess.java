package io.luyun.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The server as a process of its own, which can be killed. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("READY devices=127\\.0\\.0\\.1:(\\d+) .*");
    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;

    private final Process process;
    private final BufferedReader out;
    private final Path log;

    private ServerProcess(final Process process, final Path log) {
        this.process = process;
        this.log = log;
        out = process.inputReader(UTF_8);
    }

    /** Starts {@code serve} with this configuration; its log goes to the end of the file. */
    static ServerProcess start(final Path config, final Path log) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--") || argument.startsWith("-Dchronicle")) {
                command.add(argument);
            }
        }
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-Xshare:auto"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("serve", "--config", config.toString()));
        return new ServerProcess(
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start(),
                log);
    }

    /** Waits for the line that says it is ready; returns its device port. */
    int awaitReady() throws IOException {
        return awaitReady(READY);
    }

    /** The same when it has to look like this; returns the port that is its first group. */
    int awaitReady(final Pattern expected) throws IOException {
        return Integer.parseInt(awaitReadyLine(expected).group(1));
    }

    /** The same; returns what its groups have matched. */
    MatchResult awaitReadyLine(final Pattern expected) throws IOException {
        final String line = out.readLine();
        final Matcher ready = expected.matcher(line == null ? "" : line);
        assertThat(ready.matches())
                .as("first line %s; log %s", line, Files.readString(log))
                .isTrue();
        return ready.toMatchResult();
    }

    /** What it has written to its standard output since; when it has ended. */
    String restOfOutput() {
        return out.lines().collect(Collectors.joining("\n"));
    }

    /** Kills it when so much time has passed; it must not have ended by itself until then. */
    void killAfter(final long nanos) throws IOException, InterruptedException {
        final boolean ended = process.waitFor(nanos, TimeUnit.NANOSECONDS);
        assertThat(ended).as("ended by itself; log %s", Files.readString(log)).isFalse();
        assertThat(process.destroyForcibly().waitFor()).isEqualTo(KILLED);
    }

    /** Sends SIGTERM; it must end by that, in order. */
    void terminate() throws IOException, InterruptedException {
        // unlike the process itself its handle leaves the output open
        process.toHandle().destroy();
        assertThat(awaitEnd()).isZero();
    }

    /**
     * Sends SIGTERM again and again; it must end at once. No other signal will do: one that whoever started this process ignores
     * is ignored by all its children.
     */
    void terminateTwice() throws IOException, InterruptedException {
        while (process.toHandle().destroy() && !process.waitFor(1, TimeUnit.MILLISECONDS)) {
            Thread.onSpinWait();
        }
        assertThat(awaitEnd()).isEqualTo(TERMINATED);
        assertThat(log).content().contains("told to end again: ends at once");
    }

    /** No file of it can grow any more, as on a disk that is full in the wrong moment. */
    void letNoFileGrow() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()), "--fsize=65536")
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Waits until it ends by itself; its exit code. */
    int awaitEnd() throws IOException, InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS))
                .as("ends; log %s", Files.readString(log))
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        out.close();
    }
}
