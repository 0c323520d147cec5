package io.luyun.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML strictly: what the defaults do not name is an error, so is a value of another type. Each error is one line
 * with the key, the value and what is allowed.
 */
final class ConfigTree {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());
    private static final Pattern SECRET = Pattern.compile("(?i)token|secret|passw|credential");

    private ConfigTree() {}

    /** Reads a text; an empty one is an empty mapping. */
    static ObjectNode parse(final String name, final String text) {
        final JsonNode root;
        try {
            root = YAML.readTree(text);
        } catch (final JsonProcessingException e) {
            final String where =
                    e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
            throw new ConfigException(name + where + ": " + firstLine(e.getOriginalMessage()), e);
        }
        if (root == null || root.isNull() || root.isMissingNode()) {
            return YAML.createObjectNode();
        }
        if (!(root instanceof final ObjectNode object)) {
            throw new ConfigException(name + ": must be a mapping of keys to values");
        }
        return object;
    }

    /** Puts the values of one tree over those of another, which names all keys there are. */
    static void override(final String path, final ObjectNode base, final ObjectNode over) {
        for (final Map.Entry<String, JsonNode> entry : over.properties()) {
            final String key = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            final JsonNode known = base.get(entry.getKey());
            final JsonNode value = entry.getValue();
            if (known == null) {
                throw new ConfigException(key + shown(entry.getKey(), value) + ": no such key; there are "
                        + String.join(", ", names(base)));
            }
            if (known instanceof final ObjectNode group) {
                if (value.isNull() || text(value).isEmpty()) {
                    continue;
                }
                if (!(value instanceof final ObjectNode values)) {
                    throw new ConfigException(
                            key + " = " + text(value) + ": must be a mapping of " + String.join(", ", names(group)));
                }
                override(key, group, values);
            } else {
                base.set(entry.getKey(), value);
            }
        }
    }

    /** Makes a record of a tree whose keys are the record's components. */
    static <T extends Record> T bind(final Class<T> type, final String path, final JsonNode node) {
        if (!(node instanceof final ObjectNode object)) {
            throw new ConfigException(path + " = " + text(node) + ": must be a mapping");
        }
        final RecordComponent[] components = type.getRecordComponents();
        final Class<?>[] types = new Class<?>[components.length];
        final Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            final String key = path.isEmpty() ? components[i].getName() : path + "." + components[i].getName();
            final JsonNode value = object.get(components[i].getName());
            if (value == null) {
                throw new ConfigException(key + ": is missing");
            }
            types[i] = components[i].getType();
            values[i] = value(components[i].getGenericType(), types[i], key, value);
        }
        for (final String name : names(object)) {
            if (List.of(components).stream()
                    .noneMatch(component -> component.getName().equals(name))) {
                throw new ConfigException(path + "." + name + " = " + text(object.get(name)) + ": no such key");
            }
        }
        try {
            final Constructor<T> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (final InvocationTargetException e) {
            if (e.getCause() instanceof final IllegalArgumentException refused) {
                throw new ConfigException(firstLine(refused.getMessage()), refused);
            }
            throw new IllegalStateException(path, e);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(path, e);
        }
    }

    private static Object value(final Type type, final Class<?> raw, final String key, final JsonNode node) {
        if (raw == int.class || raw == Integer.class) {
            check(node.isIntegralNumber() && node.canConvertToInt(), key, node, "must be a whole number");
            return node.intValue();
        }
        if (raw == long.class) {
            check(node.isIntegralNumber() && node.canConvertToLong(), key, node, "must be a whole number");
            return node.longValue();
        }
        if (raw == double.class) {
            check(node.isNumber(), key, node, "must be a number");
            return node.doubleValue();
        }
        if (raw == boolean.class) {
            check(node.isBoolean(), key, node, "must be true or false");
            return node.booleanValue();
        }
        if (raw == String.class) {
            check(node.isTextual(), key, node, "must be text; quote it");
            return node.textValue();
        }
        if (raw == List.class) {
            return list((Class<?>) ((ParameterizedType) type).getActualTypeArguments()[0], key, node);
        }
        if (raw.isRecord()) {
            return bind(raw.asSubclass(Record.class), key, node);
        }
        throw new IllegalStateException(key + ": no way to read a " + raw.getName());
    }

    private static List<Object> list(final Class<?> element, final String key, final JsonNode node) {
        check(node.isArray(), key, node, "must be a list");
        final List<Object> values = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            values.add(value(element, element, key + "[" + i + "]", node.get(i)));
        }
        return values;
    }

    private static void check(final boolean holds, final String key, final JsonNode node, final String rule) {
        if (!holds) {
            throw new ConfigException(key + " = " + text(node) + ": " + rule);
        }
    }

    private static List<String> names(final ObjectNode node) {
        final List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The value, unless the name says that it is a secret: somebody looks for the place to put it. */
    private static String shown(final String name, final JsonNode value) {
        return SECRET.matcher(name).find() ? "" : " = " + text(value);
    }

    private static String text(final JsonNode node) {
        return node.isTextual() ? node.textValue() : node.toString();
    }

    private static String firstLine(final @Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
