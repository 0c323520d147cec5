package io.luyun.simulator.source;

import io.luyun.server.exchange.place.FcdUsers;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A simulation that SUMO runs while its traffic is driven by: a process of its own that writes floating car data to a socket on this host
 * alone, and is held up by it when it is ahead. One thread; closing ends the process.
 */
public final class SumoProcess implements FcdInput, AutoCloseable {
    /** Smallest and largest step, s. */
    public static final double LEAST_STEP_S = 0.01;

    public static final double MOST_STEP_S = 10;

    private static final int POLL_MILLIS = 100;
    private static final int GOODBYE_MILLIS = 2_000;
    private static final int BUFFER = 1 << 16;
    private static final String ERROR = "Error: ";
    /** SUMO goes on then, with metres in place of degrees. */
    private static final String NO_PLACES = "no valid geo projection";

    private final String program;
    private final Path config;
    private final double stepSeconds;
    private final long seed;
    private @Nullable Process process;
    private @Nullable Socket socket;
    private @Nullable Path words;

    /**
     * Starts nothing yet.
     *
     * @param config configuration of the simulation; its network must have a projection
     * @param stepSeconds simulated time of a step
     * @param seed of SUMO's random numbers
     */
    public SumoProcess(final Path config, final double stepSeconds, final int seed) {
        this("sumo", config, stepSeconds, seed);
    }

    SumoProcess(final String program, final Path config, final double stepSeconds, final int seed) {
        if (!(stepSeconds >= LEAST_STEP_S && stepSeconds <= MOST_STEP_S)) {
            throw new IllegalArgumentException(
                    "stepSeconds " + stepSeconds + ": must be " + LEAST_STEP_S + " to " + MOST_STEP_S);
        }
        if (seed < 0) {
            throw new IllegalArgumentException("seed " + seed + ": must be 0 or more");
        }
        this.program = program;
        this.config = config;
        this.stepSeconds = stepSeconds;
        this.seed = seed;
    }

    @Override
    public String name() {
        return program + " -c " + config;
    }

    @Override
    public boolean again() {
        return false;
    }

    /**
     * {@inheritDoc} Starts SUMO, and waits until it has loaded its network.
     *
     * @throws IOException when it is not there or ends before; with its own words
     */
    @Override
    public FcdUsers open() throws IOException {
        if (process != null) {
            throw new IOException(name() + ": runs only once");
        }
        final Path log = Files.createTempFile("sumo", ".log");
        words = log;
        try (ServerSocket server = new ServerSocket()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            server.setSoTimeout(POLL_MILLIS);
            process = start(server.getLocalPort(), log);
            final Socket accepted = accept(server, process);
            socket = accepted;
            return FcdUsers.of(new Told(accepted.getInputStream()), name(), null);
        } catch (final IOException e) {
            close();
            throw e;
        }
    }

    private Process start(final int port, final Path log) throws IOException {
        final List<String> command = List.of(
                program,
                "-c",
                config.toString(),
                "--fcd-output",
                "127.0.0.1:" + port,
                "--fcd-output.geo",
                "true",
                "--fcd-output.acceleration",
                "true",
                "--precision.geo",
                "8",
                "--step-length",
                String.format(Locale.ROOT, "%.3f", stepSeconds),
                "--seed",
                Long.toString(seed),
                "--no-step-log",
                "true",
                "--duration-log.disable",
                "true",
                "--verbose",
                "false");
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(log.toFile())
                    .start();
        } catch (final IOException e) {
            throw new IOException(program + ": cannot be started; it is in the Debian package sumo", e);
        }
    }

    private Socket accept(final ServerSocket server, final Process started) throws IOException {
        while (true) {
            try {
                return server.accept();
            } catch (final SocketTimeoutException e) {
                if (!started.isAlive()) {
                    throw new IOException(name() + ": " + said("ended with code " + started.exitValue()), e);
                }
            }
        }
    }

    /** SUMO's own words for what went wrong, a line. */
    private String said(final String otherwise) throws IOException {
        final Path log = words;
        if (log == null) {
            return otherwise;
        }
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith(ERROR) || line.contains(NO_PLACES))
                    .map(line -> line.substring(line.indexOf(": ") + 2).strip())
                    .findFirst()
                    .orElse(otherwise);
        }
    }

    /** What SUMO writes, and at its beginning and end whether all went well. */
    private final class Told extends FilterInputStream {
        private boolean begun;

        Told(final InputStream in) {
            super(new BufferedInputStream(in, BUFFER));
        }

        @Override
        public int read() throws IOException {
            return checked(super.read());
        }

        @Override
        public int read(final byte[] into, final int offset, final int length) throws IOException {
            return checked(super.read(into, offset, length));
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private int checked(final int read) throws IOException {
            final String problem = begun && read >= 0 ? "" : said("");
            begun = true;
            if (!problem.isEmpty()) {
                throw new IOException(name() + ": " + problem);
            }
            return read;
        }
    }

    /** The process, for whoever looks whether it lives; null before it was started. */
    @Nullable
    Process process() {
        return process;
    }

    @Override
    public void close() throws IOException {
        final Socket open = socket;
        if (open != null) {
            open.close();
        }
        final Process running = process;
        if (running != null) {
            running.destroy();
            try {
                if (!running.waitFor(GOODBYE_MILLIS, TimeUnit.MILLISECONDS)) {
                    running.destroyForcibly();
                }
            } catch (final InterruptedException e) {
                running.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        if (words != null) {
            Files.deleteIfExists(words);
        }
    }
}
