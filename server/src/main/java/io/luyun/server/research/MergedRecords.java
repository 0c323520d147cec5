package io.luyun.server.research;

import io.luyun.server.journal.Damage;
import io.luyun.server.journal.JournalReader;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Two rows of records in the order of their times; of the same time those of the first one come first. */
public final class MergedRecords implements Records {
    private final Records first;
    private final Records second;
    private final boolean growing;
    private boolean firstEnds;
    private boolean secondEnds;
    private boolean firstHas;
    private boolean secondHas;
    private Records current;
    private boolean atFirst;

    /** Two rows that end. */
    public MergedRecords(final Records first, final Records second) {
        this(first, second, false);
    }

    /**
     * Makes one.
     *
     * @param growing whether a row that has nothing is asked again; what comes there then may come late
     */
    MergedRecords(final Records first, final Records second, final boolean growing) {
        this.first = first;
        this.second = second;
        this.growing = growing;
        current = first;
    }

    @Override
    public boolean next() {
        if (firstHas && atFirst) {
            firstHas = false;
        } else {
            secondHas = false;
        }
        firstHas = firstHas || (!firstEnds && first.next());
        secondHas = secondHas || (!secondEnds && second.next());
        firstEnds = !firstHas && !growing;
        secondEnds = !secondHas && !growing;
        atFirst = firstHas && (!secondHas || first.receivedAtNs() <= second.receivedAtNs());
        current = atFirst ? first : second;
        return firstHas || secondHas;
    }

    /** {@inheritDoc} The second one ends with the first. */
    @Override
    public boolean over() {
        return first.over();
    }

    @Override
    public long sequence() {
        return current.sequence();
    }

    @Override
    public long receivedAtNs() {
        return current.receivedAtNs();
    }

    @Override
    public int kind() {
        return current.kind();
    }

    @Override
    public String deviceId() {
        return current.deviceId();
    }

    @Override
    public long number() {
        return current.number();
    }

    @Override
    public long bootEpoch() {
        return current.bootEpoch();
    }

    @Override
    public DirectBuffer buffer() {
        return current.buffer();
    }

    @Override
    public int payloadOffset() {
        return current.payloadOffset();
    }

    @Override
    public int payloadLength() {
        return current.payloadLength();
    }

    @Override
    public @Nullable JournalReader stored() {
        return current.stored();
    }

    @Override
    public List<Damage> damage() {
        final List<Damage> both = new ArrayList<>(first.damage());
        both.addAll(second.damage());
        return both;
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
