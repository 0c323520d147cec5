package io.luyun.server.ops.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AlertHistoryTest {
    private static final long NOW_NS = 1_796_025_600_000_000_000L;

    private @TempDir Path directory;
    private final List<Throwable> errors = new ArrayList<>();
    private Journal journal;
    private AlertHistory history;

    @BeforeEach
    void open() {
        final JournalConfig config =
                new JournalConfig(directory.toString(), 2_000, 256, 1_024, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        journal = Journal.open(config, () -> NOW_NS, new Counters(), new Latencies(), errors::add);
        history = new AlertHistory(directory);
    }

    @AfterEach
    void closeAndExpectNoErrors() {
        journal.close();
        assertThat(errors).isEmpty();
    }

    @Test
    void aLongAlertKeepsItsBeginningAndItsEnd() throws Exception {
        step(7, 0);
        step(8, 0);
        assertThat(history.steps(7)).hasSize(1);
        final int last = AlertHistory.STEPS + 100;
        for (int i = 1; i <= last; i++) {
            step(7, i);
        }
        final List<Alert> steps = history.steps(7);
        assertThat(steps).hasSize(AlertHistory.STEPS);
        assertThat(steps.getFirst().getAtNs()).isEqualTo(NOW_NS);
        assertThat(steps.get(1).getAtNs()).isEqualTo(NOW_NS + last - AlertHistory.STEPS + 2);
        assertThat(steps.getLast().getAtNs()).isEqualTo(NOW_NS + last);
        assertThat(history.last(7).getAtNs()).isEqualTo(NOW_NS + last);
        assertThat(history.steps(8)).hasSize(1);
        assertThat(history.steps(9)).isEmpty();
    }

    private void step(final long id, final int number) {
        final byte[] payload = Alert.newBuilder()
                .setAlertId(id)
                .setAtNs(NOW_NS + number)
                .build()
                .toByteArray();
        journal.writer()
                .append(
                        RecordKind.RECORD_KIND_ALERT_VALUE,
                        -1,
                        0,
                        NOW_NS + number,
                        new UnsafeBuffer(payload),
                        0,
                        payload.length);
    }
}
