package io.luyun.simulator.replay;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.RecordKind;
import java.nio.file.Path;
import java.util.stream.LongStream;

/** Small journals for tests outside of this package. */
public final class Journals {
    private static final int TENTHS = 20;

    /** Messages in one: two BSM each tenth of a second, a SPAT and an RSI every fifth. */
    public static final int MESSAGES = 2 * TENTHS + 2 * TENTHS / 5;

    private Journals() {}

    /** Writes one of veh-1, veh-2 and rsu-1. */
    public static void write(final Path directory) {
        SmallJournal.write(directory, TENTHS);
    }

    /** Writes the alerts of one: a single one, decided from these records. */
    public static void writeAlert(final Path directory, final long id, final long... causes) {
        try (SmallJournal alerts = new SmallJournal(directory)) {
            final Alert.Builder alert = Alert.newBuilder().setAlertId(id).setState(AlertState.ALERT_STATE_RAISED);
            LongStream.of(causes).forEach(alert::addCauseSequences);
            alerts.append(RecordKind.RECORD_KIND_ALERT_VALUE, -1, 0, SmallJournal.BEGIN_NS + 1, alert.build());
        }
    }

    /** Changes an octet of it: one message is lost. */
    public static void damage(final Path directory) throws Exception {
        ReadAheadTest.damage(directory);
    }
}
