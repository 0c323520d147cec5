package io.luyun.simulator.measure;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;

/**
 * The latencies of each second in a file that HdrHistogram's own tools read ({@code HistogramLogProcessor}, HistogramLogAnalyzer).
 *
 * <pre>
 *   #luyun, latencies in nanoseconds; the column of maxima is in milliseconds
 *   #[Histogram log format version 1.3]
 *   #[BaseTime: 1700000000.000 (seconds since epoch)]
 *   #[StartTime: 1700000000.000 (seconds since epoch), …]
 *   "StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"
 *   Tag=ack,0.000,1.000,4.215,HISTFAAAA…         one line a tag and second, in the order of time and then of tags
 * </pre>
 *
 * Each line is with the system when {@link #interval} returns, so what a killed run has written can be read. Confined to one thread.
 */
public final class HistogramLog implements Closeable {
    private static final double NS_A_MILLI = 1e6;
    private static final double MILLIS_A_SECOND = 1e3;
    /** A comma or a break in a tag would be one of the line. */
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_.-]+");

    private final Path file;
    private final PrintStream stream;
    private final HistogramLogWriter writer;
    private final long baseMillis;
    private long lastFromMillis;
    private boolean closed;

    /**
     * Begins a file, in place of one that is there.
     *
     * @param baseMillis the start of the run since the epoch; the times in the file count from it
     * @throws IOException when it cannot be written
     */
    public HistogramLog(final Path file, final long baseMillis) throws IOException {
        this.file = file;
        this.baseMillis = baseMillis;
        lastFromMillis = baseMillis;
        stream = new PrintStream(new FileOutputStream(file.toFile()), false, StandardCharsets.UTF_8);
        writer = new HistogramLogWriter(stream);
        writer.outputComment("luyun, latencies in nanoseconds; the column of maxima is in milliseconds");
        writer.outputLogFormatVersion();
        writer.outputBaseTime(baseMillis);
        writer.outputStartTime(baseMillis);
        writer.outputLegend();
        check();
    }

    /**
     * Writes what was measured in an interval; a histogram in which nothing is leaves its line out.
     *
     * @param fromMillis since the epoch, not before that of the interval before
     * @param untilMillis its end
     * @param byTag in nanoseconds, for example ack, alert, lag, alert.FCW
     * @throws IOException when it cannot be written
     */
    public void interval(final long fromMillis, final long untilMillis, final Map<String, Histogram> byTag)
            throws IOException {
        if (fromMillis < lastFromMillis || untilMillis < fromMillis) {
            throw new IllegalArgumentException("an interval from " + fromMillis + " to " + untilMillis
                    + " ms cannot follow one from " + lastFromMillis + " ms");
        }
        lastFromMillis = fromMillis;
        for (final Map.Entry<String, Histogram> entry : new TreeMap<>(byTag).entrySet()) {
            if (!TAG.matcher(entry.getKey()).matches()) {
                throw new IllegalArgumentException(
                        "the tag \"" + entry.getKey() + "\" must be letters, digits, dots, - and _");
            }
            if (entry.getValue().getTotalCount() > 0) {
                line(entry.getKey(), entry.getValue(), fromMillis, untilMillis);
            }
        }
        check();
    }

    private void line(final String tag, final EncodableHistogram histogram, final long from, final long until) {
        final @Nullable String before = histogram.getTag();
        histogram.setTag(tag);
        writer.outputIntervalHistogram(
                (from - baseMillis) / MILLIS_A_SECOND, (until - baseMillis) / MILLIS_A_SECOND, histogram, NS_A_MILLI);
        histogram.setTag(before);
    }

    /** Ends the file; a second time does nothing. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            writer.close();
            check();
        }
    }

    /** A print stream tells of trouble only when asked. */
    private void check() throws IOException {
        if (stream.checkError()) {
            throw new IOException("cannot write all of " + file);
        }
    }
}
