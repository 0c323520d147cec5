package io.luyun.benchmarks;

import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Verify: every record of a journal is found, its checksum compared, its number looked up. */
@State(Scope.Thread)
@NullUnmarked // JMH sets up before it runs
public class VerifyBenchmark {
    private static final int RECORDS = 50_000;

    private final CRC32C crc = new CRC32C();
    private Scratch scratch;
    private JournalArchive archive;
    private ByteBuffer mapped;

    @Setup(Level.Trial)
    public void open() throws IOException {
        scratch = Scratch.create();
        try (Journal journal = JournalBenchmark.open(scratch)) {
            TailBenchmark.fill(journal, RECORDS);
        }
        archive = Journal.openReadOnly(scratch.path());
        final JournalCheck check = archive.check();
        if (!check.sound() || check.messages() != RECORDS) {
            throw new IllegalStateException(check.messages() + " messages, damage " + check.damage());
        }
        final JournalArchive.Entry file = archive.files().getFirst();
        final Path path = scratch.path().resolve(file.name());
        try (FileChannel channel = FileChannel.open(path)) {
            mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, Math.min(check.bytes(), Files.size(path)));
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        scratch.close();
    }

    /** One record of a whole reading. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long record() {
        return archive.check().records();
    }

    /** Reference: one CRC-32C over as many bytes of the same file, by records. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long crc32c() {
        long sum = 0;
        final int length = mapped.capacity() / RECORDS;
        for (int i = 0; i < RECORDS; i++) {
            crc.reset();
            mapped.limit((i + 1) * length).position(i * length);
            crc.update(mapped);
            sum += crc.getValue();
            mapped.clear();
        }
        return sum;
    }
}
