package io.luyun.proto.codec;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import io.luyun.proto.v1.Options;
import io.luyun.proto.v1.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The schema as lines of text, one a field or enum constant, and the comparison of two of them.
 *
 * <pre>
 *   luyun.v1.Bsm 9 | name=speed | type=uint32 | … | min=0 | max=8190 | … | unit=0.02 m/s
 *   what  number     what must stay                rules, which may only widen
 * </pre>
 */
final class SchemaSnapshot {
    private static final List<String> FIXED = List.of("name", "type", "repeated", "oneof", "unit");

    private SchemaSnapshot() {}

    /** By "type number", in order. */
    static Map<String, Map<String, String>> of(FileDescriptorSet files) {
        final Map<String, Map<String, String>> lines = new TreeMap<>();
        for (final FileDescriptorProto file : files.getFileList()) {
            if ("luyun.v1".equals(file.getPackage())) {
                file.getMessageTypeList().forEach(type -> add(lines, file.getPackage() + '.', type));
                file.getEnumTypeList().forEach(type -> add(lines, file.getPackage() + '.', type));
            }
        }
        return lines;
    }

    private static void add(Map<String, Map<String, String>> lines, String prefix, DescriptorProto type) {
        final String name = prefix + type.getName();
        lines.put(key(name, 0), Map.of("name", "message"));
        for (final FieldDescriptorProto field : type.getFieldList()) {
            final Map<String, String> line = new TreeMap<>();
            line.put("name", field.getName());
            line.put(
                    "type",
                    field.getTypeName().isEmpty()
                            ? field.getType().name().substring("TYPE_".length()).toLowerCase(java.util.Locale.ROOT)
                            : field.getTypeName());
            line.put("repeated", Boolean.toString(field.getLabel() == FieldDescriptorProto.Label.LABEL_REPEATED));
            if (field.hasOneofIndex() && !field.getProto3Optional()) {
                line.put("oneof", type.getOneofDecl(field.getOneofIndex()).getName());
            }
            addRule(line, field.getOptions().getExtension(Options.rule));
            lines.put(key(name, field.getNumber()), line);
        }
        type.getReservedRangeList().forEach(range -> {
            for (int number = range.getStart(); number < range.getEnd(); number++) {
                lines.put(key(name, number), Map.of("name", "(reserved)"));
            }
        });
        type.getNestedTypeList().forEach(nested -> add(lines, name + '.', nested));
        type.getEnumTypeList().forEach(nested -> add(lines, name + '.', nested));
    }

    private static void addRule(Map<String, String> line, Rule rule) {
        if (rule.getRequired()) {
            line.put("required", "true");
        }
        if (rule.hasMin()) {
            line.put("min", Long.toString(rule.getMin()));
        }
        if (rule.hasMax()) {
            line.put("max", Long.toString(rule.getMax()));
        }
        if (rule.getMinSize() > 0) {
            line.put("min_size", Integer.toString(rule.getMinSize()));
        }
        if (rule.hasMaxSize()) {
            line.put("max_size", Integer.toString(rule.getMaxSize()));
        }
        if (rule.hasUnit()) {
            line.put("unit", rule.getUnit());
        }
    }

    private static void add(Map<String, Map<String, String>> lines, String prefix, EnumDescriptorProto type) {
        type.getValueList()
                .forEach(value ->
                        lines.put(key(prefix + type.getName(), value.getNumber()), Map.of("name", value.getName())));
    }

    private static String key(String type, int number) {
        return "%s %03d".formatted(type, number);
    }

    static String write(Map<String, Map<String, String>> lines) {
        final StringBuilder text = new StringBuilder();
        lines.forEach((key, line) -> {
            text.append(key);
            line.forEach(
                    (name, value) -> text.append(" | ").append(name).append('=').append(value));
            text.append('\n');
        });
        return text.toString();
    }

    static Map<String, Map<String, String>> read(String text) {
        final Map<String, Map<String, String>> lines = new TreeMap<>();
        for (final String row : text.split("\n")) {
            final String[] parts = row.split(" \\| ");
            final Map<String, String> line = new TreeMap<>();
            for (int i = 1; i < parts.length; i++) {
                final int equals = parts[i].indexOf('=');
                line.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
            }
            lines.put(parts[0], line);
        }
        return lines;
    }

    /** What a peer that knows only {@code old} would trip over; empty when {@code now} only extends it. */
    static List<String> breaks(Map<String, Map<String, String>> old, Map<String, Map<String, String>> now) {
        final List<String> breaks = new ArrayList<>();
        old.forEach((key, before) -> {
            final Map<String, String> after = now.get(key);
            if (after == null) {
                breaks.add(key + " (" + before.get("name") + ") is gone");
                return;
            }
            for (final String name : FIXED) {
                if (!Objects.equals(before.get(name), after.get(name))) {
                    breaks.add("%s: %s was %s and is %s".formatted(key, name, before.get(name), after.get(name)));
                }
            }
            if (after.containsKey("required") && !before.containsKey("required")) {
                breaks.add(key + " has become required");
            }
            checkBound(breaks, key, "min", before, after, -1);
            checkBound(breaks, key, "max", before, after, 1);
            checkBound(breaks, key, "min_size", before, after, -1);
            checkBound(breaks, key, "max_size", before, after, 1);
        });
        now.forEach((key, line) -> {
            final boolean newFieldOfOldType =
                    !old.containsKey(key) && old.containsKey(key.substring(0, key.length() - 3) + "000");
            if (newFieldOfOldType && line.containsKey("required")) {
                breaks.add(key + " is new and required; older devices do not send it");
            }
        });
        return breaks;
    }

    private static void checkBound(
            List<String> breaks,
            String key,
            String name,
            Map<String, String> before,
            Map<String, String> after,
            int wider) {
        final String now = after.get(name);
        if (now == null) {
            return;
        }
        final String then = before.get(name);
        if (then == null || Long.signum(Long.parseLong(now) - Long.parseLong(then)) == -wider) {
            breaks.add("%s: %s has narrowed from %s to %s".formatted(key, name, then, now));
        }
    }
}
