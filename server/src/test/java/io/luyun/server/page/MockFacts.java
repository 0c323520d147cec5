package io.luyun.server.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.page.MockRoad.Vehicle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything beside positions, made up in the shapes that the real server tells. Owned by the mock's one thread. */
final class MockFacts {
    private static final String[] KINDS = {"FCW", "ICW", "VRUCW", "SLW", "EBW", "LTA", "RLVW", "AVW"};
    private static final String[] SEVERITIES = {
        "WARNING", "CRITICAL", "WARNING", "CAUTION", "CRITICAL", "WARNING", "CAUTION", "INFO"
    };
    private static final int MOST = 200;

    final List<ObjectNode> alerts = new ArrayList<>();
    private final MockZone zone;
    private final MockRoad road;
    private final List<ObjectNode> evidence = new ArrayList<>();
    private long nextAlert = 7_000_000_000_000_000_001L;

    MockFacts(final MockZone zone, final MockRoad road) {
        this.zone = zone;
        this.road = road;
    }

    static ObjectNode message(final String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    static String time(final long ms) {
        return Instant.ofEpochMilli(ms).toString();
    }

    ObjectNode names() {
        final ObjectNode names = message("names");
        final ObjectNode devices = names.putObject("devices");
        road.vehicles.forEach(one -> devices.put(Integer.toString(one.index), one.device()));
        return names;
    }

    ObjectNode signals(final long ms) {
        final ObjectNode signals = message("signals");
        final ArrayNode all = signals.putArray("signals");
        for (int node = 0; node < MockZone.SIDE * MockZone.SIDE; node++) {
            final ObjectNode one = all.addObject().put("node", "1:" + (node + 1));
            one.put("lat", MockZone.lat(MockZone.y(node))).put("lon", MockZone.lon(MockZone.x(node)));
            final long at = (ms + node * 7_000L) % 60_000;
            final ArrayNode phases = one.putArray("phases");
            phase(phases.addObject().put("phaseId", 1), at);
            phase(phases.addObject().put("phaseId", 2), (at + 30_000) % 60_000);
        }
        return signals;
    }

    private static void phase(final ObjectNode phase, final long at) {
        final int light = at < 26_000 ? 6 : at < 29_000 ? 7 : 3;
        phase.put("light", light).put("endsInMs", (at < 26_000 ? 26_000 : at < 29_000 ? 29_000 : 60_000) - at);
    }

    ObjectNode crossings() {
        final ObjectNode crossings = message("crossings");
        final ArrayNode all = crossings.putArray("crossings");
        for (final MockZone.Link link : zone.links) {
            final ObjectNode one = all.addObject().put("name", "Crossing " + link.id());
            one.putObject("pos")
                    .put("lat", Math.round(MockZone.lat(link.y1()) * 1e7))
                    .put("lon", Math.round(MockZone.lon(link.x1()) * 1e7));
            one.put("waiting", link.id() % 5)
                    .put("crossing", link.id() % 7 == 0 ? 2 : 0)
                    .put("approaching", 3);
        }
        return crossings;
    }

    /** Every fifth link has a jam, every third is dense. */
    ObjectNode traffic() {
        final ObjectNode traffic = message("traffic");
        final ArrayNode all = traffic.putArray("links");
        for (final MockZone.Link link : zone.links) {
            final boolean jam = link.id() % 5 == 0;
            final boolean dense = link.id() % 3 == 0;
            all.addObject()
                    .put("link", Integer.toString(link.id()))
                    .put("vehicles", jam ? 40 : 6)
                    .put("speedMps", jam ? 1.5 : dense ? 5.0 : 13.0)
                    .put("queueMetres", jam ? 120.0 : 0)
                    .put("jam", jam);
        }
        return traffic;
    }

    ObjectNode stops() {
        final ObjectNode stops = message("stops");
        final ArrayNode all = stops.putArray("stops");
        for (final int id : new int[] {9, 60, 130, 180}) {
            all.addObject()
                    .put("name", "Stop " + id)
                    .putArray("arrivals")
                    .addObject()
                    .put("line", "接驳线")
                    .put("device", "bus-01")
                    .put("arrivalMs", 42_000 + id * 1000L)
                    .put("stopsBefore", 1)
                    .put("atStop", false);
        }
        return stops;
    }

    ObjectNode units() {
        final ObjectNode units = message("units");
        final ArrayNode all = units.putArray("units");
        final String[] health = {"ok", "ok", "ok", "slow", "ok", "silent", "ok", "offline"};
        for (int node = 0; node < MockZone.SIDE * MockZone.SIDE; node += 2) {
            final String state = health[node / 2 % health.length];
            all.addObject()
                    .put("id", "rsu-" + node)
                    .put("lat", MockZone.lat(MockZone.y(node) + 14))
                    .put("lon", MockZone.lon(MockZone.x(node) + 14))
                    .put("online", !state.equals("offline"))
                    .put("messagesPerSecond", state.equals("ok") ? 21.5 : 2.0)
                    .put("lostPercent", state.equals("ok") ? 0 : 4.2)
                    .put("health", state);
        }
        return units;
    }

    ObjectNode events() {
        final ObjectNode events = message("events");
        events.putArray("events")
                .addObject()
                .put("id", "5001")
                .put("sign", false)
                .put("code", 401)
                .put("lat", MockZone.lat(-210))
                .put("lon", MockZone.lon(130))
                .put("radiusM", 60)
                .put("description", "抛洒物 / thrown object")
                .put("device", "rsu-18");
        return events;
    }

    /** A new alert about a vehicle and the one nearest to it. */
    ObjectNode alert(final long ms, final Vehicle subject) {
        final int which = (int) (nextAlert % KINDS.length);
        final Vehicle target = road.vehicles.stream()
                .filter(one -> one != subject)
                .min((one, other) -> Double.compare(way(one, subject), way(other, subject)))
                .orElseThrow();
        final ObjectNode alert = JsonNodeFactory.instance.objectNode();
        alert.put("id", Long.toString(nextAlert++))
                .put("kind", KINDS[which])
                .put("state", "RAISED")
                .put("severity", SEVERITIES[which]);
        alert.put("at", time(ms))
                .put("raisedAt", time(ms))
                .put("lat", subject.lat())
                .put("lon", subject.lon());
        alert.putObject("subject").put("participant", Long.toString(subject.id)).put("device", subject.device());
        alert.putObject("target")
                .put("participant", Long.toString(target.id))
                .put("device", target.device())
                .put("lat", target.lat())
                .put("lon", target.lon());
        alert.put("timeToCollisionSeconds", 2.4)
                .put("distanceMetres", way(subject, target))
                .put("speedMps", subject.speedMps);
        alert.putArray("causes").add("4711").add("4709");
        alerts.addFirst(alert);
        if (alerts.size() > MOST) {
            alerts.removeLast();
        }
        return alert;
    }

    private static double way(final Vehicle one, final Vehicle other) {
        return Math.hypot(one.x() - other.x(), one.y() - other.y());
    }

    ObjectNode history() {
        final ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.putArray("alerts").addAll(alerts);
        return page;
    }

    ObjectNode alertDetail(final String id) {
        final ObjectNode alert = find(id);
        final ObjectNode detail = alert.deepCopy();
        detail.putArray("steps").add(alert.deepCopy());
        final ArrayNode messages = detail.putArray("causingMessages");
        for (final String role : List.of("subject", "target")) {
            final Vehicle one = road.vehicles.get(
                    (int) (alert.path(role).path("participant").asLong() - road.vehicles.getFirst().id));
            final ObjectNode message = messages.addObject()
                    .put("sequence", "4711")
                    .put("at", time(0))
                    .put("kind", "BSM")
                    .put("device", one.device());
            final ObjectNode fields = message.putObject("fields");
            final ObjectNode pos = fields.putObject("pos");
            quantity(pos, "lat", one.lat(), "deg");
            quantity(pos, "lon", one.lon(), "deg");
            quantity(fields, "heading", one.headingDeg(), "deg");
            quantity(fields, "speed", one.speedMps, "m/s");
        }
        return detail;
    }

    static void quantity(final ObjectNode of, final String name, final double value, final String unit) {
        of.putObject(name).put("value", value).put("unit", unit);
    }

    ObjectNode find(final String id) {
        return alerts.stream()
                .filter(one -> one.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** @param at a time of the past; null for now */
    ObjectNode participant(final String id, final @Nullable String at) {
        final ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.put("id", id);
        if (at == null) {
            page.put("seenBy", "rsu-18").put("messagesPerSecond", 10.0).put("clockOffsetMs", -3.2);
        }
        final ObjectNode message = page.putObject("message");
        message.put("sequence", "4711")
                .put("at", at == null ? time(0) : at)
                .put("kind", "BSM")
                .put("device", "veh-1");
        quantity(message.putObject("fields"), "speed", at == null ? 13.9 : 7.7, "m/s");
        page.putArray("alerts");
        return page;
    }

    ObjectNode evidence() {
        final ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.putArray("packages").addAll(evidence);
        page.putArray("pending");
        return page;
    }

    ObjectNode freeze(final long ms, final String reason) {
        final ObjectNode one = JsonNodeFactory.instance.objectNode().put("id", time(ms) + "-manual-" + evidence.size());
        one.put("from", time(ms - 90_000))
                .put("until", time(ms + 90_000))
                .put("radiusMetres", 300)
                .put("records", 84_211)
                .put("bytes", 9_800_123L);
        one.putArray("triggers")
                .addObject()
                .put("kind", "MANUAL")
                .put("at", time(ms))
                .put("device", "")
                .put("by", "local")
                .put("reason", reason);
        evidence.add(one);
        return one;
    }
}
