package io.luyun.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.proto.codec.Violation;
import io.luyun.proto.explain.ExplainedField;
import io.luyun.proto.explain.ExplainedField.Part;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An explanation as a table for people, and as JSON. */
final class ExplainText {
    private static final int LONGEST_VALUE = 40;
    private static final String[] HEAD = {"bit", "bits", "field", "raw", "value", "meaning"};
    private static final int NUMBERS = 2;

    private ExplainText() {}

    /**
     * Lines of a table.
     *
     * @param valuesOnly without presence, lengths and padding
     */
    static List<String> table(final Explanation explanation, final boolean valuesOnly) {
        final List<String[]> rows = new ArrayList<>();
        rows.add(HEAD);
        for (final ExplainedField field : explanation.fields()) {
            if (!valuesOnly || isValue(field.part())) {
                rows.add(row(field));
            }
        }
        final int[] widths = new int[HEAD.length];
        for (final String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static boolean isValue(final Part part) {
        return switch (part) {
            case VALUE, EXTENSION, UNREAD, DERIVED -> true;
            case PRESENCE, INDEX, LENGTH, PADDING -> false;
        };
    }

    private static String[] row(final ExplainedField field) {
        final BigDecimal physical = field.physical();
        final String unit = field.scale().unit();
        final String value = physical != null
                ? physical.toPlainString() + ' ' + unit
                : field.number() != null && !field.absent() ? unit : "";
        return new String[] {
            field.part() == Part.DERIVED ? "" : Integer.toString(field.bit()),
            field.part() == Part.DERIVED ? "" : Integer.toString(field.bits()),
            field.path(),
            shown(field.raw()),
            value,
            meaning(field)
        };
    }

    private static String meaning(final ExplainedField field) {
        final String prefix = field.part() == Part.VALUE
                ? ""
                : field.part().name().toLowerCase(Locale.ROOT)
                        + (field.meaning().isEmpty() ? "" : ": ");
        return printable(prefix + field.meaning());
    }

    private static String line(final String[] row, final int[] widths) {
        final StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            final String gap = " ".repeat(widths[i] - row[i].length());
            line.append(i < NUMBERS ? gap + row[i] : row[i] + gap).append("  ");
        }
        return line.toString().stripTrailing();
    }

    /** Long octets are cut; JSON has all of them. */
    private static String shown(final String raw) {
        final String text = printable(raw);
        return text.length() <= LONGEST_VALUE
                ? text
                : text.substring(0, LONGEST_VALUE) + "… (" + text.length() + " characters)";
    }

    /** What comes from outside may hold anything; a terminal is not to act on it. */
    private static String printable(final String text) {
        final StringBuilder out = new StringBuilder(text.length());
        text.chars()
                .forEach(c -> out.append(
                        Character.isISOControl(c) ? String.format(Locale.ROOT, "\\x%02x", c) : Character.toString(c)));
        return out.toString();
    }

    /** {@code refused: field = value: rule}. */
    static String refusal(final Violation violation) {
        return printable("refused: " + violation.field() + " = " + violation.value() + ": " + violation.rule());
    }

    /** One object. */
    static ObjectNode json(final List<Explanation> explanations, final int bytes) {
        final Explanation first = explanations.getFirst();
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("form", first.form().name().toLowerCase(Locale.ROOT));
        node.put("message", first.what());
        node.put("dialect", first.dialect());
        node.put("bytes", bytes);
        final ArrayNode also = node.putArray("fitsAlso");
        explanations.stream().skip(1).map(Explanation::name).forEach(also::add);
        node.set("violation", violation(first.violation()));
        final ArrayNode fields = node.putArray("fields");
        first.fields().forEach(field -> fields.add(object(field)));
        return node;
    }

    private static com.fasterxml.jackson.databind.JsonNode violation(final @Nullable Violation violation) {
        if (violation == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("code", violation.code().name().replace("ERROR_CODE_", ""))
                .put("field", violation.field())
                .put("value", violation.value())
                .put("rule", violation.rule());
    }

    private static ObjectNode object(final ExplainedField field) {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("part", field.part().name().toLowerCase(Locale.ROOT));
        node.put("path", field.path());
        node.put("type", field.type());
        node.put("bit", field.bit());
        node.put("bits", field.bits());
        if (field.number() != null) {
            node.put("raw", field.number());
        } else {
            node.put("raw", field.raw());
        }
        if (!field.scale().resolution().isEmpty()) {
            node.put("resolution", field.scale().resolution());
        }
        if (!field.scale().unit().isEmpty()) {
            node.put("unit", field.scale().unit());
        }
        final BigDecimal physical = field.physical();
        if (physical != null) {
            node.put("value", physical);
        }
        if (field.absent()) {
            node.put("absent", true);
        }
        if (!field.meaning().isEmpty()) {
            node.put("meaning", field.meaning());
        }
        return node;
    }
}
