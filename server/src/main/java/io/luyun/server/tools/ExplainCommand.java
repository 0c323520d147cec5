package io.luyun.server.tools;

import io.luyun.proto.uper.Dialect;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalException;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.tools.Explanation.Form;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Names every field of a message, whatever it came in. */
@Command(
        name = "explain",
        description = {
            "Names every field of a message with its bits, value, unit and meaning: a UPER frame, the envelope of a roadside"
                    + " unit, a conversation in protobuf, or a record of a journal.",
            "Exit code 1 when it is refused; all up to the place of the error is shown."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "What it is, is found out: what fits to the last bit is shown, and what fits as well is named. A frame that fits both"
                    + " dialects is shown as phase2.",
            "  luyun explain 002ca0000000…",
            "  luyun explain capture.hex --dialect 2019 --values",
            "  luyun explain data/journal --sequence 4711"
        })
public final class ExplainCommand implements Callable<Integer> {
    private static final int BAD_INPUT = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(
            paramLabel = "HEX|FILE",
            description =
                    "Hexadecimal digits (spaces, colons, 0x are passed over), a file of octets or of such digits, a"
                            + " journal (with --sequence), or - for standard input.")
    private String input = "";

    @Option(
            names = "--dialect",
            paramLabel = "2019|phase2",
            description = "Generation of the message set; both are tried" + " unless given.")
    private @Nullable String dialect;

    @Option(
            names = "--as",
            paramLabel = "FORM",
            description = "uper, envelope, protobuf or journal; found out unless given.")
    private @Nullable String form;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "A protobuf message of this kind with nothing around it: BSM, MAP, SESSION_OPENED.")
    private @Nullable String kind;

    @Option(names = "--sequence", paramLabel = "N", description = "The record of the journal that HEX|FILE is.")
    private @Nullable Long sequence;

    @Option(names = "--values", description = "Values only, without presence bits, lengths and padding.")
    private boolean values;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        try {
            return sequence == null ? explain() : record(sequence);
        } catch (final IllegalArgumentException | JournalException e) {
            return fail(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        } catch (final IOException e) {
            return fail("cannot read " + input + ": " + e);
        }
    }

    private int explain() throws IOException {
        if (!input.equals("-") && isDirectory()) {
            throw new IllegalArgumentException(input + " is a directory; a journal needs --sequence N");
        }
        final Recognizer recognizer = new Recognizer(form(), dialect(), kind());
        final byte[] bytes = ExplainInput.read(input, System.in);
        return print(recognizer.recognize(bytes), bytes.length);
    }

    private boolean isDirectory() {
        try {
            return !input.isBlank() && Files.isDirectory(Path.of(input));
        } catch (final java.nio.file.InvalidPathException e) {
            // hexadecimal, or nothing
            return false;
        }
    }

    private int record(final long number) {
        try (JournalReader reader = Journal.openReadOnly(Path.of(input)).reader(Math.max(1, number))) {
            if (number < 1 || !reader.next() || reader.sequence() != number) {
                throw new IllegalArgumentException(input + " has no record " + number);
            }
            final Explanation explanation =
                    Explainers.record(reader.buffer(), reader.recordOffset(), reader.recordLength());
            return print(List.of(explanation), reader.recordLength());
        }
    }

    private int print(final List<Explanation> explanations, final int bytes) {
        final Explanation first = explanations.getFirst();
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(ExplainText.json(explanations, bytes));
        } else {
            out.printf("%s: %s, %d bytes%n", first.name(), first.what(), bytes);
            final List<String> also =
                    explanations.stream().skip(1).map(Explanation::name).toList();
            if (!also.isEmpty()) {
                out.println("fits as well: " + String.join("; ", also));
            }
            ExplainText.table(first, values).forEach(out::println);
            if (first.violation() != null) {
                out.println(ExplainText.refusal(first.violation()));
            }
        }
        out.flush();
        return first.fits() ? 0 : 1;
    }

    private @Nullable Form form() {
        if (form == null) {
            return null;
        }
        for (final Form each : Form.values()) {
            if (each.name().equalsIgnoreCase(form)) {
                return each;
            }
        }
        throw new IllegalArgumentException("--as " + form + " is not one of "
                + Arrays.stream(Form.values())
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    }

    private @Nullable Dialect dialect() {
        if (dialect == null) {
            return null;
        }
        final Dialect known = Dialect.of(dialect);
        if (known == null) {
            throw new IllegalArgumentException("--dialect " + dialect + " is not one of 2019, phase2");
        }
        return known;
    }

    private @Nullable String kind() {
        if (kind != null) {
            Recognizer.descriptor(kind);
        }
        return kind;
    }

    private int fail(final String why) {
        spec.commandLine().getErr().println("luyun: " + why);
        spec.commandLine().getErr().flush();
        return BAD_INPUT;
    }
}
