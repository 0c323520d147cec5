package io.luyun.server.redecide;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.Damage;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The alerts of the alert journal, given out up to a time. One thread. */
final class Recorded implements AutoCloseable {
    private final JournalReader reader;
    private final long fromNs;
    private @Nullable Alert waiting;
    private byte[] bytes = {};

    /** Takes a step. */
    interface Sink {
        void step(Alert alert, byte[] bytes);
    }

    /** Alerts whose steps are of this time or later. The time of a record is that of the decision, which is not before the step. */
    Recorded(final JournalArchive alerts, final long fromNs) {
        this.fromNs = fromNs;
        reader = fromNs == Long.MIN_VALUE ? alerts.reader(1) : alerts.readerAt(fromNs);
    }

    /** Gives out the steps before a time that have not been given out yet; as far as they are written by now. */
    void before(final long untilNs, final Sink sink) {
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

    List<Damage> damage() {
        return reader.damage();
    }

    @Override
    public void close() {
        reader.close();
    }
}
