package io.luyun.benchmarks.torture.simulation;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a reader finds in a journal. */
final class JournalContent {
    private static final int CONTROL_KINDS = 64;

    private final List<Entry> entries = new ArrayList<>();
    private final Map<Integer, String> names = new HashMap<>();
    private final Map<String, Map<Long, Set<Long>>> numbers = new HashMap<>();

    /**
     * A record.
     *
     * @param payload of an alert; of other kinds nothing is kept but the checksum
     */
    record Entry(
            long sequence, long timeNs, int kind, int device, long epoch, long number, int crc, ByteString payload) {
        boolean message() {
            return kind < CONTROL_KINDS && device >= 0;
        }
    }

    private JournalContent() {}

    static JournalContent read(final Path directory) {
        final JournalContent content = new JournalContent();
        try (JournalReader reader = Journal.openReadOnly(directory).reader(1)) {
            while (reader.next()) {
                final byte[] payload = new byte[reader.payloadLength()];
                reader.buffer().getBytes(reader.payloadOffset(), payload);
                content.add(reader, payload);
            }
        }
        return content;
    }

    private void add(final JournalReader reader, final byte[] payload) {
        final int kind = reader.kind();
        entries.add(new Entry(
                reader.sequence(),
                reader.receivedAtNs(),
                kind,
                reader.deviceIndex(),
                reader.bootEpoch(),
                reader.number(),
                SimulatedDevice.crc(payload),
                kind == RecordKind.RECORD_KIND_ALERT_VALUE ? ByteString.copyFrom(payload) : ByteString.EMPTY));
        if (kind == RecordKind.RECORD_KIND_SESSION_OPENED_VALUE) {
            try {
                names.put(reader.deviceIndex(), SessionOpened.parseFrom(payload).getDeviceId());
            } catch (final InvalidProtocolBufferException e) {
                throw new Violation("record " + reader.sequence() + " opens a session and cannot be read");
            }
        }
    }

    List<Entry> entries() {
        return entries;
    }

    /** Whose record it is; null when no session before it says so. */
    @Nullable
    String owner(final Entry entry) {
        return names.get(entry.device);
    }

    /** Notes a number; false when it was noted before. */
    boolean note(final String device, final long epoch, final long number) {
        return numbers.computeIfAbsent(device, d -> new HashMap<>())
                .computeIfAbsent(epoch, e -> new HashSet<>())
                .add(number);
    }

    boolean has(final String device, final long epoch, final long number) {
        return numbers.getOrDefault(device, Map.of())
                .getOrDefault(epoch, Set.of())
                .contains(number);
    }
}
