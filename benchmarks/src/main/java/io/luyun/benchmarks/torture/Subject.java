package io.luyun.benchmarks.torture;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A server process on which faults are tried: the one that {@code luyun serve} would start, or where none has been built beside
 * this process, or an agent is to change it, one from the class path of this process. It is the same code.
 */
public final class Subject implements AutoCloseable {
    /** The command line of the server and its tools. */
    public static final String SERVER_MAIN = "io.luyun.server.Main";

    /** Exit code of a server that has ended in order. */
    public static final int ENDED = 0;

    /** Exit code of a server whose journal cannot go on. */
    public static final int FAIL_STOP = 3;

    private static final String READY = "READY ";
    private static final long END_SECONDS = 30;

    private final Process process;
    private final BufferedReader out;
    private final Map<String, String> ready = new HashMap<>();

    /**
     * How a server is started.
     *
     * @param config its settings
     * @param log what it says is put behind what this file has
     * @param flags JVM flags beside those it needs
     * @param prefix words before {@code java}, such as a tool that limits or deceives it; empty for none
     * @param environment variables beside those of this process
     */
    public record Start(
            Path config, Path log, List<String> flags, List<String> prefix, Map<String, String> environment) {
        private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-Xmx256m");

        public Start {
            flags = List.copyOf(flags);
            prefix = List.copyOf(prefix);
            environment = Map.copyOf(environment);
        }

        /** With a small heap, and nothing else. */
        public static Start of(final Path config, final Path log) {
            return new Start(config, log, SMALL, List.of(), Map.of());
        }

        /** The same with one more JVM flag. */
        public Start with(final String flag) {
            final List<String> more = new ArrayList<>(flags);
            more.add(flag);
            return new Start(config, log, more, prefix, environment);
        }

        /** The same below this command. */
        public Start below(final String... words) {
            return new Start(config, log, flags, List.of(words), environment);
        }

        /** The same with this variable. */
        public Start with(final String variable, final String value) {
            final Map<String, String> more = new HashMap<>(environment);
            more.put(variable, value);
            return new Start(config, log, flags, prefix, more);
        }
    }

    private Subject(final Process process) {
        this.process = process;
        out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts it; it is not ready yet. */
    public static Subject start(final Start start) throws IOException {
        final List<String> command = new ArrayList<>(start.prefix());
        command.addAll(server(start.flags()));
        command.addAll(List.of("serve", "--config", start.config().toString()));
        final ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(start.log().toFile()))
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(start.environment());
        return new Subject(builder.start());
    }

    /** Words that start a server, with the cache that spares half of its start where the launcher has made one. */
    private static List<String> server(final List<String> flags) {
        final Path first = Path.of(System.getProperty("java.class.path").split(File.pathSeparator)[0]);
        final Path built = first.toAbsolutePath().resolveSibling("../server").normalize();
        final Path jar = built.resolve("luyun-server.jar");
        final Path cache = built.resolve("serve.aot");
        final boolean changed = flags.stream().anyMatch(flag -> flag.startsWith("-javaagent"));
        if (changed || !Files.isRegularFile(jar) || !Files.isRegularFile(cache)) {
            return java(flags, SERVER_MAIN);
        }
        // The jar says itself which packages are open; said twice, the cache would not fit.
        final List<String> command = jvm(argument -> !argument.startsWith("--add-"), flags);
        command.addAll(List.of("-XX:AOTCache=" + cache, "-jar", jar.toString()));
        return command;
    }

    /**
     * Words that start a JVM with the class path of this one.
     *
     * @param flags JVM flags beside those it needs
     * @param main name of the class with the main method
     */
    public static List<String> java(final List<String> flags, final String main) {
        final List<String> command = jvm(argument -> true, flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        return command;
    }

    private static List<String> jvm(final Predicate<String> wanted, final List<String> flags) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Whatever opens packages or quietens libraries; sizes, collectors and agents of this process are its own.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--") || argument.startsWith("-Dchronicle"))
                .filter(wanted)
                .forEach(command::add);
        command.addAll(flags);
        return command;
    }

    /**
     * Waits until it takes messages.
     *
     * @throws IOException when it ends before that
     */
    public void awaitReady() throws IOException, InterruptedException {
        String line = out.readLine();
        while (line != null && !line.startsWith(READY)) {
            line = out.readLine();
        }
        if (line == null) {
            process.waitFor(END_SECONDS, TimeUnit.SECONDS);
            throw new IOException("the server has ended before it was ready"
                    + (process.isAlive() ? "" : ", exit code " + process.exitValue()));
        }
        for (final String field : line.substring(READY.length()).split(" ")) {
            final int equals = field.indexOf('=');
            if (equals > 0) {
                ready.put(field.substring(0, equals), field.substring(equals + 1));
            }
        }
    }

    /** Port under this name of its READY line: devices, http, mqtt. */
    public int port(final String name) {
        final String address = ready.getOrDefault(name, "");
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** Port for devices. */
    public int port() {
        return port("devices");
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Sends it this signal, for example STOP. */
    public void signal(final String name) throws IOException, InterruptedException {
        final int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill -" + name + " " + pid() + " ended with " + code);
        }
    }

    /** SIGKILL; it is gone when this returns. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits for its end by itself; returns its exit code. */
    public int awaitEnd(final long seconds) throws IOException, InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new IOException("the server still runs after " + seconds + " s");
        }
        return process.exitValue();
    }

    /** SIGTERM; returns its exit code, {@link #ENDED} when it has ended in order. */
    public int terminate() throws IOException, InterruptedException {
        process.destroy();
        return awaitEnd(END_SECONDS);
    }

    /** SIGTERM; whether it went as it should. */
    public boolean endsInOrder() throws IOException, InterruptedException {
        return alive() && terminate() == ENDED;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        out.close();
    }
}
