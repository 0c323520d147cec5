package io.luyun.server.exchange.table;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.luyun.server.exchange.table.Column.Form;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a table are made of. Immutable.
 *
 * @param row what one is, for people
 * @param kind number of RecordKind of the records
 * @param levels from the message to the elements that are rows
 */
record Definition(String name, String row, int kind, List<Level> levels) {
    /** What the records of messages have, and those that are none. */
    private static final int CONTROL_KINDS = 64;

    private static final int NONE = -1;

    /**
     * Messages within messages.
     *
     * @param prefix what names of columns begin with
     * @param list the repeated field they stand in; null for the message itself
     */
    record Level(String prefix, Descriptor type, @Nullable FieldDescriptor list) {}

    /** The table of a message, a row each. */
    static Definition of(final String name, final String row, final int kind, final Descriptor message) {
        return new Definition(name, row, kind, List.of(new Level("", message, null)));
    }

    /** The table of elements of a message whose own columns begin with a prefix. */
    static Definition within(
            final String name, final String row, final int kind, final String prefix, final Descriptor message) {
        return new Definition(name, row, kind, List.of(new Level(prefix, message, null)));
    }

    /** The same, one level further in: the elements of this field, which may stand in messages on the way. */
    Definition each(final String prefix, final String... path) {
        final List<Level> more = new ArrayList<>(levels);
        Descriptor type = levels.getLast().type;
        FieldDescriptor field = null;
        for (final String part : path) {
            field = type.findFieldByName(part);
            if (field == null) {
                throw new IllegalArgumentException(type.getFullName() + " has no " + part);
            }
            type = field.getMessageType();
        }
        more.add(new Level(prefix, type, field));
        return new Definition(name, row, kind, more);
    }

    /** The repeated fields whose elements have rows. */
    Set<FieldDescriptor> lists() {
        final Set<FieldDescriptor> lists = new HashSet<>();
        for (final Level level : levels) {
            if (level.list != null) {
                lists.add(level.list);
            }
        }
        return lists;
    }

    /** A table whose rows are made by a plan. */
    Table table(final Set<FieldDescriptor> withOwnTables) {
        final TableCompiler columns = new TableCompiler(withOwnTables);
        final MessageRows rows = rows(columns);
        return new Table(columns.schema(name, row), Set.of(kind), rows);
    }

    /** Makes the columns, and what fills them. */
    MessageRows rows(final TableCompiler columns) {
        final MessageRows.Common common = common(columns);
        int item = NONE;
        final List<FieldPlan> plans = new ArrayList<>();
        String path = "";
        for (int i = 0; i < levels.size(); i++) {
            final Level level = levels.get(i);
            path += level.list == null ? "" : level.list.getName() + ".";
            if (i > 0 && i == levels.size() - 1) {
                item = columns.column("item", Form.INTEGER, SiScale.NONE, null, "place in the list, from 0", "");
            }
            final FieldDescriptor next = i + 1 < levels.size() ? levels.get(i + 1).list : null;
            plans.add(columns.plan(level.type, level.prefix, path, next));
        }
        return new MessageRows(plans, columns.slots(), common, item);
    }

    private MessageRows.Common common(final TableCompiler columns) {
        final int sequence = columns.column("sequence", Form.BIGINT, SiScale.NONE, null, Tables.SEQUENCE, "");
        final int received = columns.column("received_at", Form.TIMESTAMP, SiScale.NONE, null, Tables.RECEIVED_AT, "");
        if (kind >= CONTROL_KINDS) {
            final int device = columns.column("device", Form.TEXT, SiScale.NONE, null, Tables.DEVICE, "");
            return new MessageRows.Common(sequence, received, device, NONE, NONE, NONE);
        }
        return new MessageRows.Common(
                sequence,
                received,
                columns.column("device", Form.TEXT, SiScale.NONE, null, Tables.DEVICE, ""),
                columns.column("number", Form.BIGINT, SiScale.NONE, null, Tables.NUMBER, ""),
                columns.column("boot_epoch", Form.BIGINT, SiScale.NONE, null, Tables.BOOT_EPOCH, ""),
                columns.column("sent_at", Form.TIMESTAMP, SiScale.NONE, null, Tables.SENT_AT, ""));
    }
}
