package io.luyun.server.exchange.table;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.luyun.proto.v1.Options;
import io.luyun.server.exchange.table.Column.Form;
import io.luyun.server.exchange.table.FieldPlan.Op;
import io.luyun.server.exchange.table.TableSchema.Kept;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes columns of the fields of messages, and the plans by which the fields get there. A field that is a quantity has two: in SI, and
 * as the standard's integer. Used once for each table.
 */
final class TableCompiler {
    private static final String INSTANT = "ns since 1970 UTC";

    private final Set<FieldDescriptor> withOwnTables;
    private final List<Column> columns = new ArrayList<>();
    private final List<Kept> buffers = new ArrayList<>();

    /** @param withOwnTables repeated fields that are not written as JSON, since their elements are rows of tables */
    TableCompiler(final Set<FieldDescriptor> withOwnTables) {
        this.withOwnTables = withOwnTables;
    }

    TableSchema schema(final String name, final String row) {
        return new TableSchema(name, row, columns, buffers);
    }

    /** How many places for integers there are. */
    int slots() {
        return buffers.size();
    }

    /** Adds a column that no field of a message is; answers where its integers go. */
    int column(
            final String name,
            final Form form,
            final SiScale scale,
            final @Nullable Names names,
            final String field,
            final String unit) {
        return add(name, buffer(kept(form)), form, scale, names, field, unit, "");
    }

    /** Adds a column of a quantity of 32 bits; answers where its integers go. */
    int quantity(final String name, final SiScale scale, final String field) {
        return add(name, buffer(Kept.NARROW), Form.DOUBLE, scale, null, field, scale.unit(), "");
    }

    private int add(
            final String name,
            final int buffer,
            final Form form,
            final SiScale scale,
            final @Nullable Names names,
            final String field,
            final String unit,
            final String standard) {
        columns.add(new Column(name, buffer, form, scale, names, field, unit, standard));
        return buffer;
    }

    private int buffer(final Kept kept) {
        buffers.add(kept);
        return buffers.size() - 1;
    }

    private static Kept kept(final Form form) {
        return switch (form) {
            case TEXT, HEX -> Kept.TEXTS;
            case INTEGER, BOOLEAN, NAME -> Kept.NARROW;
            case BIGINT, TIMESTAMP, DOUBLE -> Kept.WIDE;
        };
    }

    /**
     * Adds the columns of a message.
     *
     * @param prefix what their names begin with
     * @param path where the message stands in its record; empty or with a point at its end
     * @param rows the repeated field in it whose elements have rows; null for none
     */
    FieldPlan plan(
            final Descriptor type, final String prefix, final String path, final @Nullable FieldDescriptor rows) {
        final FieldPlan plan = new FieldPlan(lastNumber(type));
        for (final FieldDescriptor field : type.getFields()) {
            final WireForm form = WireForm.of(field);
            final String name = FieldNames.join(prefix, FieldNames.part(field));
            if (field.equals(rows)) {
                plan.put(new FieldPlan.Field(
                        field.getNumber(), Op.ROWS, form, form.tag(field), form.tag(field), 0, null, null));
            } else if (field.isRepeated()) {
                if (!withOwnTables.contains(field)) {
                    plan.put(list(field, form, name, path + field.getName()));
                }
            } else if (form == WireForm.MESSAGE) {
                final FieldPlan inner = plan(field.getMessageType(), name, path + field.getName() + ".", rows);
                plan.put(new FieldPlan.Field(
                        field.getNumber(), Op.MESSAGE, form, form.tag(field), form.tag(field), 0, inner, null));
            } else {
                plan.put(new FieldPlan.Field(
                        field.getNumber(),
                        op(form),
                        form,
                        form.tag(field),
                        form.tag(field),
                        scalar(field, name, path + field.getName()),
                        null,
                        null));
            }
        }
        return plan;
    }

    private static Op op(final WireForm form) {
        return switch (form) {
            case PLAIN -> Op.PLAIN;
            case ZIGZAG -> Op.ZIGZAG;
            case FIXED32 -> Op.FIXED32;
            case FIXED64 -> Op.FIXED64;
            case BYTES -> Op.TEXT;
            case MESSAGE -> Op.MESSAGE;
        };
    }

