package io.luyun.server.redecide;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertState;
import io.luyun.server.alert.life.Alerts;
import io.luyun.server.alert.life.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts together what cores with a share of the rules each tell, so that it is what one core with all rules would tell: in its
 * order, and with its numbers. Memory holds the alerts that stand and have another number than one core would give them. One thread.
 */
final class Merge {
    /** By part: numbers that would be others were there one core. */
    private final List<Map<Long, Long>> renumbered = new ArrayList<>();

    private long raisedSequence;
    private int ordinal;

    Merge(final int parts) {
        for (int i = 0; i < parts; i++) {
            renumbered.add(new HashMap<>());
        }
    }

    /** What all parts tell of the same stretch of the journal, by part. */
    List<Told> of(final List<List<Told>> chunks) {
        final List<Told> merged = new ArrayList<>();
        final int[] at = new int[chunks.size()];
        int part = first(chunks, at);
        while (part >= 0) {
            switch (chunks.get(part).get(at[part]++)) {
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
    private static int first(final List<List<Told>> chunks, final int[] at) {
        int least = -1;
        for (int i = 0; i < at.length; i++) {
            if (at[i] < chunks.get(i).size()
                    && (least < 0 || order(chunks, at, i).compareTo(order(chunks, at, least)) < 0)) {
                least = i;
            }
        }
        return least;
    }

    private static Order order(final List<List<Told>> chunks, final int[] at, final int part) {
        return chunks.get(part).get(at[part]).order();
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
}
