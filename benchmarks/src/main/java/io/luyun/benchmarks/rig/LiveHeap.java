package io.luyun.benchmarks.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is alive on the heap of another JVM: its {@code jcmd} collects and counts. */
public final class LiveHeap {
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)\\s*");

    private LiveHeap() {}

    /**
     * Bytes of all objects that are reachable now.
     *
     * @param scratch file for what the tool prints: a JVM that looks at itself stands still meanwhile, and would not read a pipe
     */
    public static long bytesOf(final long pid, final Path scratch) throws IOException, InterruptedException {
        final Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        final int code = new ProcessBuilder(tool.toString(), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .redirectOutput(scratch.toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException(tool + " " + pid + " has ended with " + code + Child.lastLines(scratch));
        }
        return bytesIn(Files.readAllLines(scratch).getLast());
    }

    /** Out of the last line of a histogram. */
    public static long bytesIn(final String line) throws IOException {
        final Matcher total = TOTAL.matcher(line);
        if (!total.matches()) {
            throw new IOException("not the end of a class histogram: " + line);
        }
        return Long.parseLong(total.group(1));
    }
}
