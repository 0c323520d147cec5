package io.luyun.server.redecide;

import io.luyun.proto.v1.Alert;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.research.RecordedAlerts;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the rules over a journal as fast as they go and compares what they raise with the recorded alerts. The thread that asks for
 * it compares, the cores have threads of their own.
 */
public final class Redecision {
    /** A server that ends may not have looked at what it took in last. */
    private static final long NOT_LOOKED_AT_NS = TimeUnit.SECONDS.toNanos(1);

    private final Span span;
    private final Span looked;
    private final Comparison comparison;
    private final RecordedAlerts recorded;
    private final @Nullable AlertFile out;
    private final Zones zones;
    private long beyond;

    private Redecision(
            final Span span,
            final Span looked,
            final Comparison comparison,
            final RecordedAlerts recorded,
            final Zones zones,
            final @Nullable AlertFile out) {
        this.zones = zones;
        this.span = span;
        this.looked = looked;
        this.comparison = comparison;
        this.recorded = recorded;
        this.out = out;
    }

    /**
     * Does it.
     *
     * @param differences told of each difference as soon as it is known
     * @throws IllegalArgumentException when there is nothing to decide on, the zone is another one, or the output is not empty
     * @throws io.luyun.server.journal.JournalException when the journals cannot be read, or the output not be written
     */
    public static Result of(final Task task, final Consumer<Difference> differences) {
        final long beginNs = System.nanoTime();
        final Beginning beginning = Beginning.find(task.journal(), task.span(), task.warmUpNs());
        final Zones zones = new Zones(task.config().zone().name(), task.zoneSha256());
        zones.begin(beginning.started());
        final Span looked = task.span().widened(2 * task.windowNs());
        final Comparison comparison = new Comparison(task.span(), task.windowNs(), beginning.exact(), differences);
        try (AlertFile out = open(task.out(), beginning.timeNs());
                RecordedAlerts recorded =
                        RecordedAlerts.of(task.alerts(), Math.max(looked.fromNs(), beginning.timeNs()));
                Decided decided = decide(task, beginning, looked.untilNs())) {
            final Redecision run = new Redecision(task.span(), looked, comparison, recorded, zones, out);
            long records = 0;
            Chunk chunk;
            do {
                chunk = decided.next();
                records += chunk.records();
                run.take(chunk);
            } while (!chunk.last());
            run.end(chunk.nowNs(), Long.MAX_VALUE, !chunk.more());
            return new Result(
                    beginning,
                    comparison.kinds(),
                    zones.others(),
                    records,
                    beginning.timeNs(),
                    chunk.nowNs(),
                    System.nanoTime() - beginNs,
                    comparison.notLookedAt(),
                    run.beyond,
                    decided.errors(),
                    decided.firstError(),
                    decided.damage(),
                    recorded.damage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("deciding was interrupted", e);
        }
    }

    private static @Nullable AlertFile open(final @Nullable Path directory, final long fromNs) {
        return directory == null ? null : new AlertFile(directory, fromNs);
    }

    private static Decided decide(final Task task, final Beginning beginning, final long untilNs) {
        final JournalArchive journal = task.journal();
        final List<String> names = beginning.exact() ? List.of() : journal.deviceIds();
        // a running server goes on writing, and all cores have to come to the same end
        final long lastSequence = journal.lastSequence();
        return new Decided(
                task.cores(),
                share -> new Part(
                        journal.reader(beginning.sequence()), task.config().with(share), names, lastSequence, untilNs));
    }

    private void take(final Chunk chunk) {
        for (final Told told : chunk.told()) {
            switch (told) {
                case final Told.Step step -> take(step.alert());
                case final Told.Started start -> {
                    end(start.lastNs(), start.atNs(), true);
                    zones.add(start.started());
                }
            }
        }
        recorded.before(chunk.nowNs() + 1, comparison::recorded);
        comparison.advance(chunk.nowNs());
    }

    private void take(final Alert step) {
        final long atNs = step.getAtNs();
        recorded.before(atNs, comparison::recorded);
        comparison.advance(atNs);
        final byte[] bytes = step.toByteArray();
        if (looked.contains(atNs)) {
            comparison.decided(step, bytes);
        }
        if (out != null && span.contains(atNs)) {
            out.append(atNs, bytes);
        }
    }

    /**
     * The records of a server's run end, or what is looked at of them.
     *
     * @param lastNs time of the last one; MIN_VALUE when there is none
     * @param untilNs time of the first one of the next run
     * @param serverEnded whether there are no more of this run in the journal
     */
    private void end(final long lastNs, final long untilNs, final boolean serverEnded) {
        if (lastNs == Long.MIN_VALUE) {
            return;
        }
        recorded.before(lastNs + 1, comparison::recorded);
        if (serverEnded) {
            recorded.before(untilNs, (step, _) -> beyond += span.contains(step.getAtNs()) ? 1 : 0);
        }
        comparison.end(serverEnded ? lastNs - NOT_LOOKED_AT_NS : Long.MAX_VALUE);
    }
}
