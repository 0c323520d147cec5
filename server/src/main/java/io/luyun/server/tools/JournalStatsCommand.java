package io.luyun.server.tools;

import io.luyun.server.journal.Damage;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Summary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what records amount to. */
@Command(
        name = "stats",
        aliases = "info",
        description =
                "Span, size, counts and rates by kind, hour and device, gaps, clocks, late messages, and of a data directory"
                        + " alerts by kind; with a picture. Exit code 3 when it is done and records were damaged or missing.",
        mixinStandardHelpOptions = true)
final class JournalStatsCommand extends JournalTask {
    @Option(names = "--devices", description = "A line for each device.")
    private boolean devices;

    @Option(names = "--json", description = "Print one JSON object, with the devices.")
    private boolean json;

    @Option(names = "--svg", paramLabel = "FILE", description = "Also draw rates and alerts over time into this file.")
    private @Nullable Path svg;

    @Option(names = "--force", description = "Overwrite what is there.")
    private boolean force;

    @Option(
            names = "--width",
            paramLabel = "CHARACTERS",
            description = "Width of the picture that is printed, in place of COLUMNS of the environment, or 80.")
    private @Nullable Integer width;

    @Option(names = "--ascii", description = "Print no other characters, as where the locale is not UTF-8.")
    private boolean ascii;

    private final @Nullable String columns;
    private final Charset encoding;

    JournalStatsCommand() {
        this(System.getenv("COLUMNS"), System.out.charset());
    }

    /**
     * Makes one.
     *
     * @param columns how wide the terminal says it is; null when it does not
     * @param encoding what it shows
     */
    JournalStatsCommand(final @Nullable String columns, final Charset encoding) {
        this.columns = columns;
        this.encoding = encoding;
    }

    @Override
    List<Damage> on(final Recording recording, final PrintWriter out) {
        final SummaryChart shape = SummaryChart.of(columns(), encoding);
        final SummaryChart chart = new SummaryChart(shape.width(), shape.plain() || ascii);
        final Path drawing = svg;
        if (drawing != null && Files.exists(drawing) && !force) {
            throw new IllegalArgumentException("--svg " + drawing + ": is there already; --force overwrites it");
        }
        final Summary summary;
        try (Records records = records(recording, choice(recording))) {
            summary = Summary.of(records);
        }
        if (drawing != null) {
            draw(summary, drawing);
        }
        final List<JournalArchive.Entry> files = files(recording);
        if (json) {
            out.println(SummaryJson.of(summary, files));
        } else {
            SummaryText.lines(summary, files, chart, devices).forEach(out::println);
        }
        return summary.damage();
    }

    private int columns() {
        final int least = SummaryChart.LEAST_WIDTH;
        final int most = SummaryChart.MOST_WIDTH;
        if (width != null) {
            if (width < least || width > most) {
                throw new IllegalArgumentException("--width " + width + ": must be " + least + " to " + most);
            }
            return width;
        }
        // Nobody's fault when it is something else.
        return columns != null && columns.matches("\\d{1,6}")
                ? Math.clamp(Integer.parseInt(columns), least, most)
                : SummaryChart.USUAL_WIDTH;
    }

    private void draw(final Summary summary, final Path file) {
        try {
            Files.writeString(file, SummarySvg.of(summary, "Journal " + directory()));
        } catch (final IOException e) {
            throw new IllegalArgumentException("--svg " + file + ": cannot be written: " + e, e);
        }
    }

    private static List<JournalArchive.Entry> files(final Recording recording) {
        final List<JournalArchive.Entry> files =
                new ArrayList<>(recording.journal().files());
        final JournalArchive alerts = recording.alerts();
        if (recording.whole() && alerts != null) {
            files.addAll(alerts.files());
        }
        return files;
    }
}
