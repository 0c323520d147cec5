package io.luyun.server.tools;

import io.luyun.server.journal.Damage;
import io.luyun.server.research.RecordCursor;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Summary;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what records amount to. */
@Command(
        name = "stats",
        aliases = "info",
        description =
                "Span, size, counts and rates by kind, hour and device, gaps, clocks, late messages, and alerts by kind."
                        + " Exit code 3 when it is done and records were damaged or missing.",
        mixinStandardHelpOptions = true)
final class JournalStatsCommand extends JournalTask {
    @Option(names = "--devices", description = "A line for each device.")
    private boolean devices;

    @Option(names = "--json", description = "Print one JSON object, with the devices.")
    private boolean json;

    @Override
    List<Damage> on(final Recording recording, final PrintWriter out) {
        final Summary summary;
        try (RecordCursor records = open(recording)) {
            summary = Summary.of(records);
        }
        if (json) {
            out.println(SummaryText.json(summary, recording.journal().files()));
        } else {
            SummaryText.lines(summary, recording.journal().files(), devices).forEach(out::println);
        }
        return summary.damage();
    }
}
