package io.luyun.simulator.stage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An object of a scenario file, read strictly: what was not asked for is an error. Errors name file, key, value and rule. */
public final class Fields {
    private final String file;
    private final String path;
    private final JsonNode node;
    private final Map<String, Double> parameters;
    private final Set<String> asked = new LinkedHashSet<>();

    /** The top of a file. */
    Fields(final String file, final JsonNode node) {
        this(file, "", node, Map.of());
    }

    private Fields(final String file, final String path, final JsonNode node, final Map<String, Double> parameters) {
        this.file = file;
        this.path = path;
        this.node = node;
        this.parameters = parameters;
        if (!node.isObject()) {
            throw error("", node.toString(), "must be an object with keys");
        }
    }

    /** The same, whose formulas may use these parameters. */
    Fields with(final Map<String, Double> known) {
        final Fields same = new Fields(file, path, node, known);
        same.asked.addAll(asked);
        return same;
    }

    /** Whether a key is there. */
    public boolean has(final String key) {
        asked.add(key);
        return node.hasNonNull(key);
    }

    /** A text that has to be there. */
    public String text(final String key) {
        return value(key).asText();
    }

    /** A text. */
    public String text(final String key, final String absent) {
        return has(key) ? text(key) : absent;
    }

    /** A plain number within bounds. */
    public double number(final String key, final double min, final double max) {
        final JsonNode value = value(key);
        if (!value.isNumber() || !(value.asDouble() >= min && value.asDouble() <= max)) {
            throw error(key, value.asText(), "must be a number in " + min + ".." + max);
        }
        return value.asDouble();
    }

    /** A plain number within bounds, or what holds without it. */
    public double number(final String key, final double absent, final double min, final double max) {
        return has(key) ? number(key, min, max) : absent;
    }

    /** A whole number within bounds, or what holds without it. */
    public int whole(final String key, final int absent, final int min, final int max) {
        if (!has(key)) {
            return absent;
        }
        final JsonNode value = value(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            throw error(key, value.asText(), "must be a whole number in " + min + ".." + max);
        }
        return value.intValue();
    }

    /** A flag; false without it. */
    public boolean flag(final String key) {
        if (!has(key)) {
            return false;
        }
        final JsonNode value = value(key);
        if (!value.isBoolean()) {
            throw error(key, value.asText(), "must be true or false");
        }
        return value.asBoolean();
    }

    /** Arithmetic over the parameters. */
    public Formula formula(final String key) {
        return formula(key, value(key));
    }

    /** Arithmetic over the parameters, or what holds without it. */
    public Formula formula(final String key, final double absent) {
        return has(key) ? formula(key) : new Formula(Double.toString(absent));
    }

    private Formula formula(final String key, final JsonNode value) {
        if (!value.isValueNode()) {
            throw error(key, value.toString(), "must be a number or arithmetic over " + parameters.keySet());
        }
        final Formula formula = new Formula(value.asText());
        try {
            formula.value(parameters);
        } catch (final IllegalArgumentException e) {
            throw error(key, value.asText(), String.valueOf(e.getMessage()));
        }
        return formula;
    }

    /** A list of formulas with that many entries. */
    public List<Formula> formulas(final String key, final int size) {
        final JsonNode list = value(key);
        if (!list.isArray() || list.size() != size) {
            throw error(key, list.toString(), "must be a list of " + size + " numbers");
        }
        final List<Formula> formulas = new ArrayList<>();
        for (final JsonNode entry : list) {
            formulas.add(formula(key, entry));
        }
        return formulas;
    }

    /** A list of formulas. */
    public List<Formula> numbers(final String key) {
        final List<Formula> formulas = new ArrayList<>();
        array(key).forEach(entry -> formulas.add(formula(key, entry)));
        return formulas;
    }

    /** Pairs of formulas; empty without the key. */
    public List<List<Formula>> points(final String key) {
        final List<List<Formula>> points = new ArrayList<>();
        for (final JsonNode point : has(key) ? array(key) : List.<JsonNode>of()) {
            if (!point.isArray() || point.size() != 2) {
                throw error(key, point.toString(), "must be pairs of numbers, metres east and north");
            }
            points.add(List.of(formula(key, point.get(0)), formula(key, point.get(1))));
        }
        return points;
    }

    /** Texts; empty without the key. */
    public List<String> texts(final String key) {
        final List<String> texts = new ArrayList<>();
        for (final JsonNode entry : has(key) ? array(key) : List.<JsonNode>of()) {
            texts.add(entry.asText());
        }
        return texts;
    }

    /** One of an enumeration, written in small letters with hyphens. */
    public <E extends Enum<E>> E word(final String key, final Class<E> type) {
        return word(key, text(key), type);
    }

    /** One of an enumeration out of a list of that key. */
    public <E extends Enum<E>> E word(final String key, final String text, final Class<E> type) {
        final List<String> words = new ArrayList<>();
        for (final E constant : type.getEnumConstants()) {
            final String word = word(constant);
            if (word.equals(text)) {
                return constant;
            }
            words.add(word);
        }
        throw error(key, text, "must be one of " + String.join(", ", words));
    }

    /** One of an enumeration, or what holds without it. */
    public <E extends Enum<E>> E word(final String key, final E absent) {
        return has(key) ? word(key, absent.getDeclaringClass()) : absent;
    }

    static String word(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** An object that has to be there. */
    public Fields object(final String key) {
        return new Fields(file, path(key), value(key), parameters);
    }

    /** Objects; empty without the key. */
    public List<Fields> objects(final String key) {
        final List<Fields> objects = new ArrayList<>();
        int index = 0;
        for (final JsonNode entry : has(key) ? array(key) : List.<JsonNode>of()) {
            objects.add(new Fields(file, path(key) + "[" + index++ + "]", entry, parameters));
        }
        return objects;
    }

    /** The keys that are there. */
    public Set<String> keys() {
        final Set<String> keys = new LinkedHashSet<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** Nothing else may be there. */
    public void end() {
        for (final String key : keys()) {
            if (!asked.contains(key)) {
                throw error(key, String.valueOf(node.get(key)), "is not a key here; there are " + asked);
            }
        }
    }

    /** An error of this object's key. */
    public IllegalArgumentException error(final String key, final String value, final String rule) {
        return new IllegalArgumentException(file + ": " + path(key) + " = " + value + ": " + rule);
    }

    private JsonNode value(final String key) {
        asked.add(key);
        final JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            throw error(key, "(absent)", "must be there");
        }
        return value;
    }

    private List<JsonNode> array(final String key) {
        final JsonNode value = value(key);
        if (!value.isArray()) {
            throw error(key, value.toString(), "must be a list");
        }
        final List<JsonNode> entries = new ArrayList<>();
        value.forEach(entries::add);
        return entries;
    }

    private String path(final String key) {
        return path.isEmpty() ? key : key.isEmpty() ? path : path + "." + key;
    }
}
