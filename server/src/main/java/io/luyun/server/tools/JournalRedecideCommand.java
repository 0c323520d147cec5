package io.luyun.server.tools;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.ConfigException;
import io.luyun.server.RoadConfig;
import io.luyun.server.ZoneFile;
import io.luyun.server.core.CoreConfig;
import io.luyun.server.journal.Damage;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalException;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.redecide.Redecision;
import io.luyun.server.redecide.Result;
import io.luyun.server.redecide.Span;
import io.luyun.server.redecide.Task;
import io.luyun.server.research.Content;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Selection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Decides on alerts anew and prints what is different. */
@Command(
        name = "re-decide",
        description =
                "Runs the rules over a journal, with the same or other settings, and prints what is different to the"
                        + " recorded alerts. --from, --to, --start and --end choose what is compared; what was before is looked at as far as"
                        + " it is needed. Exit code 1 with --assert-same when something differs, 3 when it is done and records were damaged"
                        + " or missing.",
        mixinStandardHelpOptions = true)
final class JournalRedecideCommand extends JournalTask {
    private static final int DIFFERS = 1;
    private static final String BESIDE = "alerts";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration of a server; the defaults, when there is none.")
    private @Nullable Path config;

    @Option(names = "--zone", paramLabel = "FILE", description = "The zone file; else that of the configuration.")
    private @Nullable Path zone;

    @Option(
            names = "--alerts",
            paramLabel = "DIR",
            description = "The alert journal; else 'alerts' beside the journal.")
    private @Nullable Path alerts;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            description =
                    "Begin so long before what is compared (60s), not where the server started last before. Quicker, but road"
                            + " users and roadside units that were silent as long are not known.")
    private @Nullable String warmUp;

    @Option(
            names = "--window",
            paramLabel = "TIME",
            defaultValue = "5s",
            description = "Raises of the same alert are at most so far apart, unless both stand at some time (default:"
                    + " ${DEFAULT-VALUE}).")
    private String window = "5s";

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "COUNT",
            defaultValue = "20",
            description = "Print so many differences at most (default: ${DEFAULT-VALUE}); all are counted.")
    private long limit;

    @Option(names = "--assert-same", description = "Exit code 1 when anything differs.")
    private boolean assertSame;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write what is decided as an alert journal there; it must be empty or not there.")
    private @Nullable Path out;

    @Option(
            names = "--threads",
            paramLabel = "COUNT",
            description = "Share the rules among so many threads; else one a core.")
    private int threads = Math.min(Task.MOST_CORES, Runtime.getRuntime().availableProcessors());

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    private boolean same;

    @Override
    List<Damage> on(final Recording recording, final PrintWriter print) {
        final Task task = task(recording);
        final DifferenceReport report = json ? new DifferenceJson(print, limit) : new DifferenceText(print, limit);
        final Result result = Redecision.of(task, report::difference);
        report.end(task, result);
        same = result.nothingDiffers();
        final List<Damage> damage = new ArrayList<>(result.damage());
        final String beside = alerts == null ? BESIDE : alerts.toString();
        for (final Damage found : result.alertDamage()) {
            damage.add(new Damage(
                    found.firstSequence(),
                    found.lastSequence(),
                    beside + "/" + found.file(),
                    found.offset(),
                    found.finding()));
        }
        return damage;
    }

    @Override
    int code(final List<Damage> damage) {
        return assertSame && !same ? DIFFERS : super.code(damage);
    }

    private Task task(final Recording recording) {
        final JournalArchive archive = recording.journal();
        final Selection selection = choice(recording);
        if (!selection.equals(
                selection.withKinds(Set.of()).withDevices(List.of()).withContent(Content.ANY))) {
            throw new IllegalArgumentException(
                    "rules need every record: choose by --start, --end, --from and --to alone");
        }
        final CoreConfig core;
        final ByteString sha256;
        try {
            final RoadConfig road = road();
            final ZoneFile file = ZoneFile.load(road.zone());
            core = new CoreConfig(file.map(), road.world(), road.site(), road.alert());
            sha256 = ByteString.copyFrom(file.sha256());
        } catch (final ConfigException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (threads < 1 || threads > Task.MOST_CORES) {
            throw new IllegalArgumentException("--threads " + threads + ": must be 1 to " + Task.MOST_CORES);
        }
        expect("DIR " + directory(), archive, false);
        final Task task = Task.of(archive, recorded(recording), core, sha256)
                .within(span(archive, selection), warmUp == null ? 0 : SelectionOptions.duration("--warm-up", warmUp))
                .withWindow(SelectionOptions.duration("--window", window))
                .on(threads);
        return out == null ? task : task.writing(out);
    }

    private RoadConfig road() {
        if (config == null && zone == null) {
            throw new IllegalArgumentException(
                    "--zone: must name the zone file that the server had, or --config its configuration");
        }
        final RoadConfig road = config == null ? RoadConfig.defaults() : RoadConfig.load(config);
        return zone == null ? road : road.withZone(zone);
    }

    private JournalArchive recorded(final Recording recording) {
        final JournalArchive beside = recording.alerts();
        if (alerts == null && beside == null) {
            throw new IllegalArgumentException(
                    "--alerts: must name an alert journal; there is none beside " + directory());
        }
        try {
            final JournalArchive archive =
                    alerts == null ? Objects.requireNonNull(beside) : Journal.openReadOnly(alerts);
            expect("--alerts" + (alerts == null ? "" : " " + alerts), archive, true);
            return archive;
        } catch (final JournalException e) {
            throw new IllegalArgumentException(
                    "--alerts " + alerts + ": must be an alert journal (" + e.getMessage() + ")", e);
        }
    }

    /** Either journal may be taken for the other. */
    private static void expect(final String which, final JournalArchive archive, final boolean alerts) {
        try (JournalReader reader = archive.reader(1)) {
            while (reader.next()) {
                final int kind = reader.kind();
                if (kind == RecordKind.RECORD_KIND_DAMAGE_SEALED_VALUE) {
                    continue;
                }
                if ((kind == RecordKind.RECORD_KIND_ALERT_VALUE) != alerts) {
                    throw new IllegalArgumentException(
                            which + ": must be " + (alerts ? "an alert journal" : "a journal of messages")
                                    + "; its first record is of kind " + RecordText.kind(kind));
                }
                return;
            }
        }
    }

    /** Sequences are taken for the times of their records: alerts know no others. */
    private static Span span(final JournalArchive archive, final Selection selection) {
        long fromNs = selection.fromNs();
        long untilNs = selection.untilNs();
        if (selection.firstSequence() > 1) {
            try (JournalReader reader = archive.reader(selection.firstSequence())) {
                if (!reader.next()) {
                    throw new IllegalArgumentException(
                            "--from " + selection.firstSequence() + ": must be in the journal");
                }
                fromNs = Math.max(fromNs, reader.receivedAtNs());
            }
        }
        if (selection.lastSequence() < Long.MAX_VALUE) {
            try (JournalReader reader = archive.reader(selection.lastSequence())) {
                untilNs = reader.next() ? Math.min(untilNs, reader.receivedAtNs() + 1) : untilNs;
            }
        }
        return new Span(fromNs, untilNs);
    }
}
