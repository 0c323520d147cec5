package io.luyun.simulator.replay;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The terminal stdin is, which tells keys as they are pressed and does not show them. Closing it gives it back as it was, and so does
 * the end of the process, also by a signal it can hear.
 */
public final class Terminal implements AutoCloseable {
    private static final long STTY_SECONDS = 5;

    private final String settings;
    private final AtomicBoolean given = new AtomicBoolean();
    private final Thread hook = new Thread(this::restore, "terminal");

    private Terminal(final String settings) {
        this.settings = settings;
    }

    /**
     * The terminal, or null when stdin is none.
     *
     * @param keys is told of keys, on a thread of its own
     */
    public static @Nullable Terminal open(final Consumer<Key> keys) throws InterruptedException {
        final String settings = stty("-g");
        if (settings == null) {
            return null;
        }
        final Terminal terminal = new Terminal(settings);
        Runtime.getRuntime().addShutdownHook(terminal.hook);
        if (stty("-icanon", "-echo", "min", "1", "time", "0") == null) {
            terminal.close();
            return null;
        }
        Thread.ofPlatform().name("keys").daemon().start(() -> read(keys));
        return terminal;
    }

    /** Whether stderr is a terminal. */
    public static boolean onStderr() throws InterruptedException {
        try {
            return new ProcessBuilder("test", "-t", "2")
                            .redirectError(Redirect.INHERIT)
                            .start()
                            .waitFor()
                    == 0;
        } catch (final IOException _) {
            // without such a tool nobody knows
            return false;
        }
    }

    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException _) {
            // the JVM is going down, and the hook has run or will
            given.getPlain();
        }
    }

    private void restore() {
        if (!given.compareAndSet(false, true)) {
            return;
        }
        try {
            stty(settings);
        } catch (final InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void read(final Consumer<Key> keys) {
        final KeyDecoder decoder = new KeyDecoder();
        final byte[] octets = new byte[64];
        try (InputStream in = new FileInputStream(FileDescriptor.in)) {
            for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
                for (int i = 0; i < count; i++) {
                    final Key key = decoder.next(octets[i] & 0xFF);
                    if (key != null) {
                        keys.accept(key);
                    }
                }
            }
        } catch (final IOException e) {
            System.err.println("luyun: the terminal tells no keys any more: " + e.getMessage());
        }
    }

    /** What it prints; null when it fails, as it does where stdin is no terminal. */
    private static @Nullable String stty(final String... words) throws InterruptedException {
        final List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(words));
        try {
            final Process process = new ProcessBuilder(command)
                    .redirectInput(Redirect.INHERIT)
                    .redirectError(Redirect.DISCARD)
                    .start();
            final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return process.waitFor(STTY_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0 ? out : null;
        } catch (final IOException _) {
            // no such tool: no keys
            return null;
        }
    }
}
