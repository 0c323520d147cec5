package io.luyun.server.tools;

import io.luyun.server.exchange.intake.ImportAccount;
import io.luyun.server.exchange.intake.ImportSource;
import io.luyun.server.exchange.intake.MergedSources;
import io.luyun.server.exchange.intake.NewRecording;
import io.luyun.server.exchange.mcap.McapImport;
import io.luyun.server.exchange.pcap.PcapImport;
import io.luyun.server.exchange.place.FcdImport;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.journal.JournalException;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a journal of other tools' files. */
@Command(
        name = "import",
        description =
                "Makes a journal of files: MCAP, captures (pcap, pcapng), FCD of SUMO (XML, also in gzip). Several are"
                        + " put together by time."
                        + " Exit code 3 when it is done and something of the files is not in it.",
        mixinStandardHelpOptions = true)
final class JournalImportCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int BAD_INPUT = 2;
    private static final int DATA_LOST = 3;
    private static final String START = "--start";
    private static final int MOST_PORT = 65_535;

    /** Nobody waits for what is written to be safe, so that it may be forced to the disk seldom. */
    private static final int SYNC_MICROS = 1_000_000;

    private static final int SYNC_RECORDS = 1_000_000;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files.")
    private List<Path> files = List.of();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "Directory to make: the journal in it is DIR/journal, that of its alerts DIR/alerts.")
    private Path output = Path.of("");

    @Option(
            names = ExportOptions.DIALECT,
            paramLabel = "2019|phase2",
            defaultValue = "phase2",
            description = "Captures: message set that frames are encoded in (default: ${DEFAULT-VALUE}).")
    private String dialect = "";

    @Option(names = "--port", description = "Captures: only datagrams to this port.")
    private int port;

    @Option(
            names = "--keep-unread",
            description =
                    "Captures: keep frames that cannot be read, or break a rule, as RAW records. A payment that was damaged on its way"
                            + " may be among them; by default they are counted alone.")
    private boolean keepUnread;

    @Option(
            names = START,
            paramLabel = "TIME",
            description = "FCD: when the second 0 of the files is, RFC 3339 (default: what export wrote into them).")
    private @Nullable String start;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter err = spec.commandLine().getErr();
        final List<ImportSource> sources = new ArrayList<>();
        try {
            refuseFull();
            for (final Path file : files) {
                sources.add(open(file));
            }
            if (start != null && sources.stream().noneMatch(FcdImport.class::isInstance)) {
                throw new IllegalArgumentException(START + " " + start + ": is for FCD alone; no file is such");
            }
            return write(sources);
        } catch (final JournalException | IllegalArgumentException e) {
            err.println("luyun: " + e.getMessage());
            return BAD_INPUT;
        } catch (final IOException e) {
            err.println("luyun: " + (e.getMessage() == null ? e : e.getMessage()));
            return BAD_INPUT;
        } finally {
            sources.forEach(JournalImportCommand::close);
        }
    }

    private void refuseFull() throws IOException {
        if (Files.isDirectory(output)) {
            try (Stream<Path> entries = Files.list(output)) {
                if (entries.findAny().isPresent()) {
                    throw new IllegalArgumentException("--output " + output + ": must be empty or not be there");
                }
            }
        } else if (Files.exists(output)) {
            throw new IllegalArgumentException("--output " + output + ": must be a directory or not be there");
        }
    }

    private ImportSource open(final Path file) throws IOException {
        final String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + ": must be a file");
        }
        if (name.endsWith(".mcap")) {
            return new McapImport(file);
        }
        if (name.endsWith(".pcap") || name.endsWith(".pcapng") || name.endsWith(".cap")) {
            if (port < 0 || port > MOST_PORT) {
                throw new IllegalArgumentException("--port " + port + ": must be 1 to " + MOST_PORT);
            }
            return new PcapImport(file, ExportOptions.dialect(dialect), port, keepUnread);
        }
        if (FcdImport.looksLike(file)) {
            return new FcdImport(file, start == null ? null : JournalHoldCommand.time(START, start));
        }
        throw new IllegalArgumentException(
                file + ": must be .mcap, .pcap, .pcapng or .cap, or have the XML of FCD in it");
    }

    private int write(final List<ImportSource> sources) throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final List<Throwable> errors = new ArrayList<>();
        boolean whole = true;
        final NewRecording recording =
                new NewRecording(output, (directory, clock) -> journal(directory, clock, errors));
        try (recording;
                Progress progress = Progress.over(files, spec.commandLine().getErr())) {
            new MergedSources(sources).give(recording, progress::at);
        }
        for (int i = 0; i < sources.size(); i++) {
            final ImportAccount account = sources.get(i).account();
            print(out, files.get(i), account);
            whole &= account.whole();
        }
        if (recording.later() > 0) {
            out.printf("%,d records came later than one with a later time, and got that%n", recording.later());
        }
        errors.forEach(error -> spec.commandLine().getErr().println("luyun: " + error.getMessage()));
        out.printf("%,d records and %,d alerts in %s%n", recording.records(), recording.alertRecords(), output);
        return whole && recording.later() == 0 && errors.isEmpty() ? DONE : DATA_LOST;
    }

    private static void print(final PrintWriter out, final Path file, final ImportAccount account) {
        out.printf("%s: %,d records%n", file, account.records());
        account.leftOut().forEach((what, count) -> out.printf("  left out %,d: %s%n", count, what));
        account.lost().forEach((why, count) -> out.printf("  lost %,d: %s%n", count, why));
        account.damage().forEach(line -> out.printf("  damaged: %s%n", line));
    }

    private static Journal journal(final Path directory, final EpochNanoClock clock, final List<Throwable> errors) {
        final JournalConfig like = JournalConfig.defaults(directory.toString());
        return Journal.open(
                new JournalConfig(
                        directory.toString(),
                        SYNC_MICROS,
                        SYNC_RECORDS,
                        like.intakeKiB(),
                        like.blockMiB(),
                        like.rollCycle(),
                        like.diskLowMiB(),
                        like.diskHighMiB(),
                        0,
                        like.checkpointRecords(),
                        like.touchAheadMiB()),
                clock,
                new Counters(),
                new Latencies(),
                errors::add);
    }

    private static void close(final ImportSource source) {
        try {
            source.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
