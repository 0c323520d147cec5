package io.luyun.server.tools;

import io.luyun.server.journal.Damage;
import io.luyun.server.research.LastRecords;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that prints records, and goes on as they are written where it is asked to. */
abstract class PrintingTask extends JournalTask {
    private static final int PATIENCE_SECONDS = 2;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on as records are written, until interrupted.")
    private boolean follow;

    @Mixin
    private PrintOptions form = new PrintOptions();

    private final StandardOut out;

    PrintingTask(final StandardOut out) {
        this.out = out;
    }

    /** Whether it goes on as records are written. */
    final boolean follows() {
        return follow;
    }

    /** In which form, and where to. */
    final Printing printing() {
        return new Printing(form.printer(), out);
    }

    /** Where the last of the chosen records begin. */
    final LastRecords last(final Recording recording, final Selection chosen, final long count) {
        return LastRecords.of(
                selection -> records(recording, selection), recording.journal().lastSequence(), chosen, count);
    }

    /** Prints them as they come, until the process is interrupted; that ends it in good order. */
    final List<Damage> follow(final Recording recording, final Printing printing, final LastRecords from) {
        try (Interruption interruption = new Interruption(PATIENCE_SECONDS);
                Records records = recording.whole()
                        ? recording.follow(from.selection())
                        : recording.followMessages(from.selection())) {
            final List<Damage> damage = printing.following(records, from.skipped(), interruption::asked);
            if (interruption.asked()) {
                report(damage);
                interruption.done(code(damage));
            }
            return damage;
        }
    }
}
