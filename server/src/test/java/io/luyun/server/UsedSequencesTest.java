package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.alert.life.Alerts;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal whose last record is of 1,000 s, and alerts before and behind it. */
final class UsedSequencesTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir
    private Path base;

    @Test
    void areThoseThatAlertsNameWhoseRecordsAreGone() {
        final Path journal = base.resolve("journal");
        final Path alerts = base.resolve("alerts");
        assertThat(UsedSequences.of(journal, alerts)).isZero();
        append(journal, RecordKind.RECORD_KIND_TICK_VALUE, 1_000, new byte[0]);
        append(alerts, RecordKind.RECORD_KIND_ALERT_VALUE, 999, alert(70, 71));
        assertThat(UsedSequences.of(journal, alerts)).as("decided before it").isZero();
        append(alerts, RecordKind.RECORD_KIND_ALERT_VALUE, 1_000, alert(12, 15));
        append(alerts, RecordKind.RECORD_KIND_ALERT_VALUE, 1_001, alert(13, 9));
        assertThat(UsedSequences.of(journal, alerts)).isEqualTo(15);
        append(alerts, RecordKind.RECORD_KIND_ALERT_VALUE, 1_001, alert(16, 9));
        assertThat(UsedSequences.of(journal, alerts)).isEqualTo(16);
    }

    private static byte[] alert(final long raisedBy, final long cause) {
        return Alert.newBuilder()
                .setAlertId(Alerts.id(raisedBy, 3))
                .addCauseSequences(cause)
                .build()
                .toByteArray();
    }

    private static void append(final Path directory, final int kind, final long seconds, final byte[] payload) {
        try (Journal journal = Journal.open(
                JournalConfig.defaults(directory.toString()),
                () -> seconds * SECOND_NS,
                new Counters(),
                new Latencies(),
                error -> {})) {
            journal.writer().append(kind, -1, 0, seconds * SECOND_NS, new UnsafeBuffer(payload), 0, payload.length);
        }
    }
}
