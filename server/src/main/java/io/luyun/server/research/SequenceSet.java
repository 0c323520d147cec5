package io.luyun.server.research;

import org.agrona.collections.Long2ObjectHashMap;

/** Sequences of records, a bit for each in pages of 64 Ki: at most an eighth of a byte a record of the journal. One thread. */
final class SequenceSet {
    private static final int PAGE_BITS = 16;
    private static final int WORD_BITS = 6;
    private static final int WORDS = 1 << (PAGE_BITS - WORD_BITS);

    private final Long2ObjectHashMap<long[]> pages = new Long2ObjectHashMap<>();
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    void add(final long sequence) {
        final long[] page = pages.computeIfAbsent(sequence >>> PAGE_BITS, _ -> new long[WORDS]);
        page[word(sequence)] |= 1L << sequence;
        first = Math.min(first, sequence);
        last = Math.max(last, sequence);
    }

    boolean contains(final long sequence) {
        final long[] page = pages.get(sequence >>> PAGE_BITS);
        return page != null && (page[word(sequence)] >>> sequence & 1) != 0;
    }

    /** The least one; MAX_VALUE when there is none. */
    long first() {
        return first;
    }

    /** The greatest one; MIN_VALUE when there is none. */
    long last() {
        return last;
    }

    private static int word(final long sequence) {
        return (int) (sequence >>> WORD_BITS) & (WORDS - 1);
    }
}
