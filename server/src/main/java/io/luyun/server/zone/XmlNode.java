package io.luyun.server.zone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An element with what is in it, and the readings of its attributes; errors say where it stands. */
final class XmlNode {
    /** Elements of other formats say by these which of them is meant. */
    private static final List<String> NAMING = List.of("id", "from", "to", "fromLane", "toLane", "s");

    final String file;
    final int line;
    final String name;
    final Map<String, String> attributes = new LinkedHashMap<>();
    final List<XmlNode> children = new ArrayList<>();
    String content = "";

    XmlNode(final String file, final int line, final String name) {
        this.file = file;
        this.line = line;
        this.name = name;
    }

    List<XmlNode> children(final String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).toList();
    }

    /** The first child of a name, or null. */
    @Nullable
    XmlNode child(final String wanted) {
        for (final XmlNode child : children) {
            if (child.name.equals(wanted)) {
                return child;
            }
        }
        return null;
    }

    /** The children of the first child of a name; none without it. */
    List<XmlNode> grandchildren(final String wanted, final String ofThem) {
        final XmlNode child = child(wanted);
        return child == null ? List.of() : child.children(ofThem);
    }

    boolean has(final String attribute) {
        return attributes.containsKey(attribute);
    }

    String text(final String attribute) throws ImportException {
        final String value = attributes.get(attribute);
        if (value == null) {
            throw fail(attribute + " is missing");
        }
        return value;
    }

    String text(final String attribute, final String otherwise) {
        return attributes.getOrDefault(attribute, otherwise);
    }

    double number(final String attribute) throws ImportException {
        return number(attribute, text(attribute));
    }

    double number(final String attribute, final double otherwise) throws ImportException {
        return has(attribute) ? number(attribute) : otherwise;
    }

    /** A number of at least and at most so much. */
    double number(final String attribute, final double least, final double most) throws ImportException {
        final double value = number(attribute);
        if (!(value >= least && value <= most)) {
            throw fail(attribute, "must be " + plain(least) + " to " + plain(most));
        }
        return value;
    }

    int whole(final String attribute, final int least, final int most) throws ImportException {
        final double value = number(attribute, least, most);
        if (value != Math.rint(value)) {
            throw fail(attribute, "must be a whole number");
        }
        return (int) value;
    }

    /** Reads a part of an attribute as a number. */
    double number(final String attribute, final String part) throws ImportException {
        try {
            final double value = Double.parseDouble(part);
            if (Math.abs(value) <= 1e9) {
                return value;
            }
        } catch (final NumberFormatException e) {
            throw new ImportException(where() + said(attribute) + "must be a number", e);
        }
        throw fail(attribute, "must be a number of at most 1e9");
    }

    ImportException fail(final String attribute, final String rule) {
        return fail(said(attribute) + rule);
    }

    ImportException fail(final String finding) {
        return new ImportException(where() + finding);
    }

    private String said(final String attribute) {
        return attribute + " \"" + shortened(text(attribute, "")) + "\" ";
    }

    private String where() {
        final StringBuilder text = new StringBuilder(80);
        text.append(file).append(':').append(line).append(": <").append(name);
        for (final String key : NAMING) {
            if (has(key)) {
                text.append(' ')
                        .append(key)
                        .append("=\"")
                        .append(shortened(text(key, "")))
                        .append('"');
            }
        }
        return text.append(">: ").toString();
    }

    static String shortened(final String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    private static String plain(final double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
