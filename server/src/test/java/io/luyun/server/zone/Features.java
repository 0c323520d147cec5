package io.luyun.server.zone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Finds features in a zone file. */
final class Features {
    private Features() {}

    /** All features of a kind. */
    static List<JsonNode> all(final JsonNode zone, final String kind) {
        final List<JsonNode> found = new ArrayList<>();
        for (final JsonNode feature : zone.path("features")) {
            if (feature.path("properties").path("kind").asText().equals(kind)) {
                found.add(feature);
            }
        }
        return found;
    }

    static JsonNode one(final JsonNode zone, final String kind, final String member, final String value) {
        return all(zone, kind).stream()
                .filter(feature ->
                        feature.path("properties").path(member).asText().equals(value))
                .findFirst()
                .orElseThrow();
    }

    static JsonNode movement(final JsonNode zone, final String from, final String to) {
        final int fromId = one(zone, "link", "source", from)
                .path("properties")
                .path("linkId")
                .asInt();
        final int toId = one(zone, "link", "source", to)
                .path("properties")
                .path("linkId")
                .asInt();
        return all(zone, "movement").stream()
                .filter(feature -> feature.path("properties").path("fromLink").asInt() == fromId
                        && feature.path("properties").path("toLink").asInt() == toId)
                .findFirst()
                .orElseThrow();
    }
}
