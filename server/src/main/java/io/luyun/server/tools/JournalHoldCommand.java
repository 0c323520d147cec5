package io.luyun.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.journal.EvidenceHold;
import io.luyun.server.journal.EvidenceHolds;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.agrona.concurrent.SystemEpochNanoClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Evidence holds: spans of a journal that retention leaves alone. */
@Command(
        name = "hold",
        description =
                "Adds, lists and removes evidence holds: what lies in such a span stays, whatever the rules of retention.",
        mixinStandardHelpOptions = true)
final class JournalHoldCommand implements Runnable {
    private static final int DONE = 0;
    private static final int BAD_INPUT = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "add", description = "Adds a hold and prints its id.", mixinStandardHelpOptions = true)
    int add(
            @Parameters(paramLabel = "DIR", description = "The journal.") final Path directory,
            @Option(
                            names = {"-s", "--start"},
                            required = true,
                            paramLabel = "TIME",
                            description = "First instant of receive time, RFC 3339.")
                    final String start,
            @Option(
                            names = {"-e", "--end"},
                            required = true,
                            paramLabel = "TIME",
                            description = "The instant behind the last, RFC 3339.")
                    final String end,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for people.")
                    final String reason) {
        return on(directory, holds -> {
            final EvidenceHold added =
                    holds.add(time("--start", start), time("--end", end), reason, new SystemEpochNanoClock());
            out().println(line(added));
            return DONE;
        });
    }

    @Command(name = "ls", description = "Lists the holds.", mixinStandardHelpOptions = true)
    int ls(
            @Parameters(paramLabel = "DIR", description = "The journal.") final Path directory,
            @Option(names = "--json", description = "Print one JSON object.") final boolean json) {
        return on(directory, holds -> {
            if (json) {
                out().println(object(holds.list()));
            } else {
                holds.list().forEach(hold -> out().println(line(hold)));
            }
            return DONE;
        });
    }

    @Command(name = "remove", description = "Removes a hold.", mixinStandardHelpOptions = true)
    int remove(
            @Parameters(index = "0", paramLabel = "DIR", description = "The journal.") final Path directory,
            @Parameters(index = "1", paramLabel = "ID", description = "Its id, as ls prints it.") final String id) {
        return on(directory, holds -> {
            if (!holds.remove(id, new SystemEpochNanoClock())) {
                throw new IllegalArgumentException("ID " + id + ": must be that of a hold, see journal hold ls");
            }
            return DONE;
        });
    }

    private static String line(final EvidenceHold hold) {
        return hold.id() + "  " + hold.start() + " to " + hold.end() + "  " + hold.reason() + " (since " + hold.noted()
                + ")";
    }

    private static ObjectNode object(final List<EvidenceHold> holds) {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        final ArrayNode array = node.putArray("holds");
        for (final EvidenceHold hold : holds) {
            array.addObject()
                    .put("id", hold.id())
                    .put("start", hold.start().toString())
                    .put("end", hold.end().toString())
                    .put("reason", hold.reason())
                    .put("noted", hold.noted().toString());
        }
        return node;
    }

    /**
     * An instant.
     *
     * @throws IllegalArgumentException with option, value and rule
     */
    static Instant time(final String option, final String given) {
        try {
            return OffsetDateTime.parse(given).toInstant();
        } catch (final DateTimeException e) {
            throw new IllegalArgumentException(
                    option + " " + given + ": must be RFC 3339, for example 2026-11-24T06:00:00Z", e);
        }
    }

    private int on(final Path directory, final Work work) {
        try {
            // Fails when there is no journal.
            Journal.openReadOnly(directory);
            return work.on(new EvidenceHolds(directory));
        } catch (final JournalException | IllegalArgumentException e) {
            final PrintWriter err = spec.commandLine().getErr();
            err.println("luyun: " + e.getMessage());
            return BAD_INPUT;
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private interface Work {
        int on(EvidenceHolds holds);
    }
}
