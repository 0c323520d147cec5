package io.luyun.server.redecide;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertState;
import io.luyun.server.alert.Applications.Share;
import io.luyun.server.alert.life.Alerts;
import io.luyun.server.alert.life.Order;
import io.luyun.server.journal.Damage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts together what cores with a share of the rules each tell, so that it is what one core with all rules would tell: in its
 * order, and with its numbers. One thread; the cores run on theirs until this is closed.
 */
final class Decided implements AutoCloseable {
    private final List<Part> parts = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    /** By part: numbers that would be others were there one core. */
    private final List<Map<Long, Long>> renumbered = new ArrayList<>();

    private long raisedSequence;
    private int ordinal;
    private boolean ended;

    /** Makes a core for a share of the rules; the cores start where the journal is the same. */
    interface Cores {
        Part part(Share share);
    }

    /** Starts so many cores. */
    Decided(final int count, final Cores cores) {
        for (int i = 0; i < count; i++) {
            final Part part = cores.part(new Share(i, count));
            parts.add(part);
            renumbered.add(new HashMap<>());
            final Thread thread = new Thread(part, "decide-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** What is told of the next stretch of the journal; not to be called behind the last one. */
    Chunk next() throws InterruptedException {
        if (ended) {
            throw new IllegalStateException("nothing follows");
        }
        final List<Chunk> chunks = new ArrayList<>();
        for (final Part part : parts) {
            chunks.add(part.next());
        }
        final Chunk first = chunks.getFirst();
        for (final Chunk chunk : chunks) {
            final Throwable failure = chunk.failure();
            if (failure != null) {
                ended = true;
                throw new IllegalStateException("deciding has failed: " + failure, failure);
            }
            if (chunk.records() != first.records()) {
                throw new IllegalStateException("cores have read " + first.records() + " and " + chunk.records()
                        + " records of the same journal");
            }
        }
        ended = first.last();
        return new Chunk(merge(chunks), first.records(), first.nowNs(), first.last(), first.more(), null);
    }

    /** Damaged ranges of the journal; after the last chunk. */
    List<Damage> damage() {
        return parts.getFirst().damage();
    }

    /** Records that rules failed at; after the last chunk. */
    long errors() {
        return parts.stream().mapToLong(Part::errors).max().orElse(0);
    }

    /** The first of them in one line; empty for none. */
    String firstError() {
        return parts.stream()
                .map(Part::firstError)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private List<Told> merge(final List<Chunk> chunks) {
        final List<Told> merged = new ArrayList<>();
        final int[] at = new int[chunks.size()];
        int part = first(chunks, at);
        while (part >= 0) {
            switch (chunks.get(part).told().get(at[part]++)) {
                case final Told.Step step -> merged.add(new Told.Step(step.order(), numbered(step.alert(), part)));
                case final Told.Started started -> {
                    renumbered.forEach(Map::clear);
                    if (part == 0) {
                        merged.add(started);
                    }
                }
            }
            part = first(chunks, at);
        }
        return merged;
    }

    /** The part whose next step comes first; -1 when there is none. */
    private static int first(final List<Chunk> chunks, final int[] at) {
        int least = -1;
        for (int i = 0; i < at.length; i++) {
            if (at[i] < chunks.get(i).told().size()
                    && (least < 0 || order(chunks, at, i).compareTo(order(chunks, at, least)) < 0)) {
                least = i;
            }
        }
        return least;
    }

    private static Order order(final List<Chunk> chunks, final int[] at, final int part) {
        return chunks.get(part).told().get(at[part]).order();
    }

    /** Alerts that one record raises are numbered in their order, whichever core raised them. */
    private Alert numbered(final Alert alert, final int part) {
        final long told = alert.getAlertId();
        final Map<Long, Long> others = renumbered.get(part);
        if (alert.getState() == AlertState.ALERT_STATE_RAISED) {
            final long sequence = Alerts.sequence(told);
            ordinal = sequence == raisedSequence ? ordinal + 1 : 0;
            raisedSequence = sequence;
            final long id = Alerts.id(sequence, ordinal);
            if (id != told) {
                others.put(told, id);
            }
        }
        final Long id = alert.getState() == AlertState.ALERT_STATE_CLEARED ? others.remove(told) : others.get(told);
        return id == null ? alert : alert.toBuilder().setAlertId(id).build();
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
