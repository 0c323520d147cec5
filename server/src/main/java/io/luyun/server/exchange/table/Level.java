package io.luyun.server.exchange.table;

import org.jspecify.annotations.Nullable;

/**
 * What has been read of a message at one level: at the last one straight into a row, at those before kept until their rows come. One
 * thread.
 */
final class Level {
    private final FieldPlan plan;
    private final long[] values;
    private final int[] touched;
    private final int[] touchedIn;
    private final Spans[] lists;
    private final FieldPlan.Field[] listFields;
    private final Spans elements = new Spans();
    private @Nullable Rows into;
    private int turn;
    private int count;
    private int listCount;

    Level(final FieldPlan plan, final int slots) {
        this.plan = plan;
        values = new long[slots];
        touched = new int[slots];
        touchedIn = new int[slots];
        lists = new Spans[slots];
        listFields = new FieldPlan.Field[slots];
    }

    FieldPlan plan() {
        return plan;
    }

    /** Begins anew; what is put is kept. */
    void keep() {
        turn++;
        count = 0;
        into = null;
        elements.clear();
        listCount = 0;
    }

    /** Begins anew; what is put goes into the row begun last. */
    void fill(final Rows rows) {
        keep();
        into = rows;
    }

    /** Puts a value; of one that is told more than once what is told last counts. */
    void put(final int slot, final long value) {
        final Rows rows = into;
        if (rows != null) {
            rows.put(slot, value);
            return;
        }
        values[slot] = value;
        if (touchedIn[slot] != turn) {
            touchedIn[slot] = turn;
            touched[count++] = slot;
        }
    }

    /** Puts what is kept into the row begun last. */
    void emit(final Rows rows) {
        for (int i = 0; i < count; i++) {
            rows.put(touched[i], values[touched[i]]);
        }
    }

    /** An element that has rows lies there. */
    void element(final int from, final int to) {
        elements.add(from, to);
    }

    /** Where the elements lie that have rows. */
    Spans elements() {
        return elements;
    }

    /** An element, or several, of what becomes JSON lies there. */
    void list(final FieldPlan.Field field, final int from, final int to) {
        int i = 0;
        while (i < listCount && listFields[i].slot() != field.slot()) {
            i++;
        }
        if (i == listCount) {
            listFields[listCount++] = field;
            if (lists[i] == null) {
                lists[i] = new Spans();
            }
            lists[i].clear();
        }
        lists[i].add(from, to);
    }

    /** How many fields become JSON. */
    int lists() {
        return listCount;
    }

    FieldPlan.Field listField(final int index) {
        return listFields[index];
    }

    /** Where its elements lie. */
    Spans list(final int index) {
        return lists[index];
    }
}
