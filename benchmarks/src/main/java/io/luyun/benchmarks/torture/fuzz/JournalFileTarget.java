package io.luyun.benchmarks.torture.fuzz;

import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalException;
import io.luyun.server.journal.JournalReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The file of a journal: read to its end, checked, and never served with a record it did not have. */
final class JournalFileTarget implements Target {
    private static final int SPARE = 4_096;

    private final SmallJournal journal;
    private final Path file;
    private final byte[] whole;
    private final long size;

    JournalFileTarget(final SmallJournal journal) throws IOException {
        this.journal = journal;
        file = journal.file();
        final byte[] bytes = Files.readAllBytes(file);
        size = bytes.length;
        int last = bytes.length;
        while (last > 0 && bytes[last - 1] == 0) {
            last--;
        }
        whole = Arrays.copyOf(bytes, Math.min(bytes.length, last + SPARE));
    }

    @Override
    public String name() {
        return "journal-file";
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(whole);
    }

    @Override
    public int maxLength() {
        return whole.length;
    }

    @Override
    public Limits limits() {
        return Limits.FILE;
    }

    @Override
    public void accept(final byte[] input) {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(input);
            out.write(new byte[whole.length - input.length]);
            out.setLength(size);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            final JournalArchive archive = Journal.openReadOnly(journal.journal());
            archive.check();
            try (JournalReader reader = archive.reader(1)) {
                long before = 0;
                while (reader.next()) {
                    if (reader.sequence() <= before) {
                        throw new IllegalStateException(reader.sequence() + " after " + before);
                    }
                    before = reader.sequence();
                }
            }
        } catch (final JournalException e) {
            if (e.getMessage() == null) {
                throw new IllegalStateException("no reason", e);
            }
        }
    }
}