    private FieldPlan.Field list(
            final FieldDescriptor field, final WireForm form, final String name, final String path) {
        final int slot = buffer(Kept.TEXTS);
        add(name, slot, Form.TEXT, SiScale.NONE, null, path, "JSON", FieldNames.standard(field));
        final int packed = packedTag(field);
        return new FieldPlan.Field(
                field.getNumber(), Op.LIST, form, form.tag(field), packed, slot, null, member(field, ""));
    }

    private static int packedTag(final FieldDescriptor field) {
        return field.isPackable() ? WireForm.BYTES.tag(field) : 0;
    }

    private static int lastNumber(final Descriptor type) {
        return type.getFields().stream()
                .mapToInt(FieldDescriptor::getNumber)
                .max()
                .orElse(0);
    }

    /** Adds the column, or the two columns, of a field. */
    private int scalar(final FieldDescriptor field, final String name, final String path) {
        final Form form = form(field);
        final SiScale scale = SiScale.of(FieldNames.unit(field));
        final String standard = FieldNames.standard(field);
        final String unit = FieldNames.unit(field);
        final int slot = buffer(kept(form));
        if (form == Form.TIMESTAMP) {
            add(FieldNames.instant(name), slot, form, SiScale.NONE, null, path, "", standard);
        } else if (form == Form.NAME) {
            add(name, slot, form, SiScale.NONE, Names.of(field.getEnumType()), path, "", standard);
        } else if (scale != null && (form == Form.INTEGER || form == Form.BIGINT)) {
            add(FieldNames.si(name, scale), slot, Form.DOUBLE, scale, null, path, scale.unit(), standard);
            add(FieldNames.raw(name), slot, form, SiScale.NONE, null, path, unit, standard);
        } else {
            add(name, slot, form, SiScale.NONE, null, path, unit, standard);
        }
        return slot;
    }

    private static Form form(final FieldDescriptor field) {
        return switch (field.getType()) {
            case ENUM -> Form.NAME;
            case BOOL -> Form.BOOLEAN;
            case STRING -> Form.TEXT;
            case BYTES -> Form.HEX;
            case SINT32, SFIXED32 -> Form.INTEGER;
            // an unsigned number of 32 bits has place in an INTEGER when its rule says so
            case UINT32 -> narrow(field) ? Form.INTEGER : Form.BIGINT;
            default -> FieldNames.unit(field).equals(INSTANT) ? Form.TIMESTAMP : Form.BIGINT;
        };
    }

    private static boolean narrow(final FieldDescriptor field) {
        final var rule = field.getOptions().getExtension(Options.rule);
        return rule.hasMax() && rule.getMax() <= Integer.MAX_VALUE;
    }

    /** How a field stands in JSON. */
    private JsonPlan.Member member(final FieldDescriptor field, final String prefix) {
        final WireForm wire = WireForm.of(field);
        final String name = FieldNames.join(prefix, FieldNames.part(field));
        final boolean flat = wire == WireForm.MESSAGE && !field.isRepeated();
        final JsonPlan plan = wire == WireForm.MESSAGE ? json(field.getMessageType(), flat ? name : "") : null;
        final Form form = wire == WireForm.MESSAGE ? Form.TEXT : form(field);
        final SiScale scale = SiScale.of(FieldNames.unit(field));
        final boolean quantity = scale != null && (form == Form.INTEGER || form == Form.BIGINT);
        final String key = quantity ? FieldNames.si(name, scale) : name;
        return new JsonPlan.Member(
                field.getNumber(),
                flat ? "" : "\"" + key + "\":",
                wire,
                wire.tag(field),
                field.isRepeated() ? packedTag(field) : 0,
                field.isRepeated(),
                new Column(
                        key,
                        0,
                        quantity ? Form.DOUBLE : form,
                        quantity ? scale : SiScale.NONE,
                        form == Form.NAME ? Names.of(field.getEnumType()) : null,
                        "",
                        "",
                        ""),
                plan);
    }

    private JsonPlan json(final Descriptor type, final String prefix) {
        final JsonPlan plan = new JsonPlan(type, lastNumber(type));
        for (final FieldDescriptor field : type.getFields()) {
            plan.put(member(field, prefix));
        }
        return plan;
    }
}
