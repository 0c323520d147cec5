package io.luyun.simulator.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogProcessor;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what HdrHistogram's own reader and tool read. */
final class HistogramLogTest {
    private static final long START = 1_700_000_000_123L;

    @TempDir
    private Path directory;

    @Test
    void itsOwnReaderReadsTheSameHistograms() throws IOException {
        final Path file = directory.resolve("run.hlog");
        final Random random = new Random(7);
        final Map<String, Histogram> whole = new TreeMap<>();
        try (HistogramLog log = new HistogramLog(file, START)) {
            for (int second = 0; second < 5; second++) {
                final Map<String, Histogram> interval = new TreeMap<>();
                for (final String tag : List.of("lag", "ack", "alert.FCW")) {
                    final Histogram histogram = Latencies.histogram();
                    for (int i = 0; i < 1_000; i++) {
                        histogram.recordValue(1 + random.nextInt(50_000_000));
                    }
                    interval.put(tag, histogram);
                    whole.computeIfAbsent(tag, _ -> Latencies.histogram()).add(histogram);
                }
                interval.put("empty", Latencies.histogram());
                log.interval(START + second * 1_000L, START + second * 1_000L + 1_000, interval);
            }
        }

        final Map<String, Histogram> read = new TreeMap<>();
        final List<String> order = new ArrayList<>();
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            while (reader.hasNext()) {
                final Histogram histogram = (Histogram) reader.nextIntervalHistogram();
                order.add((histogram.getStartTimeStamp() - START) + " " + histogram.getTag());
                assertThat(histogram.getEndTimeStamp() - histogram.getStartTimeStamp())
                        .isEqualTo(1_000);
                read.computeIfAbsent(histogram.getTag(), _ -> Latencies.histogram())
                        .add(histogram);
            }
            assertThat(reader.getStartTimeSec()).isEqualTo(START / 1e3);
        }
        assertThat(read).isEqualTo(whole);
        assertThat(order)
                .startsWith("0 ack", "0 alert.FCW", "0 lag", "1000 ack")
                .hasSize(15);
    }

    @Test
    void itsOwnToolReadsOneTag() throws Exception {
        final Path file = directory.resolve("run.hlog");
        final Histogram histogram = Latencies.histogram();
        for (int i = 1; i <= 100; i++) {
            histogram.recordValue(i * 1_000_000L);
        }
        try (HistogramLog log = new HistogramLog(file, START)) {
            log.interval(START, START + 1_000, Map.of("ack", histogram));
        }
        final Path out = directory.resolve("out");

        final HistogramLogProcessor tool =
                new HistogramLogProcessor(new String[] {"-i", file.toString(), "-tag", "ack", "-o", out.toString()});
        tool.start();
        tool.join();

        assertThat(Files.readString(Path.of(out + ".hgrm"))).contains("Total count    =          100");
    }

    @Test
    void everyLineIsThereBeforeTheEnd() throws IOException {
        final Path file = directory.resolve("run.hlog");
        final Histogram histogram = Latencies.histogram();
        histogram.recordValue(5);
        try (HistogramLog log = new HistogramLog(file, START)) {
            log.interval(START, START + 1_000, Map.of("ack", histogram));
            assertThat(Files.readAllLines(file).getLast()).startsWith("Tag=ack,0.000,1.000,");
            assertThat(histogram.getTag()).isNull();
        }
    }

    @Test
    void timeDoesNotGoBackAndTagsAreWords() throws IOException {
        final Histogram histogram = Latencies.histogram();
        try (HistogramLog log = new HistogramLog(directory.resolve("run.hlog"), START)) {
            log.interval(START + 1_000, START + 2_000, Map.of());
            assertThatThrownBy(() -> log.interval(START, START + 1_000, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot follow");
            assertThatThrownBy(() -> log.interval(START + 2_000, START + 3_000, Map.of("a,b", histogram)))
                    .hasMessage("the tag \"a,b\" must be letters, digits, dots, - and _");
        }
    }

    @Test
    void aFullDiskIsTold() throws IOException {
        final Path full = Path.of("/dev/full");
        if (!Files.exists(full)) {
            System.out.println("skipped: there is no /dev/full here");
            return;
        }
        assertThatThrownBy(() -> new HistogramLog(full, START).close())
                .isInstanceOf(IOException.class)
                .hasMessage("cannot write all of /dev/full");
    }
}
