package io.luyun.benchmarks.peers;

import io.luyun.benchmarks.rig.Child;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts each system on a free port of loopback, with its data in a directory of its own. What it says goes to a file
 * {@code NAME.log} beside.
 */
final class Hosts {
    private static final Duration START = Duration.ofSeconds(60);

    private static final List<String> SERVER_PATHS = List.of("/usr/sbin", "/usr/local/sbin");

    private final OwnHost own;
    private final KafkaHost kafka;
    private final HiveMqHost hiveMq;

    Hosts(final OwnHost own, final MavenJars maven) {
        this.own = own;
        kafka = new KafkaHost(maven);
        hiveMq = new HiveMqHost(maven);
    }

    /**
     * A system that takes connections.
     *
     * @param child its process
     * @param port where it takes them
     * @param classPath what its client needs besides
     */
    record Running(Child child, int port, List<String> classPath) implements AutoCloseable {
        Running(final Child child, final int port) {
            this(child, port, List.of());
        }

        @Override
        public void close() {
            child.close();
        }
    }

    /**
     * Starts one.
     *
     * @param directory for its data and its configuration
     * @throws MissingPeerException when it is not installed, or too old for what is asked of it
     * @throws IOException when it does not start
     */
    Running start(final Contender contender, final Path directory) throws IOException, InterruptedException {
        final Path log = directory.resolveSibling(directory.getFileName() + ".log");
        Files.createDirectories(directory);
        return switch (contender) {
            case LUYUN -> ready(own.luyun(directory, log));
            case ECHO -> ready(own.echo(log));
            case MOSQUITTO_QOS0, MOSQUITTO_QOS1 -> mosquitto(contender, directory, log);
            case NATS, NATS_ALWAYS -> nats(contender, directory, log);
            case REDIS, REDIS_ALWAYS -> redis(contender, directory, log);
            case KAFKA -> kafka.start(directory, log);
            case HIVEMQ -> hiveMq.start(directory, log);
        };
    }

    private static Running ready(final Child child) throws IOException {
        try {
            return new Running(child, child.awaitReady());
        } catch (final IOException e) {
            child.close();
            throw e;
        }
    }

    private static Running mosquitto(final Contender contender, final Path directory, final Path log)
            throws IOException, InterruptedException {
        final int port = freePort();
        final Path config =
                Files.writeString(directory.resolve("mosquitto.conf"), """
                listener %d 127.0.0.1
                allow_anonymous true
                persistence true
                persistence_location %s/
                autosave_interval 10
                set_tcp_nodelay true
                max_queued_messages 0
                log_dest stderr
                log_type error
                log_type warning
                %s""".formatted(port, directory, userLine()));
        return started(contender, List.of(program(contender), "-c", config.toString()), port, directory, log);
    }

    /** Started by root it would become a user who may not write to our directory. */
    private static String userLine() {
        return "user " + System.getProperty("user.name") + "\n";
    }

    private static Running nats(final Contender contender, final Path directory, final Path log)
            throws IOException, InterruptedException {
        final int port = freePort();
        final boolean always = contender == Contender.NATS_ALWAYS;
        final Path config = Files.writeString(
                directory.resolve("nats.conf"), """
                listen: "127.0.0.1:%d"
                jetstream {
                  store_dir: "%s"
                  %s
                }
                """.formatted(port, directory, always ? "sync_interval: always" : ""));
        final String program = program(contender);
        final String said = Programs.output(program, "-t", "-c", config.toString());
        if (said.contains("sync_interval")) {
            throw new MissingPeerException(contender.label() + ": "
                    + Programs.output(program, "--version").strip()
                    + " has no sync_interval; it came with nats-server 2.10");
        }
        return started(contender, List.of(program, "-c", config.toString()), port, directory, log);
    }

    private static Running redis(final Contender contender, final Path directory, final Path log)
            throws IOException, InterruptedException {
        final int port = freePort();
        final Path config = Files.writeString(directory.resolve("redis.conf"), """
                bind 127.0.0.1
                port %d
                dir %s
                daemonize no
                save ""
                appendonly yes
                appendfsync %s
                """.formatted(
                        port, directory, contender == Contender.REDIS_ALWAYS ? "always" : "everysec"));
        return started(contender, List.of(program(contender), config.toString()), port, directory, log);
    }

    static Running started(
            final Contender contender, final List<String> command, final int port, final Path directory, final Path log)
            throws IOException, InterruptedException {
        final Child child = Child.server(contender.label(), command, directory, log);
        try {
            child.awaitPort(port, START);
        } catch (final IOException | InterruptedException e) {
            child.close();
            throw e;
        }
        return new Running(child, port);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The file of its command, on the path or where Debian has servers, to which the path of a user does not lead. */
    static String program(final Contender contender) throws MissingPeerException {
        return program(
                contender,
                Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), SERVER_PATHS.stream())
                        .map(Path::of)
                        .toList());
    }

    static String program(final Contender contender, final List<Path> directories) throws MissingPeerException {
        return directories.stream()
                .map(directory -> directory.resolve(contender.program()))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new MissingPeerException(contender.label() + ": no " + contender.program()
                        + " here; it is in the Debian package " + contender.program()))
                .toString();
    }
}
