package io.luyun.server.journal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Ranges of sequences, in order, none touching another. Immutable. */
final class SequenceRanges {
    private final long[] firsts;
    private final long[] lasts;

    /** Of ranges in any order that may overlap. */
    SequenceRanges(final List<Range> ranges) {
        final long[] first = new long[ranges.size()];
        final long[] last = new long[ranges.size()];
        int count = 0;
        for (final Range range :
                ranges.stream().sorted(Comparator.comparingLong(Range::first)).toList()) {
            if (count > 0 && range.first() <= last[count - 1] + 1) {
                last[count - 1] = Math.max(last[count - 1], range.last());
            } else if (range.first() <= range.last()) {
                first[count] = range.first();
                last[count++] = range.last();
            }
        }
        firsts = Arrays.copyOf(first, count);
        lasts = Arrays.copyOf(last, count);
    }

    /** From the first to the last; none when the first is above the last. */
    record Range(long first, long last) {}

    /** The last sequence of the range this one lies in; one below it when it lies in none. */
    long endOf(final long sequence) {
        final int index = atOrBefore(sequence);
        return index >= 0 && lasts[index] >= sequence ? lasts[index] : sequence - 1;
    }

    /** The first sequence above this one that lies in a range; the highest number when there is none. */
    long nextAfter(final long sequence) {
        final int index = atOrBefore(sequence) + 1;
        return index < firsts.length ? firsts[index] : Long.MAX_VALUE;
    }

    /** The last sequence of all; 0 when there is none. */
    long last() {
        return lasts.length == 0 ? 0 : lasts[lasts.length - 1];
    }

    private int atOrBefore(final long sequence) {
        final int found = Arrays.binarySearch(firsts, sequence);
        return found >= 0 ? found : -found - 2;
    }
}
