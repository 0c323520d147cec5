package io.luyun.server.tools;

import io.luyun.server.journal.JournalArchive;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Selection;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options by which records of a journal are chosen; the same for all commands, a mixin of each. */
public final class SelectionOptions {
    private static final Pattern RELATIVE = Pattern.compile("([+-])(\\d+(?:\\.\\d+)?)(ms|s|m|h|d)?");
    private static final String TIMES = "RFC 3339, +30s or +1.5h after the first record, -10m before the last";

    @Option(
            names = {"-k", "--kind"},
            split = ",",
            paramLabel = "KIND",
            description = "Only these kinds: BSM, RSM, SESSION_OPENED, ALERT.")
    private List<String> kinds = List.of();

    @Option(
            names = {"-d", "--device"},
            split = ",",
            paramLabel = "ID",
            description =
                    "Only records of these devices, and alerts whose subject or target is one; * and ? stand for any"
                            + " characters and for one.")
    private List<String> devices = List.of();

    @Mixin
    private ContentOptions content = new ContentOptions();

    @Option(names = "--from", paramLabel = "SEQUENCE", defaultValue = "1", description = "First sequence.")
    private long from;

    @Option(
            names = "--to",
            paramLabel = "SEQUENCE",
            defaultValue = "9223372036854775807",
            description = "Last sequence.")
    private long to;

    @Option(
            names = {"-s", "--start"},
            paramLabel = "TIME",
            description = "Received at this time or later: " + TIMES + ".")
    private @Nullable String start;

    @Option(
            names = {"-e", "--end"},
            paramLabel = "TIME",
            description = "Received before this time: as --start.")
    private @Nullable String end;

    /**
     * What was chosen of a recording.
     *
     * @param named what it was opened by
     * @throws IllegalArgumentException with option, value and rule, also where alerts are chosen that are not beside it
     */
    public Selection of(final Recording recording, final Path named) {
        final JournalArchive archive = recording.journal();
        final Selection chosen = Selection.ALL
                .withSequences(Math.max(1, from), to)
                .withTimes(
                        start == null ? Long.MIN_VALUE : time("--start", start, archive),
                        end == null ? Long.MAX_VALUE : time("--end", end, archive))
                .withKinds(kinds())
                .withDevices(devices)
                .withContent(content.content());
        if (chosen.content().ofAlerts() && !recording.hasAlerts()) {
            throw new IllegalArgumentException("--alert, --alert-kind: need the alerts of the journal; " + named
                    + " has none beside it, give the data directory");
        }
        return chosen;
    }

    private Set<Integer> kinds() {
        final Set<Integer> numbers = new HashSet<>();
        for (final String kind : kinds) {
            final int number = RecordText.kindOf(kind);
            if (number < 0) {
                throw new IllegalArgumentException("--kind " + kind + ": must be one of " + RecordText.kinds());
            }
            numbers.add(number);
        }
        return numbers;
    }

    private static long time(final String option, final String given, final JournalArchive archive) {
        final Matcher relative = RELATIVE.matcher(given);
        try {
            if (relative.matches()) {
                final long nanos = nanos(Double.parseDouble(relative.group(2)), relative.group(3));
                return relative.group(1).equals("+")
                        ? Math.addExact(archive.firstTimeNs(), nanos)
                        : Math.subtractExact(archive.lastTimeNs(), nanos);
            }
            final Instant at = OffsetDateTime.parse(given).toInstant();
            return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
        } catch (final DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(option + " " + given + ": must be " + TIMES, e);
        }
    }

    /**
     * A length of time, ns.
     *
     * @throws IllegalArgumentException with option, value and rule
     */
    static long duration(final String option, final String given) {
        final Matcher relative = RELATIVE.matcher("+" + given);
        if (!relative.matches()) {
            throw new IllegalArgumentException(
                    option + " " + given + ": must be a length of time such as 1.5s, 500ms or 2h");
        }
        return nanos(Double.parseDouble(relative.group(2)), relative.group(3));
    }

    private static long nanos(final double count, final @Nullable String unit) {
        final Duration one = switch (unit == null ? "s" : unit) {
            case "ms" -> Duration.ofMillis(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofSeconds(1);
        };
        return Math.round(count * one.toNanos());
    }
}
