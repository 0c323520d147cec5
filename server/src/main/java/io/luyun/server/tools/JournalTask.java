package io.luyun.server.tools;

import io.luyun.server.journal.Damage;
import io.luyun.server.journal.JournalException;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * A command on chosen records of a journal that is only read: a copy, or that of a running server. Bad input is one line and exit
 * code 2.
 */
abstract class JournalTask implements Callable<Integer> {
    static final int DONE = 0;
    private static final int BAD_INPUT = 2;
    /** Done, but records were damaged or missing. */
    private static final int DATA_LOST = 3;

    @Parameters(paramLabel = "DIR", description = "The journal, or the data directory of a server.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path directory;

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    /**
     * Does it.
     *
     * @return damaged ranges that were met
     * @throws IllegalArgumentException with option, value and rule
     */
    abstract List<Damage> on(Recording recording, PrintWriter out);

    /** What was chosen. */
    final Selection choice(final Recording recording) {
        return selection.of(recording, directory);
    }

    /** The chosen records of what was named: a journal alone, or both journals of a data directory merged by time. */
    final Records records(final Recording recording, final Selection chosen) {
        return recording.whole() ? recording.records(chosen) : recording.messages(chosen);
    }

    /** What was named: a journal, or the data directory of a server. */
    final Path directory() {
        return directory;
    }

    /** What was said on the command line behind the name of the command. */
    final List<String> arguments() {
        return spec.commandLine().getParseResult().originalArgs();
    }

    /** Names of the options that were given, in order of the alphabet. */
    final SortedSet<String> optionNames() {
        final SortedSet<String> names = new TreeSet<>();
        spec.commandLine().getParseResult().matchedOptions().forEach(option -> names.add(option.longestName()));
        return names;
    }

    /** Where remarks for people go. */
    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Exit code once it is done. */
    int code(final List<Damage> damage) {
        return damage.isEmpty() ? DONE : DATA_LOST;
    }

    /** Names what was damaged, for people. */
    final void report(final List<Damage> damage) {
        damage.forEach(found -> err().println("damaged: " + found));
    }

    @Override
    public final Integer call() {
        final PrintWriter err = spec.commandLine().getErr();
        try {
            final List<Damage> damage =
                    on(Recording.open(directory), spec.commandLine().getOut());
            report(damage);
            return code(damage);
        } catch (final JournalException | IllegalArgumentException e) {
            err.println("luyun: " + e.getMessage());
            return BAD_INPUT;
        }
    }
}
