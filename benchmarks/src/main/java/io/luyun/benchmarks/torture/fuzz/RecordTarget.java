package io.luyun.benchmarks.torture.fuzz;

import io.luyun.server.journal.RecordExplainer;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A record of the journal, told field by field. */
final class RecordTarget implements Target {
    private final List<byte[]> seeds;
    private final UnsafeBuffer in = new UnsafeBuffer(0, 0);
    private long fields;

    RecordTarget(final List<byte[]> seeds) {
        this.seeds = seeds;
    }

    @Override
    public String name() {
        return "journal-record";
    }

    @Override
    public List<byte[]> seeds() {
        return seeds;
    }

    @Override
    public void accept(final byte[] input) {
        in.wrap(input);
        if (RecordExplainer.begins(in, 0, input.length)) {
            new RecordExplainer(in, 0, input.length, field -> fields++)
                    .explain((kind, offset, length, visitor) -> null);
        }
    }
}
