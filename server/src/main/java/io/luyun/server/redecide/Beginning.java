package io.luyun.server.redecide;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.research.RecordCursor;
import io.luyun.server.research.Selection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where deciding begins: with an empty road, so that the state can be built up before the first alert counts. Only where a server
 * started was the road empty for the server as well.
 *
 * @param sequence the first record looked at
 * @param timeNs its receive time
 * @param started what the server said when it started last before, null when that record is not there
 * @param warmUp whether it is a warm-up before the span, not as far back as the run is there
 */
public record Beginning(
        long sequence, long timeNs, @Nullable ServerStarted started, boolean warmUp) {

    /**
     * Looks for it: where a server started last before the span, or, with a warm-up, so long before the span.
     *
     * @param warmUpNs 0 for no warm-up
     * @throws IllegalArgumentException when there are no records in the span
     */
    static Beginning find(final JournalArchive journal, final Span span, final long warmUpNs) {
        final long wanted = firstOf(journal, span);
        final long run = runOf(journal, wanted);
        Beginning beginning = first(journal.reader(run), null, false);
        try (RecordCursor starts = RecordCursor.open(
                journal,
                Selection.ALL
                        .withSequences(run, wanted)
                        .withKinds(Set.of(RecordKind.RECORD_KIND_SERVER_STARTED_VALUE)))) {
            while (starts.next()) {
                beginning = new Beginning(
                        starts.record().sequence(), starts.record().receivedAtNs(), started(starts.payload()), false);
            }
        }
        // a span from the journal's beginning has nothing before it, and differences of times may pass what a long
        // holds
        if (warmUpNs > 0 && span.fromNs() > beginning.timeNs() && span.fromNs() - beginning.timeNs() > warmUpNs) {
            return first(journal.readerAt(span.fromNs() - warmUpNs), beginning.started(), true);
        }
        return beginning;
    }

    /** Whether the road was empty there for the server as well. Retention may have let go of where it started. */
    public boolean exact() {
        return started != null && !warmUp;
    }

    private static long firstOf(final JournalArchive journal, final Span span) {
        try (JournalReader reader =
                span.fromNs() == Long.MIN_VALUE ? journal.reader(1) : journal.readerAt(span.fromNs())) {
            if (!reader.next() || reader.receivedAtNs() >= span.untilNs()) {
                throw new IllegalArgumentException("there are no records to decide on in what is chosen");
            }
            return reader.sequence();
        }
    }

    /** First sequence of the process that wrote a record: each writes files of its own. */
    private static long runOf(final JournalArchive journal, final long sequence) {
        long first = 1;
        String run = "";
        for (final JournalArchive.Entry file : journal.files()) {
            final String name = file.name().substring(0, file.name().lastIndexOf('/') + 1);
            if (file.firstSequence() == 0 || file.firstSequence() > sequence) {
                continue;
            }
            if (!name.equals(run)) {
                run = name;
                first = file.firstSequence();
            }
        }
        return first;
    }

    private static Beginning first(
            final JournalReader opened, final @Nullable ServerStarted started, final boolean warmUp) {
        try (JournalReader reader = opened) {
            if (!reader.next()) {
                throw new IllegalArgumentException("there are no records to decide on in what is chosen");
            }
            return new Beginning(reader.sequence(), reader.receivedAtNs(), started, warmUp);
        }
    }

    private static ServerStarted started(final byte[] payload) {
        try {
            return ServerStarted.parseFrom(payload);
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("a SERVER_STARTED is not what its checksum says", e);
        }
    }
}
