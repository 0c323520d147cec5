package io.luyun.server.redecide;

import com.google.protobuf.ByteString;
import io.luyun.server.core.CoreConfig;
import io.luyun.server.journal.JournalArchive;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is to be decided anew.
 *
 * @param journal the messages
 * @param alerts the alerts that were recorded
 * @param config by what is decided
 * @param zoneSha256 SHA-256 of the zone file; empty when there is none
 * @param span alerts without a step in it are not told; what was before is looked at as far as it is needed
 * @param warmUpNs how long before the span deciding begins, 0 for where the server started last before; a longer way than that is
 *     not gone
 * @param windowNs how far apart the raises of the same alert may be
 * @param cores how many cores share the rules, 1 to {@link #MOST_CORES}
 * @param out where the alerts decided now are written, null for nowhere
 */
public record Task(
        JournalArchive journal,
        JournalArchive alerts,
        CoreConfig config,
        ByteString zoneSha256,
        Span span,
        long warmUpNs,
        long windowNs,
        int cores,
        @Nullable Path out) {
    /** Raises of the same alert are at most so far apart, unless both stand at some time. */
    public static final long WINDOW_NS = TimeUnit.SECONDS.toNanos(5);

    /** More have no rules to share. */
    public static final int MOST_CORES = 16;

    public Task {
        if (cores < 1 || cores > MOST_CORES || warmUpNs < 0 || windowNs < 0) {
            throw new IllegalArgumentException("cores " + cores + ", warm-up " + warmUpNs + " ns, window " + windowNs
                    + " ns: must be 1 to " + MOST_CORES + " and not less than 0");
        }
    }

    /** The whole journal, on as many cores as there are. */
    public static Task of(
            final JournalArchive journal,
            final JournalArchive alerts,
            final CoreConfig config,
            final ByteString zoneSha256) {
        return new Task(
                journal,
                alerts,
                config,
                zoneSha256,
                Span.ALL,
                0,
                WINDOW_NS,
                Math.min(MOST_CORES, Runtime.getRuntime().availableProcessors()),
                null);
    }

    /** The same of a span. */
    public Task within(final Span newSpan, final long newWarmUpNs) {
        return new Task(journal, alerts, config, zoneSha256, newSpan, newWarmUpNs, windowNs, cores, out);
    }

    /** The same with another window. */
    public Task withWindow(final long newWindowNs) {
        return new Task(journal, alerts, config, zoneSha256, span, warmUpNs, newWindowNs, cores, out);
    }

    /** The same on so many cores. */
    public Task on(final int newCores) {
        return new Task(journal, alerts, config, zoneSha256, span, warmUpNs, windowNs, newCores, out);
    }

    /** The same, writing what is decided to an alert journal of its own. */
    public Task writing(final Path directory) {
        return new Task(journal, alerts, config, zoneSha256, span, warmUpNs, windowNs, cores, directory);
    }
}
