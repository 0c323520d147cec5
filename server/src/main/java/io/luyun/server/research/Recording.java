package io.luyun.server.research;

import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server has recorded: its journal and, where there is one, the journal of its alerts. On a copy or while it is written. Any
 * thread.
 */
public final class Recording {
    private static final String JOURNAL = "journal";
    private static final String ALERTS = "alerts";

    private final JournalArchive journal;
    private final @Nullable JournalArchive alerts;

    private Recording(final JournalArchive journal, final @Nullable JournalArchive alerts) {
        this.journal = journal;
        this.alerts = alerts;
    }

    /**
     * Opens a server's data directory, with {@code journal} and {@code alerts} in it, or a journal alone; the alerts of one called
     * {@code journal} are looked for beside it.
     *
     * @throws io.luyun.server.journal.JournalException when there is no journal
     */
    public static Recording open(final Path directory) {
        final Path data = Files.isDirectory(directory.resolve(JOURNAL)) ? directory.resolve(JOURNAL) : directory;
        final Path name = data.getFileName();
        final Path beside = data.resolveSibling(ALERTS);
        final boolean pair = name != null && name.toString().equals(JOURNAL) && Files.isDirectory(beside);
        return new Recording(Journal.openReadOnly(data), pair ? Journal.openReadOnly(beside) : null);
    }

    /** Opens a journal and the alerts that were decided from it. */
    public static Recording open(final Path journal, final Path alerts) {
        return new Recording(Journal.openReadOnly(journal), Journal.openReadOnly(alerts));
    }

    /** What came in, in order. */
    public JournalArchive journal() {
        return journal;
    }

    /** What was warned of; null when that is not at hand. */
    public @Nullable JournalArchive alerts() {
        return alerts;
    }

    /**
     * The chosen records, and among them, by the time of their decision, the alerts, when they are chosen by kind and time; sequences
     * and devices choose records of the journal alone. Closed by the caller.
     */
    public Records records(final Selection selection) {
        final boolean wanted =
                selection.kinds().isEmpty() || selection.kinds().contains(RecordKind.RECORD_KIND_ALERT_VALUE);
        final JournalArchive decided = alerts;
        final RecordCursor messages = RecordCursor.open(journal, selection);
        if (decided == null || !wanted) {
            return messages;
        }
        return new MergedRecords(
                messages,
                RecordCursor.open(
                        decided,
                        Selection.ALL
                                .withTimes(selection.fromNs(), selection.untilNs())
                                .withKinds(Set.of(RecordKind.RECORD_KIND_ALERT_VALUE))));
    }
}
