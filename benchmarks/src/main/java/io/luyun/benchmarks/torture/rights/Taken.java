package io.luyun.benchmarks.torture.rights;

import com.google.protobuf.Message;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** What the server has said it took, against what its journal has: that, each once, and nothing else. */
final class Taken {
    private static final int MESSAGE_KINDS = 32;

    private final Map<String, List<Long>> byDevice = new TreeMap<>();
    /** Messages whose canonical form is the server's to make. */
    private final Map<String, Integer> others = new TreeMap<>();

    /** A message was taken, as it stands. */
    void add(final String device, final Message body) {
        byDevice.computeIfAbsent(device, _ -> new ArrayList<>()).add(checksum(body.toByteArray()));
    }

    /** A message was taken in another form. */
    void addOther(final String device) {
        others.merge(device, 1, Integer::sum);
    }

    /** Looks into the journal of a server that is closed. */
    void check(final Path journal, final Cells cells) {
        final JournalArchive archive = Journal.openReadOnly(journal);
        final List<String> ids = archive.deviceIds();
        final Map<String, Integer> found = new TreeMap<>();
        try (JournalReader reader = archive.reader(1)) {
            while (reader.next()) {
                if (reader.kind() > 0 && reader.kind() < MESSAGE_KINDS && reader.number() > 0) {
                    final byte[] payload = new byte[reader.payloadLength()];
                    reader.buffer().getBytes(reader.payloadOffset(), payload);
                    final String device = ids.get(reader.deviceIndex());
                    if (!byDevice.getOrDefault(device, new ArrayList<>()).remove(checksum(payload))) {
                        found.merge(device, 1, Integer::sum);
                    }
                }
            }
        }
        byDevice.forEach((device, missing) -> cells.check(
                "journal of " + device, missing.isEmpty(), missing.size() + " messages that were taken are not in it"));
        cells.check("journal", found.equals(others), "besides has " + found + ", taken otherwise were " + others);
    }

    private static long checksum(final byte[] bytes) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }
}
