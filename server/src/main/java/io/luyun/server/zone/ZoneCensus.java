package io.luyun.server.zone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts what is in a zone file, and finds what refers to something that is not there. */
public final class ZoneCensus {
    private final Map<String, Integer> kinds = new HashMap<>();
    private final Map<Long, JsonNode> nodes = new HashMap<>();
    private final Map<Long, JsonNode> links = new HashMap<>();
    private final List<String> findings = new ArrayList<>();
    private final Set<Long> left = new HashSet<>();
    private int lanes;
    private int signalised;
    private int programs;

    private ZoneCensus() {}

    /** Takes the census of a zone file, which must be a collection of features. */
    public static ZoneCensus of(final JsonNode zone) {
        final ZoneCensus census = new ZoneCensus();
        zone.path("features").forEach(feature -> census.count(feature.path("properties")));
        zone.path("features").forEach(feature -> census.check(feature.path("properties")));
        return census;
    }

    private void count(final JsonNode properties) {
        final String kind = properties.path("kind").asText();
        kinds.merge(kind, 1, Integer::sum);
        if (kind.equals("node")) {
            if (nodes.put(properties.path("nodeId").asLong(), properties) != null) {
                findings.add("node " + properties.path("nodeId").asLong() + " is there twice");
            }
            signalised += properties.path("signalised").asBoolean() ? 1 : 0;
            programs += properties.path("program").isObject() ? 1 : 0;
        } else if (kind.equals("link")) {
            links.put(properties.path("linkId").asLong(), properties);
            lanes += properties.path("lanes").asInt(1);
        }
    }

    private void check(final JsonNode properties) {
        switch (properties.path("kind").asText()) {
            case "link" -> {
                final String what = "link " + properties.path("linkId").asText();
                node(what, properties, "upstream");
                node(what, properties, "downstream");
            }
            case "movement" -> movement(properties);
            case "crossing" -> {
                final String what = "crossing " + properties.path("name").asText();
                node(what, properties, "node");
                phase(what, properties);
            }
            case "busStop" -> {
                if (!links.containsKey(properties.path("link").asLong())) {
                    findings.add("bus stop " + properties.path("name").asText() + ": link "
                            + properties.path("link").asText() + " is unknown");
                }
            }
            case "rsu" -> node("rsu " + properties.path("rsuId").asText(), properties, "node");
            default -> {}
        }
    }

    private void movement(final JsonNode properties) {
        final long from = properties.path("fromLink").asLong();
        final long to = properties.path("toLink").asLong();
        final String what = "movement " + from + " to " + to;
        node(what, properties, "node");
        phase(what, properties);
        left.add(from);
        for (final JsonNode pair : properties.path("lanes")) {
            lane(what, from, pair.path(0).asInt());
            lane(what, to, pair.path(1).asInt());
        }
    }

    private void lane(final String what, final long link, final int lane) {
        final JsonNode properties = links.get(link);
        if (properties != null && (lane < 1 || lane > properties.path("lanes").asInt(1))) {
            findings.add(what + ": link " + link + " has no lane " + lane);
        }
    }

    private void node(final String what, final JsonNode properties, final String member) {
        if (properties.has(member) && !nodes.containsKey(properties.path(member).asLong())) {
            findings.add(what + ": " + member + " " + properties.path(member).asText() + " is unknown");
        }
    }

    private void phase(final String what, final JsonNode properties) {
        final JsonNode node = nodes.get(properties.path("node").asLong());
        final int phase = properties.path("phaseId").asInt();
        if (phase == 0 || node == null || !node.path("program").isObject()) {
            return;
        }
        for (final JsonNode times : node.path("program").path("phases")) {
            if (times.path("phaseId").asInt() == phase) {
                return;
            }
        }
        findings.add(what + ": phaseId " + phase + " is not in the program of node "
                + properties.path("node").asText());
    }

    /** Number of features of a kind. */
    public int count(final String kind) {
        return kinds.getOrDefault(kind, 0);
    }

    /** Lanes of all links. */
    public int lanes() {
        return lanes;
    }

    /** Nodes with traffic lights. */
    public int signalised() {
        return signalised;
    }

    /** Nodes whose program is known. */
    public int programs() {
        return programs;
    }

    /** Links that no movement leads on from. */
    public int deadEnds() {
        return (int)
                links.keySet().stream().filter(link -> !left.contains(link)).count();
    }

    /** What refers to something that is not there, one line each. */
    public List<String> findings() {
        return List.copyOf(findings);
    }
}
