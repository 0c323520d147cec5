package io.luyun.server.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertState;
import io.luyun.server.site.SiteBoard;
import io.luyun.server.world.LocalPlane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.agrona.collections.Long2LongCounterMap;
import org.jspecify.annotations.Nullable;

/** A road as it was handed over, for all browsers that look at it. One thread: that of the face. */
final class Picture {
    private final LocalPlane plane;
    private final Function<Alert, JsonNode> alertForm;
    private final RowTable rows = new RowTable();
    private final Map<Long, Alert> standing = new LinkedHashMap<>();
    private final Map<Long, News.Acknowledged> acknowledged = new LinkedHashMap<>();
    private final Long2LongCounterMap alerted = new Long2LongCounterMap(0);
    private final List<byte[]> told = new ArrayList<>();
    private final Shelf<Long, News.Signals> signals;
    private final Shelf<Long, News.Event> events = new Shelf<>(LiveText::events);
    private final Shelf<String, News.Unit> units = new Shelf<>((list, gone) -> LiveText.units(list));
    private final Shelf<String, SiteBoard> crossings = board(LiveText::crossings);
    private final Shelf<String, SiteBoard> stops = board(LiveText::stops);
    private final Shelf<String, SiteBoard> traffic = board(LiveText::traffic);
    private final List<Shelf<?, ?>> shelves;
    private String[] names = new String[0];
    private SiteBoard board = SiteBoard.EMPTY;
    private long atNs;
    private int clears;
    private boolean complete;

    /** Empty. */
    Picture(final LocalPlane plane, final Function<Alert, JsonNode> alertForm) {
        this.plane = plane;
        this.alertForm = alertForm;
        signals = new Shelf<>((list, gone) -> LiveText.signals(list, atNs));
        shelves = List.of(signals, events, units, crossings, stops, traffic);
    }

    private static Shelf<String, SiteBoard> board(final Function<SiteBoard, byte[]> words) {
        return new Shelf<>((list, gone) -> words.apply(list.getFirst()));
    }

    /** Takes what was handed over; what is told of it at once is added to {@link #told}. */
    void take(final Batch batch) {
        atNs = batch.atNs;
        rows.begin();
        if (batch.cleared) {
            clear();
        }
        boolean anew = false;
        for (final News news : batch.news) {
            anew |= news instanceof News.Everything;
            take(news);
        }
        for (int i = 0; i < batch.rowCount(); i++) {
            final long id = batch.id(i);
            rows.put(batch, i, alerted.containsKey(id) ? PositionRow.ALERTED : 0);
        }
        for (int i = 0; i < batch.goneCount(); i++) {
            rows.remove(batch.gone(i));
        }
        if (batch.whole) {
            rows.keepMarked();
        }
        if (anew) {
            signals.keepOf(rows.turn());
            events.keepOf(rows.turn());
        }
        take(batch.board);
        complete = true;
    }

    private void take(final News news) {
        switch (news) {
            case News.Everything() -> {
                standing.clear();
                acknowledged.clear();
                alerted.clear();
            }
            case News.AlertStep(final Alert alert) -> {
                takeStep(alert);
                told.add(LiveText.alert(alertForm.apply(alert)));
            }
            case final News.Acknowledged seen -> {
                if (standing.containsKey(seen.alertId())) {
                    acknowledged.put(seen.alertId(), seen);
                }
                told.add(LiveText.acknowledged(seen));
            }
            case News.AlertsLost(final long count) ->
                told.add(LiveText.notice(
                        "alerts-lost", count + " steps of alerts could not be shown one by one; load the alerts anew"));
            case News.DeviceName(final int index, final String id) -> name(index, id);
            case final News.Event event -> events.put(event.id(), event, rows.turn());
            case News.EventGone(final long id) -> events.remove(id, rows.turn());
            case final News.Signals signal ->
                signals.put(((long) signal.region() << Integer.SIZE) | signal.nodeId(), signal, rows.turn());
            case final News.Unit unit -> units.put(unit.id(), unit, rows.turn());
        }
    }

    private void takeStep(final Alert alert) {
        final Alert before = standing.remove(alert.getAlertId());
        if (before != null) {
            flag(before.getSubject().getParticipantId(), -1);
            flag(before.getTarget().getParticipantId(), -1);
        }
        if (alert.getState() == AlertState.ALERT_STATE_CLEARED) {
            acknowledged.remove(alert.getAlertId());
        } else {
            standing.put(alert.getAlertId(), alert);
            flag(alert.getSubject().getParticipantId(), 1);
            flag(alert.getTarget().getParticipantId(), 1);
        }
    }

    private void flag(final long participant, final int more) {
        if (participant != 0) {
            final long alerts = alerted.addAndGet(participant, more);
            rows.flag(participant, PositionRow.ALERTED, alerts > 0);
        }
    }

    private void name(final int index, final String id) {
        if (index >= names.length) {
            final int before = names.length;
            names = Arrays.copyOf(names, Math.max(index + 1, before * 2));
            Arrays.fill(names, before, names.length, "");
        }
        names[index] = id;
    }

    private void take(final SiteBoard now) {
        if (now.equals(board)) {
            return;
        }
        put(crossings, now, now.crossings().equals(board.crossings()));
        put(stops, now, now.stops().equals(board.stops()));
        put(traffic, now, now.traffic().equals(board.traffic()));
        board = now;
    }

    private void put(final Shelf<String, SiteBoard> shelf, final SiteBoard now, final boolean same) {
        if (!same) {
            shelf.put("", now, rows.turn());
        }
    }

    private void clear() {
        clears++;
        told.clear();
        standing.clear();
        acknowledged.clear();
        alerted.clear();
        board = SiteBoard.EMPTY;
        for (final Shelf<?, ?> shelf : shelves) {
            shelf.clear(rows.turn() - 1);
        }
    }

    RowTable rows() {
        return rows;
    }

    LocalPlane plane() {
        return plane;
    }

    /** Time of the last record. */
    long atNs() {
        return atNs;
    }

    /** How often all has been forgotten. */
    int clears() {
        return clears;
    }

    /** What was handed over so far is of long ago: it is shown to nobody before all has been handed over anew. */
    void expectAll() {
        complete = false;
    }

    /** Whether it is as the road is. */
    boolean complete() {
        return complete;
    }

    String[] names() {
        return names;
    }

    /** What is to be told to all since the last {@link #toldAll}. */
    List<byte[]> told() {
        return told;
    }

    /** All have been told. */
    void toldAll() {
        told.clear();
    }

    /** The alerts that stand and what operators have said of them, for who has just come. */
    List<byte[]> standing() {
        final List<byte[]> all = new ArrayList<>();
        standing.values().forEach(alert -> all.add(LiveText.alert(alertForm.apply(alert))));
        acknowledged.values().forEach(seen -> all.add(LiveText.acknowledged(seen)));
        return all;
    }

    /** Whether who was told up to this turn can be told what is new; who cannot begins anew. */
    boolean reaches(final int turn) {
        return shelves.stream().allMatch(shelf -> shelf.reaches(turn));
    }

    /** Puts into words what is new on the shelves since this turn, 0 for all. */
    void since(final int turn, final List<byte[]> into) {
        for (final Shelf<?, ?> shelf : shelves) {
            final byte @Nullable [] text = shelf.since(turn);
            if (text != null) {
                into.add(text);
            }
        }
    }
}
