package io.luyun.server.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.luyun.server.audit.AuditChain;
import io.luyun.server.audit.AuditException;
import io.luyun.server.audit.AuditLog;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads audit logs. */
@Command(
        name = "audit",
        description = "Lists an audit log, or looks whether anybody has changed it.",
        mixinStandardHelpOptions = true)
public final class AuditCommand implements Runnable {
    private static final int DONE = 0;
    private static final int CHECK_FAILED = 1;
    private static final int BAD_INPUT = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "verify",
            description = "Looks whether each line names the one before; exit code 1 when not.",
            mixinStandardHelpOptions = true)
    int verify(
            @Parameters(paramLabel = "DIR", description = "The data directory of a server, or the log.")
                    final Path directory,
            @Option(
                            names = "--contains",
                            paramLabel = "HASH",
                            description =
                                    "A hash printed before: the line must still be there, so that a log that was cut"
                                            + " off or written anew is found.")
                    final @Nullable String hash) {
        final boolean[] found = {hash == null};
        return on(directory, (file, out, err) -> {
            final AuditChain.Result result =
                    AuditChain.read(file, line -> found[0] |= line.hash().equalsIgnoreCase(hash));
            if (result.unfinished() > 0) {
                err.printf("line %d: its writer did not finish it%n", result.unfinished());
            }
            if (!result.holds()) {
                err.printf("line %d: %s%n", result.broken(), result.finding());
                return CHECK_FAILED;
            }
            if (!found[0]) {
                err.printf("no line has the hash %s%n", hash);
                return CHECK_FAILED;
            }
            out.printf("%,d lines, the last one is %s%n", result.lines(), result.head());
            return DONE;
        });
    }

    @Command(
            name = "ls",
            description = "Lists what was done; exit code 1 when the log is broken.",
            mixinStandardHelpOptions = true)
    int ls(
            @Parameters(paramLabel = "DIR", description = "The data directory of a server, or the log.")
                    final Path directory,
            @Option(names = "--json", description = "Print the lines as they stand in the log.") final boolean json) {
        return on(directory, (file, out, err) -> {
            final AuditChain.Result result = AuditChain.read(file, line -> out.println(text(line, json)));
            if (!result.holds()) {
                err.printf("line %d: %s%n", result.broken(), result.finding());
            }
            return result.holds() ? DONE : CHECK_FAILED;
        });
    }

    private static String text(final AuditChain.Line line, final boolean json) {
        final JsonNode content = line.content();
        if (content == null) {
            return json ? "null" : "(not finished)";
        }
        return json
                ? content.toString()
                : String.format(
                        "%s %s %s %s",
                        content.path("at").asText(),
                        content.path("event").asText(),
                        content.path("actor").asText(),
                        content.path("details"));
    }

    private interface Task {
        int on(Path file, PrintWriter out, PrintWriter err);
    }

    private int on(final Path directory, final Task task) {
        final PrintWriter err = spec.commandLine().getErr();
        final Path beside = directory.resolve("audit").resolve(AuditLog.FILE_NAME);
        final Path within = directory.resolve(AuditLog.FILE_NAME);
        final Path file = Files.isRegularFile(beside) ? beside : Files.isRegularFile(within) ? within : directory;
        if (!Files.isRegularFile(file)) {
            err.println("luyun: DIR " + directory + ": must be an audit log, or a directory with one");
            return BAD_INPUT;
        }
        try {
            return task.on(file, spec.commandLine().getOut(), err);
        } catch (final AuditException e) {
            err.println("luyun: " + e.getMessage());
            return BAD_INPUT;
        }
    }
}
