package io.luyun.benchmarks.torture.simulation;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.server.core.Audience;
import io.luyun.server.core.CoreAgent;
import io.luyun.server.core.CoreConfig;
import io.luyun.server.journal.Journal;
import io.luyun.server.monitor.Counters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a fresh core decides from a journal, by the record with which each server began, and what the servers themselves had decided. */
final class AlertReplay {
    private final Map<Long, List<ByteString>> decided = new LinkedHashMap<>();

    /**
     * A server has died.
     *
     * @param journal all it had written
     * @param begin the last record that was there before it
     * @param alerts the journal of alerts
     * @param alertsBegin the last alert that was there before it
     */
    void onDeath(final JournalContent journal, final long begin, final JournalContent alerts, final long alertsBegin) {
        for (final JournalContent.Entry entry : journal.entries()) {
            if (entry.sequence() > begin && entry.kind() == RecordKind.RECORD_KIND_SERVER_STARTED_VALUE) {
                final List<ByteString> own = new ArrayList<>();
                for (final JournalContent.Entry alert : alerts.entries()) {
                    if (alert.sequence() > alertsBegin && alert.kind() == RecordKind.RECORD_KIND_ALERT_VALUE) {
                        own.add(alert.payload());
                    }
                }
                decided.put(entry.sequence(), own);
                return;
            }
        }
    }

    /** Replays the journal and holds what is decided against what was; returns how many steps of alerts there were. */
    long check(final Path directory, final CoreConfig config) {
        final Map<Long, List<ByteString>> replayed = replay(directory, config);
        long steps = 0;
        for (final Map.Entry<Long, List<ByteString>> life : replayed.entrySet()) {
            final List<ByteString> live = decided.getOrDefault(life.getKey(), List.of());
            final List<ByteString> again = life.getValue();
            // one may have ended earlier: the core was behind when the server died, or the journal lost its end
            final int common = Math.min(live.size(), again.size());
            for (int i = 0; i < common; i++) {
                if (!live.get(i).equals(again.get(i))) {
                    throw new Violation("alert " + i + " of the server that began with record " + life.getKey()
                            + " is another one when replayed: " + text(live.get(i)) + " <> " + text(again.get(i)));
                }
            }
            steps += again.size();
        }
        return steps;
    }

    private static Map<Long, List<ByteString>> replay(final Path directory, final CoreConfig config) {
        final Map<Long, List<ByteString>> lives = new LinkedHashMap<>();
        final List<List<ByteString>> current = new ArrayList<>();
        final List<Throwable> errors = new ArrayList<>();
        final Audience audience = new Audience() {
            private long sequence;

            @Override
            public void at(final long record) {
                sequence = record;
            }

            @Override
            public void onServerStarted(final ServerStarted started, final long atNs) {
                current.clear();
                current.add(lives.computeIfAbsent(sequence, s -> new ArrayList<>()));
            }

            @Override
            public void onAlert(final Alert alert, final int subjectDevice, final long causeReceivedAtNs) {
                if (!current.isEmpty()) {
                    current.getFirst().add(alert.toByteString());
                }
            }
        };
        try (CoreAgent core = new CoreAgent(
                Journal.openReadOnly(directory).reader(1),
                config,
                (world, sites) -> audience,
                new Counters(),
                errors::add)) {
            while (core.take(1_000, Long.MAX_VALUE, Long.MAX_VALUE) > 0) {
                // until the end
            }
        }
        if (!errors.isEmpty()) {
            throw new Violation("a replay fails: " + errors.getFirst());
        }
        return lives;
    }

    private static String text(final ByteString alert) {
        try {
            return Alert.parseFrom(alert).toString().replace('\n', ' ');
        } catch (final InvalidProtocolBufferException e) {
            return "no alert";
        }
    }
}
