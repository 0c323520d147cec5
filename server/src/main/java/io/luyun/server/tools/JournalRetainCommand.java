package io.luyun.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalException;
import io.luyun.server.journal.RetentionReport;
import io.luyun.server.journal.RetentionRules;
import io.luyun.server.journal.RetentionStep;
import io.luyun.server.journal.RetentionStep.Action;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets go of what a journal need not keep. */
@Command(
        name = "retain",
        description = {
            "Removes whole files, and classes of messages from files, whose time to be kept is over; also from the journal of a"
                    + " running server. Without --apply it only tells what it would remove.",
            "What somebody reads, what is under a hold and the file that is written stay.",
            "Exit code 1 when more is left than maxBytes allows."
        },
        mixinStandardHelpOptions = true)
final class JournalRetainCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int CHECK_FAILED = 1;
    private static final int BAD_INPUT = 2;

    private final EpochNanoClock clock;

    @Parameters(paramLabel = "DIR", description = "The journal.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path directory;

    @Option(
            names = "--rules",
            required = true,
            paramLabel = "FILE",
            description = "YAML: how many days of testVehicles, bystanders and infrastructure are kept, and maxBytes.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path rules;

    @Option(names = "--apply", description = "Do it.")
    private boolean apply;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    JournalRetainCommand() {
        this(new SystemEpochNanoClock());
    }

    JournalRetainCommand(final EpochNanoClock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        try {
            final RetentionRules read = RetentionRules.read(rules);
            final RetentionReport report = Journal.openReadOnly(directory).retain(read, apply, clock, step -> {
                if (!json) {
                    out.println(line(step));
                    // Told when it is done, not when all is.
                    out.flush();
                }
            });
            if (json) {
                out.println(object(report));
            } else {
                out.printf(
                        "%d bytes of records before, %d %s%n",
                        report.bytesBefore(), report.bytesAfter(), apply ? "now" : "if this is applied");
            }
            if (report.tooLarge() != null) {
                err.println("luyun: " + report.tooLarge());
                return CHECK_FAILED;
            }
            return DONE;
        } catch (final JournalException | IllegalArgumentException e) {
            err.println("luyun: " + e.getMessage());
            return BAD_INPUT;
        }
    }

    private String line(final RetentionStep step) {
        final String file = "  " + step.file() + "  ";
        final String what = step.records() + " records, " + step.bytes() + " bytes";
        return switch (step.action()) {
            case DELETE -> (apply ? "deleted" : "would delete") + file + what + ": " + step.why();
            case REWRITE ->
                (apply ? "took out" : "would take out") + file + String.join(", ", step.classes()) + ", " + what + ": "
                        + step.why();
            case KEEP -> "kept" + file + step.why();
        };
    }

    private static ObjectNode object(final RetentionReport report) {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("applied", report.applied());
        final ArrayNode steps = node.putArray("steps");
        for (final RetentionStep step : report.steps()) {
            final ObjectNode each = steps.addObject()
                    .put("action", step.action().name().toLowerCase(Locale.ROOT))
                    .put("file", step.file());
            if (step.action() != Action.DELETE) {
                final ArrayNode classes = each.putArray("classes");
                step.classes().forEach(classes::add);
            }
            each.put("records", step.records()).put("bytes", step.bytes()).put("why", step.why());
        }
        node.put("bytesBefore", report.bytesBefore()).put("bytesAfter", report.bytesAfter());
        if (report.tooLarge() != null) {
            node.put("tooLarge", report.tooLarge());
        }
        return node;
    }
}
