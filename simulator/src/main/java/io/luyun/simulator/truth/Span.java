package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Fields;

/**
 * What is said for a time is known a little after its begin, and for a while after its end.
 *
 * @param settleSeconds after which it has to be known
 * @param lingerSeconds for which it may be
 * @param holdSeconds how long it has to be due without a break
 */
record Span(double settleSeconds, double lingerSeconds, double holdSeconds) {
    static Span of(final Fields fields) {
        return new Span(
                fields.number("settleSeconds", 0, 30),
                fields.number("lingerSeconds", 0, 60),
                fields.number("holdSeconds", 0.5, 0, 30));
    }

    boolean holds(final double fromS, final double toS, final double t, final Border border) {
        return border == Border.WIDE ? t >= fromS && t <= toS + lingerSeconds : t >= fromS + settleSeconds && t <= toS;
    }
}
