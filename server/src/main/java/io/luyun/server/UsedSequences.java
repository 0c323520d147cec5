package io.luyun.server;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.alert.life.Alerts;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalException;
import io.luyun.server.journal.JournalReader;
import java.nio.file.Path;

/**
 * What the journal of alerts names of the journal. The two are synced each by itself: after a loss of power there may be alerts of
 * records that are lost. Sequences that these name must not be given to other records: an alert would have the number of
 * another one, and name causes that are none.
 */
final class UsedSequences {
    private UsedSequences() {}

    /** The highest sequence named by an alert that was decided since the last record there is; 0 when none was. */
    static long of(final Path journal, final Path alerts) {
        if (!Journal.existsAt(journal) || !Journal.existsAt(alerts)) {
            return 0;
        }
        final long lastTimeNs = Journal.openReadOnly(journal).lastTimeNs();
        if (lastTimeNs == 0) {
            return 0;
        }
        long used = 0;
        try (JournalReader reader = Journal.openReadOnly(alerts).readerAt(lastTimeNs)) {
            while (reader.next()) {
                if (reader.kind() == RecordKind.RECORD_KIND_ALERT_VALUE) {
                    used = Math.max(used, named(reader));
                }
            }
        }
        return used;
    }

    private static long named(final JournalReader reader) {
        final byte[] payload = new byte[reader.payloadLength()];
        reader.buffer().getBytes(reader.payloadOffset(), payload);
        try {
            final Alert alert = Alert.parseFrom(payload);
            long named = Alerts.sequence(alert.getAlertId());
            for (final long cause : alert.getCauseSequencesList()) {
                named = Math.max(named, cause);
            }
            return named;
        } catch (final InvalidProtocolBufferException e) {
            throw new JournalException("record " + reader.sequence() + " of the alerts is no alert", e);
        }
    }
}
