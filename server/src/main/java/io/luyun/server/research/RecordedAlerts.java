package io.luyun.server.research;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.Damage;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The alerts of an alert journal, given out up to a time. One thread. */
public final class RecordedAlerts implements AutoCloseable {
    private final JournalReader reader;
    private final long fromNs;
    private @Nullable Alert waiting;
    private byte[] bytes = {};

    /** Takes a step. */
    @FunctionalInterface
    public interface Sink {
        /** A step, and as it is recorded. */
        void step(Alert alert, byte[] bytes);
    }

    private RecordedAlerts(final JournalReader reader, final long fromNs) {
        this.reader = reader;
        this.fromNs = fromNs;
    }

    /** Alerts whose steps are of this time or later. The time of a record is that of the decision, which is not before the step. */
    public static RecordedAlerts of(final JournalArchive alerts, final long fromNs) {
        return new RecordedAlerts(fromNs == Long.MIN_VALUE ? alerts.reader(1) : alerts.readerAt(fromNs), fromNs);
    }

    /** The same, with those that are written later on. */
    public static RecordedAlerts following(final JournalArchive alerts, final long fromNs) {
        return new RecordedAlerts(alerts.followAt(fromNs), fromNs);
    }

    /** Gives out the steps before a time that have not been given out yet; as far as they are written by now. */
    public void before(final long untilNs, final Sink sink) {
        while (true) {
            final Alert next = peek();
            if (next == null || next.getAtNs() >= untilNs) {
                return;
            }
            waiting = null;
            if (next.getAtNs() >= fromNs) {
                sink.step(next, bytes);
            }
        }
    }

    private @Nullable Alert peek() {
        while (waiting == null && reader.next()) {
            if (reader.kind() == RecordKind.RECORD_KIND_ALERT_VALUE) {
                bytes = new byte[reader.payloadLength()];
                reader.buffer().getBytes(reader.payloadOffset(), bytes);
                try {
                    waiting = Alert.parseFrom(bytes);
                } catch (final InvalidProtocolBufferException e) {
                    throw new IllegalStateException(
                            "alert record " + reader.sequence() + " is not what its checksum says", e);
                }
            }
        }
        return waiting;
    }

    /** Damaged ranges met so far. */
    public List<Damage> damage() {
        return reader.damage();
    }

    @Override
    public void close() {
        reader.close();
    }
}
