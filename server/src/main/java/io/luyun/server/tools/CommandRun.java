package io.luyun.server.tools;

import java.io.UncheckedIOException;
import java.util.Objects;
import picocli.CommandLine;

/**
 * Runs a command line. What no command has an answer for is one line as well, not a stack trace; and output that could not be written,
 * onto a full disk, is not taken for an answer. Stateless.
 */
public final class CommandRun {
    /** It could not be done, or not to the end, for a reason that is not in what was asked for. */
    static final int FAILED = 4;

    private static final String TRACE = "luyun.trace";

    private CommandRun() {}

    /** Runs it; the exit code. */
    public static int of(final CommandLine line, final String... args) {
        line.setExecutionExceptionHandler((failure, command, _) -> {
            command.getErr().println("luyun: " + text(failure));
            if (Boolean.getBoolean(TRACE)) {
                failure.printStackTrace(command.getErr());
            }
            return FAILED;
        });
        final int code = line.execute(args);
        if (System.out.checkError() && !StandardOut.isPipe()) {
            line.getErr().println("luyun: cannot write all of it to standard output");
            return FAILED;
        }
        return code;
    }

    private static String text(final Exception failure) {
        final String message = Objects.requireNonNullElse(failure.getMessage(), failure.toString());
        final boolean told = failure instanceof IllegalStateException || failure instanceof UncheckedIOException;
        final Throwable cause = failure.getCause();
        return (told ? message : failure.toString())
                + (told && cause != null && !message.contains(String.valueOf(cause.getMessage())) ? ": " + cause : "");
    }
}
