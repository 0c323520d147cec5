package io.luyun.benchmarks;

import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalReader;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Tail: the next record is found and its header read. */
@State(Scope.Thread)
@NullUnmarked // JMH sets up before it runs
public class TailBenchmark {
    static final int RECORDS = 200_000;

    private Scratch scratch;
    private Journal journal;
    private JournalReader reader;

    @Setup(Level.Trial)
    public void open() {
        scratch = Scratch.create();
        journal = JournalBenchmark.open(scratch);
        fill(journal, RECORDS);
        reader = journal.reader(1);
    }

    @TearDown(Level.Trial)
    public void close() {
        reader.close();
        journal.close();
        scratch.close();
    }

    /** One record; its last eight bytes are looked at. */
    @Benchmark
    public long next() {
        if (!reader.next()) {
            reader.close();
            reader = journal.reader(1);
            return 0;
        }
        return reader.sequence()
                + reader.buffer().getLong(reader.payloadOffset() + reader.payloadLength() - Long.BYTES);
    }

    /** Appends the fleet's messages. */
    static void fill(final Journal journal, final int records) {
        final Fleet fleet = new Fleet(1_000);
        for (int i = 0; i < records; i++) {
            final long nowNs = (long) i * Fleet.PERIOD_NS / fleet.size();
            final int vehicle = fleet.next(nowNs);
            journal.writer()
                    .append(
                            Fleet.KIND,
                            vehicle,
                            fleet.number(),
                            nowNs,
                            fleet.buffer(),
                            fleet.frameOffset(),
                            fleet.frameLength());
        }
    }
}
