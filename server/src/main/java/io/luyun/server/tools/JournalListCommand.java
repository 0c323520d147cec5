package io.luyun.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalArchive.Span;
import io.luyun.server.journal.JournalException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists files, or journals. Of each file the first and the last record are sought, whatever its size. */
@Command(
        name = "ls",
        description =
                "Lists the files of a journal, or the journals below another directory such as the data directory of a"
                        + " server: size, sequences, receive times, whether it is being written.",
        mixinStandardHelpOptions = true)
final class JournalListCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int BAD_INPUT = 2;
    private static final String TIMES = "%-30s  %-30s";

    @Parameters(paramLabel = "DIR", description = "A journal, or a directory with journals somewhere below it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path directory;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    /** A journal found. */
    private record Found(Path path, boolean live, List<Span> files) {
        static Found at(final Path path) {
            final JournalArchive archive = Journal.openReadOnly(path);
            return new Found(path, archive.live(), archive.spans());
        }

        /** All files as if they were one. */
        Span whole() {
            final List<Span> used = files.stream().filter(Span::used).toList();
            final long bytes = files.stream().mapToLong(Span::bytes).sum();
            if (used.isEmpty()) {
                return new Span("", bytes, 0, 0, 0, 0);
            }
            final Span first = used.getFirst();
            final Span last = used.getLast();
            return new Span(
                    "", bytes, first.firstSequence(), last.lastSequence(), first.firstTimeNs(), last.lastTimeNs());
        }
    }

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        try {
            final List<Path> journals = below(directory);
            if (journals.equals(List.of(directory))) {
                final Found journal = Found.at(directory);
                if (json) {
                    out.println(json(journal));
                } else {
                    print(journal, out);
                }
                return DONE;
            }
            final List<Found> found = journals.stream().map(Found::at).toList();
            if (json) {
                final ObjectNode node = JsonNodeFactory.instance.objectNode();
                final ArrayNode array = node.putArray("journals");
                found.forEach(journal -> array.add(json(journal)));
                out.println(node);
            } else {
                print(found, out);
            }
            return DONE;
        } catch (final JournalException | IllegalArgumentException e) {
            spec.commandLine().getErr().println("luyun: " + e.getMessage());
        } catch (final IOException | UncheckedIOException e) {
            spec.commandLine().getErr().println("luyun: cannot read " + directory + ": " + e);
        }
        return BAD_INPUT;
    }

    /** The directory when it is a journal, else those below it; links are not followed. */
    private static List<Path> below(final Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("no directory at " + directory);
        }
        final List<Path> journals = new ArrayList<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(final Path path, final BasicFileAttributes attributes) {
                if (!Journal.existsAt(path)) {
                    return FileVisitResult.CONTINUE;
                }
                journals.add(path);
                return FileVisitResult.SKIP_SUBTREE;
            }
        });
        if (journals.isEmpty()) {
            throw new IllegalArgumentException("no journal at " + directory + ", nor below it");
        }
        Collections.sort(journals);
        return journals;
    }

    private static void print(final Found journal, final PrintWriter out) {
        out.printf("%14s %12s %12s  " + TIMES + "  %s%n", "bytes", "from", "to", "from", "to", "file");
        for (final Span file : journal.files()) {
            out.printf("%s  %s%n", columns(file), file.name());
        }
        out.printf(
                Locale.ROOT,
                "%,14d bytes in %d files%s%n",
                journal.whole().bytes(),
                journal.files().size(),
                journal.live() ? ", being written" : "");
    }

    private void print(final List<Found> journals, final PrintWriter out) {
        out.printf(
                "%14s %12s %12s  " + TIMES + "  %5s  %-4s  %s%n",
                "bytes",
                "from",
                "to",
                "from",
                "to",
                "files",
                "live",
                "journal");
        for (final Found journal : journals) {
            out.printf(
                    "%s  %5d  %-4s  %s%n",
                    columns(journal.whole()),
                    journal.files().size(),
                    journal.live() ? "live" : "-",
                    directory.relativize(journal.path()));
        }
    }

    private static String columns(final Span span) {
        return String.format(
                Locale.ROOT,
                "%,14d %,12d %,12d  " + TIMES,
                span.bytes(),
                span.firstSequence(),
                span.lastSequence(),
                span.used() ? RecordText.time(span.firstTimeNs()) : "-",
                span.used() ? RecordText.time(span.lastTimeNs()) : "-");
    }

    private ObjectNode json(final Found journal) {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("journal", journal.path().toString()).put("live", journal.live());
        put(node, journal.whole());
        final ArrayNode array = node.putArray("files");
        for (final Span file : journal.files()) {
            put(array.addObject().put("name", file.name()), file);
        }
        return node;
    }

    private static void put(final ObjectNode node, final Span span) {
        node.put("bytes", span.bytes())
                .put("firstSequence", span.firstSequence())
                .put("lastSequence", span.lastSequence());
        if (span.used()) {
            node.put("from", RecordText.time(span.firstTimeNs())).put("to", RecordText.time(span.lastTimeNs()));
        }
    }
}
