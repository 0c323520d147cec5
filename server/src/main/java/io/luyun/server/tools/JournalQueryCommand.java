package io.luyun.server.tools;

import io.luyun.server.exchange.table.TableExporter;
import io.luyun.server.journal.Damage;
import io.luyun.server.journal.JournalException;
import io.luyun.server.query.AnswerFormat;
import io.luyun.server.query.DriverMissingException;
import io.luyun.server.query.DuckDriver;
import io.luyun.server.query.QueryException;
import io.luyun.server.query.QuerySession;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks a journal, or tables that were exported from one, in SQL. */
@Command(
        name = "query",
        description =
                "Answers a question in SQL about a journal and the alerts beside it, by DuckDB: docs/query.md."
                        + " Exit code 3 when there is no DuckDB driver, or when it is done and records were damaged or missing.",
        mixinStandardHelpOptions = true)
final class JournalQueryCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int BAD_INPUT = 2;
    /** Cannot be done here, or done with data lost. */
    private static final int NOT_ALL = 3;

    private static final Pattern MEMORY = Pattern.compile("[1-9][0-9]*(MB|GB)");

    @Parameters(
            arity = "0..2",
            paramLabel = "DIR SQL",
            description =
                    "The journal, or the data directory of a server; not with --tables. The question; not with --file.")
    private List<String> words = List.of();

    @Option(
            names = "--tables",
            paramLabel = "DIR",
            description = "Ask the Parquet tables of this export instead of a journal.")
    private @Nullable Path tables;

    @Option(names = "--file", paramLabel = "FILE", description = "Read the question from this file.")
    private @Nullable Path file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, csv or ndjson (default: text).")
    private String output = "text";

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            defaultValue = "1GB",
            description =
                    "What DuckDB may take, besides some 256 MB for reading the journal: 512MB, 4GB (default: 1GB).")
    private String memory = "1GB";

    @Option(names = "--download", description = "Let Maven fetch the DuckDB driver when it is not there.")
    private boolean download;

    @Option(names = "--driver", paramLabel = "FILE", description = "The DuckDB driver, instead of Maven's.")
    private @Nullable Path driver;

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter err = spec.commandLine().getErr();
        try {
            final List<Damage> damage = answer();
            damage.forEach(found -> err.println("damaged: " + found));
            return damage.isEmpty() ? DONE : NOT_ALL;
        } catch (final DriverMissingException e) {
            err.println("luyun: " + e.getMessage());
            return NOT_ALL;
        } catch (final JournalException | IllegalArgumentException | QueryException e) {
            err.println("luyun: " + e.getMessage());
            return BAD_INPUT;
        } catch (final IOException e) {
            err.println("luyun: cannot read or write: " + e);
            return BAD_INPUT;
        }
    }

    private List<Damage> answer() throws IOException {
        final AnswerFormat format = format();
        if (!MEMORY.matcher(memory).matches()) {
            throw new IllegalArgumentException("--memory " + memory + ": must be a number of MB or GB, 512MB");
        }
        final String sql = question();
        final Path journal = tables == null ? Path.of(words.getFirst()) : null;
        final Recording recording = journal == null ? null : Recording.open(journal);
        final Path scratch = Files.createTempDirectory("luyun-query");
        // what is not meant to stay stays not, whoever ends the process
        final Thread hook = new Thread(() -> deleteOrTell(scratch), "luyun-query-scratch");
        Runtime.getRuntime().addShutdownHook(hook);
        try (DuckDriver found = driver();
                QuerySession session = QuerySession.open(found, sql, memory)) {
            final Path exported = Files.createDirectory(scratch.resolve("tables"));
            final List<Damage> damage = recording == null ? List.of() : export(recording, exported, session.tables());
            final Path spill = Files.createDirectory(scratch.resolve("spill"));
            final PrintWriter out = spec.commandLine().getOut();
            session.ask(tables == null ? exported : tables, spill, rows -> format.print(rows, out));
            out.flush();
            return damage;
        } finally {
            delete(scratch);
            forget(hook);
        }
    }

    private AnswerFormat format() {
        try {
            return AnswerFormat.valueOf(output.toUpperCase(Locale.ROOT));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("--output " + output + ": must be text, csv or ndjson", e);
        }
    }

    private String question() throws IOException {
        final Path from = file;
        final int wanted = (tables == null ? 1 : 0) + (from == null ? 1 : 0);
        if (words.size() != wanted) {
            throw new IllegalArgumentException("wants "
                    + (tables == null ? "a journal" : "no journal with --tables") + " and "
                    + (from == null ? "a question" : "no question with --file") + ", not " + words.size()
                    + " words: the question is one word, in quotes");
        }
        if (tables != null && !Files.isDirectory(tables)) {
            throw new IllegalArgumentException("--tables " + tables + ": must be a directory of tables");
        }
        try {
            return from == null ? words.getLast() : Files.readString(from);
        } catch (final NoSuchFileException e) {
            throw new IllegalArgumentException("--file " + from + ": is not there", e);
        }
    }

    private DuckDriver driver() {
        final Path named = driver;
        if (named != null) {
            return DuckDriver.open(named);
        }
        final Path repository = DuckDriver.repository();
        if (download && !Files.exists(DuckDriver.within(repository))) {
            spec.commandLine().getErr().println("fetching the DuckDB driver");
            DuckDriver.fetch("mvn", repository);
        }
        return DuckDriver.open(DuckDriver.within(repository));
    }

    private List<Damage> export(final Recording recording, final Path directory, final Set<String> wanted)
            throws IOException {
        final Selection chosen = selection.of(recording, Path.of(words.getFirst()));
        try (Records records = recording.records(chosen);
                TableExporter exporter = TableExporter.parquet(directory, wanted::contains);
                Progress progress =
                        Progress.over(recording.journal(), spec.commandLine().getErr())) {
            long read = 0;
            while (records.next()) {
                exporter.add(records);
                progress.at(records.receivedAtNs(), ++read);
            }
            return records.damage();
        }
    }

    private static void forget(final Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException _) {
            // the process ends and the hook runs: there is nothing left for it
        }
    }

    private void deleteOrTell(final Path scratch) {
        try {
            if (Files.exists(scratch)) {
                delete(scratch);
            }
        } catch (final IOException | UncheckedIOException e) {
            spec.commandLine().getErr().println("luyun: cannot remove " + scratch + ": " + e);
        }
    }

    private static void delete(final Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path found : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(found);
            }
        }
    }
}
