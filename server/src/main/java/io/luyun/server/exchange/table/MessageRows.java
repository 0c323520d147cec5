package io.luyun.server.exchange.table;

import io.luyun.proto.codec.Wire;
import io.luyun.proto.codec.WireCursor;
import io.luyun.server.research.Records;
import java.util.List;

/**
 * Rows out of messages, by plans: a message may be a row, or each of its elements, or each of theirs. What the outer levels tell
 * stands in each row. One thread; allocates for texts alone.
 *
 * <pre>
 *   level 0  the message      read as a whole first: its fields, and where its elements lie
 *   level 1  an element       the same of each
 *   level n                   at the last one the fields of all levels become a row
 * </pre>
 */
final class MessageRows implements RowSource {
    private static final int NONE = -1;

    private final Level[] levels;
    private final Common common;
    private final int item;
    private final WireCursor cursor = new WireCursor();
    private final JsonLists json = new JsonLists();

    /**
     * @param plans of the levels, the message first
     * @param item where the place of an element in its list goes; -1 for nowhere
     */
    MessageRows(final List<FieldPlan> plans, final int slots, final Common common, final int item) {
        levels = new Level[plans.size()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = new Level(plans.get(i), slots);
        }
        this.common = common;
        this.item = item;
    }

    /**
     * Where what all records have goes; -1 for nowhere.
     *
     * @param sentAt when it was sent by the clock of the device
     */
    record Common(int sequence, int receivedAt, int device, int number, int bootEpoch, int sentAt) {}

    /** What has been read of the message at one level. */
    private static final class Level {
        private final FieldPlan plan;
        private final long[] values;
        private final int[] touched;
        private final int[] touchedIn;
        private final Spans rows = new Spans();
        private final Spans[] lists;
        private final FieldPlan.Field[] listFields;
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

        void clear() {
            turn++;
            count = 0;
            rows.clear();
            listCount = 0;
        }

        void put(final int slot, final long value) {
            values[slot] = value;
            // a field may be told more than once; what is told last counts
            if (touchedIn[slot] != turn) {
                touchedIn[slot] = turn;
                touched[count++] = slot;
            }
        }

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
    }

    @Override
    public int add(final Records record, final RecordHead head, final Rows rows) {
        if (!cursor.wrap(record.buffer(), record.payloadOffset(), record.payloadLength())) {
            throw broken(record);
        }
        final int before = rows.count();
        levels[0].clear();
        putCommon(record, head, rows);
        level(0, record, rows);
        return rows.count() - before;
    }

    private static IllegalStateException broken(final Records record) {
        return new IllegalStateException("record " + record.sequence() + " is not what its checksum says");
    }

    private void putCommon(final Records record, final RecordHead head, final Rows rows) {
        final Level level = levels[0];
        level.put(common.sequence, record.sequence());
        level.put(common.receivedAt, record.receivedAtNs());
        if (head.sender() >= 0) {
            level.put(common.device, rows.buffer(common.device).texts().number(head.sender(), record.deviceId()));
        }
        if (common.number != NONE) {
            level.put(common.number, record.number());
            level.put(common.bootEpoch, record.bootEpoch());
            if (head.sentAtNs() != RecordHead.NONE) {
                level.put(common.sentAt, head.sentAtNs());
            }
        }
    }

    /** The message the cursor stands before, up to its limit. */
    private void level(final int depth, final Records record, final Rows rows) {
        final Level level = levels[depth];
        read(level.plan, level, record, rows);
        if (cursor.malformed()) {
            throw broken(record);
        }
        for (int i = 0; i < level.listCount; i++) {
            final FieldPlan.Field field = level.listFields[i];
            final JsonPlan.Member member = field.list();
            if (member != null) {
                final TextOut text = json.list(member, cursor, level.lists[i]);
                level.put(field.slot(), rows.buffer(field.slot()).texts().number(text.bytes(), text.size()));
            }
        }
        if (depth == levels.length - 1) {
            emit(rows);
            return;
        }
        for (int i = 0; i < level.rows.size(); i++) {
            final Level inner = levels[depth + 1];
            inner.clear();
            if (depth + 1 == levels.length - 1) {
                inner.put(item, i);
            }
            cursor.resume(level.rows.from(i), level.rows.to(i));
            level(depth + 1, record, rows);
        }
    }

    private void read(final FieldPlan plan, final Level level, final Records record, final Rows rows) {
        int tag;
        while ((tag = cursor.tag()) != 0) {
            final FieldPlan.Field field = plan.of(tag);
            if (field == null) {
                cursor.skip(tag);
                continue;
            }
            switch (field.op()) {
                case PLAIN -> level.put(field.slot(), cursor.varint());
                case ZIGZAG -> level.put(field.slot(), Wire.zigZag64(cursor.varint()));
                case FIXED32 -> level.put(field.slot(), cursor.fixed32());
                case FIXED64 -> level.put(field.slot(), cursor.fixed64());
                case TEXT -> {
                    final int length = cursor.bytes();
                    final int from = record.payloadOffset() + cursor.position() - length;
                    if (!cursor.malformed()) {
                        level.put(
                                field.slot(), rows.buffer(field.slot()).texts().number(record.buffer(), from, length));
                    }
                }
                case MESSAGE -> {
                    final FieldPlan inner = field.plan();
                    final int outer = cursor.enter();
                    if (inner != null) {
                        read(inner, level, record, rows);
                    }
                    cursor.leave(outer);
                }
                case ROWS -> {
                    final int length = cursor.bytes();
                    level.rows.add(cursor.position() - length, cursor.position());
                }
                case LIST -> list(field, tag, level);
            }
        }
    }

    private void list(final FieldPlan.Field field, final int tag, final Level level) {
        final boolean alone = tag == field.tag() && field.form() != WireForm.BYTES && field.form() != WireForm.MESSAGE;
        if (alone) {
            final int from = cursor.position();
            cursor.skip(tag);
            level.list(field, from, cursor.position());
        } else {
            final int length = cursor.bytes();
            level.list(field, cursor.position() - length, cursor.position());
        }
    }

    private void emit(final Rows rows) {
        final int row = rows.next();
        for (final Level level : levels) {
            for (int i = 0; i < level.count; i++) {
                final int slot = level.touched[i];
                rows.buffer(slot).put(row, level.values[slot]);
            }
        }
    }
}
