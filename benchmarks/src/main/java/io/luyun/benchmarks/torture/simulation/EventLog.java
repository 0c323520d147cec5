package io.luyun.benchmarks.torture.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/** What happened, the last of it; and a fingerprint of all of it, by which two runs can be told to be the same. */
final class EventLog {
    private static final int KEPT = 400;
    private static final double NS_A_SECOND = 1e9;

    private final SimulatedTime time;
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private final CRC32C fingerprint = new CRC32C();

    EventLog(final SimulatedTime time) {
        this.time = time;
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotations are not among the libraries
    void add(final String what, final Object... values) {
        final String line = String.format(Locale.ROOT, "%12.6f  ", time.ticksNs() / NS_A_SECOND)
                + String.format(Locale.ROOT, what, values);
        fingerprint.update(line.getBytes(StandardCharsets.UTF_8));
        if (lines.size() == KEPT) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    long fingerprint() {
        return fingerprint.getValue();
    }
}
