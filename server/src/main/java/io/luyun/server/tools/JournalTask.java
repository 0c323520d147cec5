package io.luyun.server.tools;

import io.luyun.server.journal.Damage;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalException;
import io.luyun.server.research.RecordCursor;
import io.luyun.server.research.Selection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
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

    @Parameters(paramLabel = "DIR", description = "The journal.")
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
    abstract List<Damage> on(JournalArchive archive, PrintWriter out);

    /** Exit code once it is done. */
    int code(final List<Damage> damage) {
        return damage.isEmpty() ? DONE : DATA_LOST;
    }

    /** The journal as it was named. */
    final Path directory() {
        return directory;
    }

    /** What was chosen. */
    final Selection selection(final JournalArchive archive) {
        return selection.of(archive);
    }

    /** A cursor over what was chosen. */
    final RecordCursor open(final JournalArchive archive) {
        return RecordCursor.open(archive, selection.of(archive));
    }

    @Override
    public final Integer call() {
        final PrintWriter err = spec.commandLine().getErr();
        try {
            final List<Damage> damage =
                    on(Journal.openReadOnly(directory), spec.commandLine().getOut());
            damage.forEach(found -> err.println("damaged: " + found));
            return code(damage);
        } catch (final JournalException | IllegalArgumentException e) {
            err.println("luyun: " + e.getMessage());
            return BAD_INPUT;
        }
    }
}
