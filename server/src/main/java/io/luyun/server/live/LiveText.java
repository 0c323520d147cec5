package io.luyun.server.live;

import static io.luyun.server.world.Participant.ABSENT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.proto.json.ArrivalJsonWriter;
import io.luyun.proto.json.RoadsideJsonWriter;
import io.luyun.proto.json.TrafficJsonWriter;
import io.luyun.server.site.SiteBoard;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** What browsers are told in words: JSON, SI units, degrees, ids of 64 bits as decimal strings. Without state. */
final class LiveText {
    private static final double E7 = 1e7;
    private static final double DECI = 10;
    private static final long NANOS_A_MILLI = 1_000_000L;
    private static final RoadsideJsonWriter CROSSINGS = new RoadsideJsonWriter();
    private static final ArrivalJsonWriter STOPS = new ArrivalJsonWriter();
    private static final TrafficJsonWriter TRAFFIC = new TrafficJsonWriter();

    private LiveText() {}

    static ObjectNode message(final String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    static byte[] bytes(final JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] clear() {
        return bytes(message("clear"));
    }

    static byte[] notice(final String code, final String text) {
        return bytes(message("notice").put("code", code).put("text", text));
    }

    /** A refusal names field, value and rule, each by itself as well. */
    static byte[] refusal(final BadRequestException why) {
        return bytes(message("notice")
                .put("code", "bad-request")
                .put("text", why.getMessage())
                .put("field", why.field())
                .put("value", why.value())
                .put("rule", why.rule()));
    }

    static byte[] mode(final boolean live, final long atNs, final double speed, final boolean paused) {
        return bytes(message("mode")
                .put("mode", live ? "live" : "replay")
                .put("at", time(atNs))
                .put("speed", speed)
                .put("paused", paused));
    }

    static byte[] alert(final JsonNode alert) {
        final ObjectNode json = message("alert");
        json.set("alert", alert);
        return bytes(json);
    }

    static byte[] acknowledged(final News.Acknowledged seen) {
        return bytes(message("acknowledged")
                .put("alertId", Long.toUnsignedString(seen.alertId()))
                .put("by", seen.by())
                .put("note", seen.note())
                .put("at", time(seen.atNs())));
    }

    static byte[] names(final BitSet devices, final String[] names) {
        final ObjectNode json = message("names");
        final ObjectNode all = json.putObject("devices");
        for (int i = devices.nextSetBit(0); i >= 0; i = devices.nextSetBit(i + 1)) {
            all.put(Integer.toString(i), i < names.length ? names[i] : "");
        }
        return bytes(json);
    }

    static byte[] signals(final List<News.Signals> signals, final long atNs) {
        final ObjectNode json = message("signals");
        final ArrayNode all = json.putArray("signals");
        for (final News.Signals one : signals) {
            final ObjectNode node = all.addObject().put("node", one.region() + ":" + one.nodeId());
            place(node, one.latE7(), one.lonE7());
            final ArrayNode phases = node.putArray("phases");
            for (final News.Phase phase : one.phases()) {
                final ObjectNode shown =
                        phases.addObject().put("phaseId", phase.phaseId()).put("light", phase.light());
                if (phase.endsAtNs() != Long.MIN_VALUE) {
                    shown.put("endsInMs", Math.max(0, (phase.endsAtNs() - atNs) / NANOS_A_MILLI));
                }
            }
        }
        return bytes(json);
    }

    static byte[] events(final List<News.Event> events, final List<Long> gone) {
        final ObjectNode json = message("events");
        final ArrayNode all = json.putArray("events");
        for (final News.Event event : events) {
            final ObjectNode one = all.addObject()
                    .put("id", Long.toUnsignedString(event.id()))
                    .put("sign", event.sign())
                    .put("code", event.code());
            place(one, event.latE7(), event.lonE7());
            if (event.radius() != ABSENT) {
                one.put("radiusM", event.radius() / DECI);
            }
            one.put("description", event.description()).put("device", event.device());
        }
        final ArrayNode left = json.putArray("gone");
        gone.forEach(id -> left.add(Long.toUnsignedString(id)));
        return bytes(json);
    }

    static byte[] units(final List<News.Unit> units) {
        final ObjectNode json = message("units");
        final ArrayNode all = json.putArray("units");
        for (final News.Unit unit : units) {
            final ObjectNode one = all.addObject().put("id", unit.id());
            place(one, unit.latE7(), unit.lonE7());
            one.put("online", unit.online())
                    .put("messagesPerSecond", unit.messagesPerSecond())
                    .put("lostPercent", unit.lostPercent())
                    .put("health", unit.health().name().toLowerCase(Locale.ROOT));
        }
        return bytes(json);
    }

    static byte[] crossings(final SiteBoard board) {
        return typed("crossings", CROSSINGS.crossings(board.crossings()));
    }

    static byte[] stops(final SiteBoard board) {
        return typed("stops", STOPS.stops(board.stops()));
    }

    static byte[] traffic(final SiteBoard board) {
        return typed("traffic", TRAFFIC.links(board.traffic()));
    }

    static String time(final long timeNs) {
        return Instant.ofEpochSecond(0, timeNs).toString();
    }

    /** The object as the pages show it, with a type before its members. */
    private static byte[] typed(final String type, final byte[] object) {
        final byte[] head = ("{\"type\":\"" + type + "\",").getBytes(StandardCharsets.UTF_8);
        final byte[] whole = new byte[head.length + object.length - 1];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(object, 1, whole, head.length, object.length - 1);
        return whole;
    }

    private static void place(final ObjectNode to, final int latE7, final int lonE7) {
        if (latE7 != ABSENT && lonE7 != ABSENT) {
            to.put("lat", latE7 / E7).put("lon", lonE7 / E7);
        }
    }
}
