package io.luyun.benchmarks.torture.files;

import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the records of a sound journal lie in its files; found without the server's own knowledge of places. */
final class Layout {
    /** How a record begins: its magic, little-endian, and eight bytes behind it its sequence. */
    private static final int MAGIC = 0x314A_594C;

    private static final int SEQUENCE_OFFSET = 8;
    /** Bytes of a header before a record. */
    static final int HEADER = 4;

    private final List<Place> records = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();

    /**
     * A record.
     *
     * @param start where its first byte lies; the four before are its header
     * @param end where the first byte behind it lies
     */
    record Place(long sequence, Path file, long start, long end) {}

    private Layout() {}

    /** Reads all of a journal. */
    static Layout of(final Path journal) throws IOException {
        final Layout layout = new Layout();
        final Map<Path, ByteBuffer> contents = new HashMap<>();
        final Map<Path, Integer> reached = new HashMap<>();
        try (JournalReader reader = Journal.openReadOnly(journal).reader(1)) {
            while (reader.next()) {
                final Path file = journal.resolve(reader.file());
                ByteBuffer bytes = contents.get(file);
                if (bytes == null) {
                    bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
                    contents.put(file, bytes);
                    layout.files.add(file);
                }
                int at = reached.getOrDefault(file, 0);
                while (bytes.getInt(at) != MAGIC || bytes.getLong(at + SEQUENCE_OFFSET) != reader.sequence()) {
                    at += HEADER;
                }
                layout.records.add(new Place(reader.sequence(), file, at, at + reader.recordLength()));
                reached.put(file, at + reader.recordLength());
            }
        }
        return layout;
    }

    /** In the order of their sequences. */
    List<Place> records() {
        return records;
    }

    /** In the order in which they were written. */
    List<Path> files() {
        return files;
    }

    /** Where the last record of a file ends. */
    long end(final Path file) {
        return records.stream()
                .filter(one -> one.file().equals(file))
                .mapToLong(Place::end)
                .max()
                .orElse(0);
    }
}
