package io.luyun.simulator.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;

/**
 * Times of one sort: what people ask for, in microseconds, and the histogram itself, from which all else follows and others can merge.
 * Without any time all is 0.
 *
 * @param count how many
 * @param min the shortest
 * @param mean the mean
 * @param p50 half were at most that long; likewise the others
 * @param p90 nine in ten
 * @param p99 99 in a hundred
 * @param p999 999 in a thousand
 * @param p9999 9,999 in ten thousand
 * @param max the longest
 * @param histogramNs HdrHistogram's compressed form (V2) of the times in nanoseconds, base64
 */
public record Latency(
        long count,
        double min,
        double mean,
        double p50,
        double p90,
        double p99,
        @JsonProperty("p99.9") double p999,
        @JsonProperty("p99.99") double p9999,
        double max,
        String histogramNs) {
    private static final double NS_A_MICRO = 1e3;

    public Latency {
        final long found = decode(histogramNs).getTotalCount();
        if (found != count) {
            throw new IllegalArgumentException(
                    "count " + count + " is not that of the histogram, which has " + found + " times");
        }
    }

    /** A histogram in nanoseconds. */
    public static Latency of(final Histogram ns) {
        final boolean none = ns.getTotalCount() == 0;
        return new Latency(
                ns.getTotalCount(),
                none ? 0 : micros(ns.getMinValue()),
                none ? 0 : micros(Math.round(ns.getMean())),
                percentile(ns, 50),
                percentile(ns, 90),
                percentile(ns, 99),
                percentile(ns, 99.9),
                percentile(ns, 99.99),
                none ? 0 : micros(ns.getMaxValue()),
                encode(ns));
    }

    /** The times in nanoseconds; a new one each time. */
    public Histogram histogram() {
        return decode(histogramNs);
    }

    /** A percentile of a histogram in nanoseconds, in microseconds. */
    static double percentile(final Histogram ns, final double percent) {
        return ns.getTotalCount() == 0 ? 0 : micros(ns.getValueAtPercentile(percent));
    }

    private static double micros(final long ns) {
        return ns / NS_A_MICRO;
    }

    private static String encode(final Histogram ns) {
        final ByteBuffer buffer = ByteBuffer.allocate(ns.getNeededByteBufferCapacity());
        final int length = ns.encodeIntoCompressedByteBuffer(buffer, Deflater.BEST_COMPRESSION);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    private static Histogram decode(final String text) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
        } catch (final DataFormatException
                | IllegalArgumentException
                | BufferUnderflowException
                | IndexOutOfBoundsException
                | NegativeArraySizeException e) {
            throw new IllegalArgumentException("histogramNs is not a compressed HdrHistogram in base64", e);
        }
    }
}
