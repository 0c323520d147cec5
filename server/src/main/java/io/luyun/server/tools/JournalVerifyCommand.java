package io.luyun.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.journal.Damage;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalCheck;
import io.luyun.server.journal.JournalException;
import io.luyun.server.journal.Missing;
import io.luyun.server.journal.RepairReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a journal from its first record to its last. */
@Command(
        name = "verify",
        description = "Checks every record: checksum, sequence, time, and that each message stands there once."
                + " Exit code 1 when something is wrong.",
        mixinStandardHelpOptions = true)
final class JournalVerifyCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int CHECK_FAILED = 1;
    private static final int BAD_INPUT = 2;
    private static final int DATA_LOST = 3;
    private static final double NANOS = 1e9;

    @Parameters(paramLabel = "DIR", description = "The journal.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path directory;

    @Option(
            names = "--repair",
            paramLabel = "NEWDIR",
            description =
                    "Write a copy without what is damaged, and a list of what is missing in it, to a directory that is"
                            + " empty or not there yet. Exit code 3 when records are missing that were not known to be.")
    private @Nullable Path repair;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        try {
            final JournalArchive archive = Journal.openReadOnly(directory);
            final long startNs = System.nanoTime();
            final JournalCheck check = archive.check();
            final double seconds = (System.nanoTime() - startNs) / NANOS;
            archive.findings().forEach(err::println);
            final RepairReport copied = repair == null ? null : archive.repair(repair, new SystemEpochNanoClock());
            if (json) {
                final ObjectNode verdict = verdict(check, seconds);
                if (copied != null) {
                    verdict.set("repair", verdict(copied));
                }
                out.println(verdict);
            } else {
                print(out, check, seconds);
                if (copied != null) {
                    print(out, copied);
                }
            }
            if (copied != null) {
                return copied.complete() ? DONE : DATA_LOST;
            }
            return check.sound() ? DONE : CHECK_FAILED;
        } catch (final JournalException e) {
            err.println("luyun: " + e.getMessage());
            return BAD_INPUT;
        }
    }

    private static void print(final PrintWriter out, final JournalCheck check, final double seconds) {
        for (final Damage damage : check.damage()) {
            out.println("damaged: " + damage);
        }
        for (final Missing missing : check.missing().ranges()) {
            out.println("known missing: " + missing);
        }
        for (final Map.Entry<Integer, Long> kind : check.byKind().entrySet()) {
            out.printf("%12d  %s%n", kind.getValue(), RecordText.kind(kind.getKey()));
        }
        out.printf(
                "%s%s: %d records (%d to %d) of %d devices, %d duplicates, %d backwards in time, %d damaged ranges%n",
                check.sound() ? "sound" : "NOT SOUND",
                known(check.missing()),
                check.records(),
                check.firstSequence(),
                check.lastSequence(),
                check.devices(),
                check.duplicates(),
                check.backwards(),
                check.damage().size());
        out.printf(
                "%d bytes of records in %.2f s, %.2f GB/s%n",
                check.bytes(), seconds, gigabytesPerSecond(check, seconds));
    }

    private static String known(final JournalCheck.KnownMissing missing) {
        return missing.ranges().isEmpty()
                ? ""
                : ", " + missing.ranges().size() + " ranges known missing (" + missing.records() + " records)";
    }

    private void print(final PrintWriter out, final RepairReport copied) {
        copied.missing().forEach(missing -> out.println("missing in the copy: " + missing));
        out.printf("%s: %d records copied, %d bytes%n", repair, copied.records(), copied.bytes());
    }

    private ObjectNode verdict(final RepairReport copied) {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("directory", String.valueOf(repair));
        node.put("complete", copied.complete());
        node.put("records", copied.records());
        node.put("bytes", copied.bytes());
        node.set("missing", MissingText.json(copied.missing()));
        return node;
    }

    private static ObjectNode verdict(final JournalCheck check, final double seconds) {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("sound", check.sound());
        node.put("records", check.records());
        node.put("firstSequence", check.firstSequence());
        node.put("lastSequence", check.lastSequence());
        node.put("devices", check.devices());
        node.put("messages", check.messages());
        node.put("duplicates", check.duplicates());
        node.put("backwards", check.backwards());
        node.put("bytes", check.bytes());
        node.put("seconds", seconds);
        node.put("gigabytesPerSecond", gigabytesPerSecond(check, seconds));
        final ObjectNode kinds = node.putObject("kinds");
        check.byKind().forEach((kind, count) -> kinds.put(RecordText.kind(kind), count));
        final ArrayNode damage = node.putArray("damage");
        for (final Damage found : check.damage()) {
            damage.addObject()
                    .put("firstSequence", found.firstSequence())
                    .put("lastSequence", found.lastSequence())
                    .put("file", found.file())
                    .put("offset", found.offset())
                    .put("finding", found.finding());
        }
        node.put("missingRecords", check.missing().records());
        node.set("missing", MissingText.json(check.missing().ranges()));
        return node;
    }

    private static double gigabytesPerSecond(final JournalCheck check, final double seconds) {
        return check.bytes() / NANOS / seconds;
    }
}
