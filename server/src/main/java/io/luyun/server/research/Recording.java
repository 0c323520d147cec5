package io.luyun.server.research;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
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
    private final boolean whole;

    private Recording(final JournalArchive journal, final @Nullable JournalArchive alerts, final boolean whole) {
        this.journal = journal;
        this.alerts = alerts;
        this.whole = whole;
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
        return new Recording(
                Journal.openReadOnly(data), pair ? Journal.openReadOnly(beside) : null, !data.equals(directory));
    }

    /** Opens a journal and the alerts that were decided from it. */
    public static Recording open(final Path journal, final Path alerts) {
        return new Recording(Journal.openReadOnly(journal), Journal.openReadOnly(alerts), true);
    }

    /** What came in, in order. */
    public JournalArchive journal() {
        return journal;
    }

    /** What was warned of; null when that is not at hand. */
    public @Nullable JournalArchive alerts() {
        return alerts;
    }

    /** Whether there are alerts: beside the journal, or because it is the journal of them. */
    public boolean hasAlerts() {
        if (alerts != null) {
            return true;
        }
        try (JournalReader first = journal.reader(1)) {
            return first.next() && first.kind() == RecordKind.RECORD_KIND_ALERT_VALUE;
        }
    }

    /** Whether a data directory was opened, or both journals by name, rather than a journal alone. */
    public boolean whole() {
        return whole;
    }

    /** The chosen records of the journal alone. Closed by the caller. */
    public RecordCursor messages(final Selection selection) {
        final SequenceSet causes = causes(selection);
        return messages(selection, causes, new ContentFilter(selection, causes), RecordCursor::open);
    }

    /**
     * The chosen records, and among them, by the time of their decision, the alerts that are chosen: by sequence those that were
     * decided from the first of these on and before what follows the last one; by kind, time and content as all others; by device
     * those whose subject or target it is. Closed by the caller.
     */
    public Records records(final Selection selection) {
        return both(selection, false, _ -> {});
    }

    /**
     * The same.
     *
     * @param passedOver is shown the records that are not chosen, from the first one on that may be, each before the chosen one behind
     *     it in its journal
     */
    public Records records(final Selection selection, final Consumer<Records> passedOver) {
        return both(selection, false, passedOver);
    }

    /** The same of the journal alone as it grows: {@link Records#next} says false when there is nothing yet, and is asked again. */
    public RecordCursor followMessages(final Selection selection) {
        final SequenceSet causes = causes(selection);
        return messages(selection, causes, new ContentFilter(selection, causes), RecordCursor::follow);
    }

    /** The alerts alone as they grow, from a sequence of their journal on; null when there is no journal of them. */
    public @Nullable RecordCursor followAlerts(final long fromSequence) {
        final JournalArchive decided = alerts;
        final Selection selection = Selection.ALL.withSequences(fromSequence, Long.MAX_VALUE);
        return decided == null
                ? null
                : RecordCursor.follow(decided, selection, new ContentFilter(selection, new SequenceSet()));
    }

    /**
     * The same of both journals as they grow. An alert that is written late stands behind later records; what causes one that is
     * still to come is not known when it passes, so a selection of alerts has the causes of those that there are by now.
     */
    public Records follow(final Selection selection) {
        return both(selection, true, _ -> {});
    }

    private Records both(final Selection selection, final boolean growing, final Consumer<Records> passedOver) {
        final boolean wanted =
                selection.kinds().isEmpty() || selection.kinds().contains(RecordKind.RECORD_KIND_ALERT_VALUE);
        final JournalArchive decided = alerts;
        final SequenceSet causes = causes(selection);
        final ContentFilter content = new ContentFilter(selection, causes, passedOver);
        final Opening opening = growing ? RecordCursor::follow : RecordCursor::open;
        if (decided == null || !wanted) {
            return messages(selection, causes, content, opening);
        }
        return new MergedRecords(
                messages(selection, causes, content, opening),
                opening.open(decided, ofAlerts(selection), content),
                growing);
    }

    private Selection ofAlerts(final Selection selection) {
        long from = selection.fromNs();
        if (selection.firstSequence() > 1) {
            final long first = timeOf(selection.firstSequence());
            from = Math.max(from, first == Long.MAX_VALUE ? journal.lastTimeNs() : first);
        }
        final long until = selection.lastSequence() == Long.MAX_VALUE
                ? selection.untilNs()
                : Math.min(selection.untilNs(), timeOf(selection.lastSequence() + 1));
        return selection
                .withSequences(1, Long.MAX_VALUE)
                .withTimes(from, until)
                .withKinds(Set.of(RecordKind.RECORD_KIND_ALERT_VALUE));
    }

    /** Receive time of the first record of this sequence or a later one; MAX_VALUE when there is none. */
    private long timeOf(final long sequence) {
        try (JournalReader reader = journal.reader(sequence)) {
            return reader.next() ? reader.receivedAtNs() : Long.MAX_VALUE;
        }
    }

    private RecordCursor messages(
            final Selection selection, final SequenceSet causes, final ContentFilter content, final Opening opening) {
        return opening.open(
                journal,
                alerts != null && selection.content().ofAlerts()
                        ? selection.withSequences(
                                Math.max(selection.firstSequence(), causes.first()),
                                Math.min(selection.lastSequence(), causes.last()))
                        : selection,
                content);
    }

    @FunctionalInterface
    private interface Opening {
        RecordCursor open(JournalArchive archive, Selection selection, ContentFilter content);
    }

    /** What the alerts were caused by that are chosen: no cause comes behind its alert. */
    private SequenceSet causes(final Selection selection) {
        final SequenceSet causes = new SequenceSet();
        final JournalArchive decided = alerts;
        if (decided == null || !selection.content().ofAlerts()) {
            return causes;
        }
        final Content byAlert = new Content(
                List.of(),
                List.of(),
                List.of(),
                selection.content().alertIds(),
                selection.content().alertKinds());
        final Selection steps =
                Selection.ALL.withTimes(selection.fromNs(), Long.MAX_VALUE).withContent(byAlert);
        try (RecordCursor cursor = RecordCursor.open(decided, steps)) {
            while (cursor.next()) {
                Alert.parseFrom(cursor.payload()).getCauseSequencesList().forEach(causes::add);
            }
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("an alert is not what its checksum says", e);
        }
        return causes;
    }
}
