package io.luyun.server.redecide;

/**
 * A span of receive time.
 *
 * @param fromNs where it begins, ns since 1970; MIN_VALUE for the journal's beginning
 * @param untilNs where it ends, itself not in it; MAX_VALUE for the journal's end
 */
public record Span(long fromNs, long untilNs) {
    /** Everything. */
    public static final Span ALL = new Span(Long.MIN_VALUE, Long.MAX_VALUE);

    boolean contains(final long atNs) {
        return atNs >= fromNs && atNs < untilNs;
    }

    /** The same with so much more on either side. */
    Span widened(final long byNs) {
        return new Span(
                fromNs == Long.MIN_VALUE ? fromNs : fromNs - byNs,
                untilNs == Long.MAX_VALUE ? untilNs : untilNs + byNs);
    }
}
