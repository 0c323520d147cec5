package io.luyun.proto.uper;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Facts about one generation of the schema, kept outside of this project: a JSON object of types by name.
 *
 * <pre>
 *   "Speed":      {"integer": [0, 8191]}              {"bits": [13, 13], "names": {"0": …}}
 *   "LightState": {"enumerated": [["dark", 1], …]}    {"octets": [8, 8]}  {"ia5": [1, 63]}
 *   "Node":       {"sequence": [["name", TYPE, "optional"], …], "extensions": [ … ]}
 *   "NodeList":   {"sequenceOf": TYPE, "size": [1, 63]}   size null: no largest
 *   "ReqInfo":    {"choice": [["laneChange", TYPE], …]}
 * </pre>
 *
 * Each may have {@code "extensible": true}; TYPE is a name, {@code "BOOLEAN"} or such an object.
 */
record SchemaFacts(Map<String, Object> types) {
    static SchemaFacts read(Path file) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            return new SchemaFacts(map(value(parser, parser.nextToken())));
        }
    }

    private static Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> elements(parser);
            case VALUE_NUMBER_INT -> parser.getLongValue();
            default -> parser.getText();
        };
    }

    private static Map<String, Object> members(JsonParser parser) throws IOException {
        final Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            members.put(parser.currentName(), value(parser, parser.nextToken()));
        }
        return members;
    }

    private static List<Object> elements(JsonParser parser) throws IOException {
        final List<Object> elements = new ArrayList<>();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            elements.add(value(parser, next));
        }
        return elements;
    }

    /** What is known of a type that is named or written out. */
    Map<String, Object> type(Object reference) {
        if (reference.equals("BOOLEAN")) {
            return Map.of("integer", List.of(0L, 1L));
        }
        return map(reference instanceof String ? types.get(reference) : reference);
    }

    static boolean isExtensible(Map<String, Object> type) {
        return type.get("extensible") != null;
    }

    /** Least and most; null when there is no most. */
    static long[] range(Object bounds) {
        if (!(bounds instanceof List<?> list)) {
            return null;
        }
        return new long[] {(Long) list.get(0), (Long) list.get(1)};
    }

    /** Components, alternatives or names with numbers, each a list. */
    @SuppressWarnings("unchecked")
    static List<List<Object>> rows(Object rows) {
        return rows == null ? List.of() : (List<List<Object>>) rows;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object object) {
        return (Map<String, Object>) object;
    }
}
