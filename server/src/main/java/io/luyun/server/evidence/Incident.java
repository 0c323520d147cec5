package io.luyun.server.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.research.Area;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A window of time and place that is frozen, and all that happened in it. Immutable.
 *
 * @param id names its package
 * @param fromNs first instant, ns since 1970
 * @param untilNs the instant behind the last
 * @param radiusMetres around the place of each trigger
 * @param triggers what happened, the first one first
 * @param unnamed triggers beyond those that are named
 */
public record Incident(String id, long fromNs, long untilNs, int radiusMetres, List<Trigger> triggers, long unnamed) {
    private static final int MOST_NAMED = 100;
    private static final long NANOS = 1_000_000_000L;

    public Incident {
        triggers = List.copyOf(triggers);
        if (triggers.isEmpty() || fromNs >= untilNs) {
            throw new IllegalArgumentException("an incident needs a trigger and a window");
        }
    }

    /** The one that a trigger begins. */
    static Incident of(final Trigger trigger, final EvidenceConfig.Extent extent) {
        return new Incident(
                trigger.id(),
                trigger.atNs() - extent.beforeSeconds() * NANOS,
                trigger.atNs() + extent.afterSeconds() * NANOS,
                extent.radiusMetres(),
                List.of(trigger),
                0);
    }

    /** The same with another trigger, for whose sake the window may grow; null when it would be too long or the place too far away. */
    @Nullable
    Incident with(final Trigger trigger, final EvidenceConfig.Extent extent) {
        final long until = Math.max(untilNs, trigger.atNs() + extent.afterSeconds() * NANOS);
        final long from = Math.min(fromNs, trigger.atNs() - extent.beforeSeconds() * NANOS);
        final boolean within = trigger.atNs() >= fromNs && trigger.atNs() < untilNs;
        if (!within || until - from > extent.maxWindowSeconds() * NANOS || !near(trigger, extent.shareMetres())) {
            return null;
        }
        if (triggers.size() >= MOST_NAMED) {
            return new Incident(id, from, until, radiusMetres, triggers, unnamed + 1);
        }
        final List<Trigger> more = new ArrayList<>(triggers);
        more.add(trigger);
        return new Incident(id, from, until, radiusMetres, more, unnamed);
    }

    /** Near a trigger that is named: the radius around that one is in the package. */
    private boolean near(final Trigger trigger, final double metres) {
        final Place there = trigger.place();
        for (final Trigger named : triggers) {
            final Place place = named.place();
            if (place == null || (there != null && place.metresTo(there) <= metres)) {
                return true;
            }
        }
        return false;
    }

    /** Where its records are; null for everywhere. */
    @Nullable
    Area area() {
        final List<Area> around = new ArrayList<>();
        for (final Trigger trigger : triggers) {
            final Place place = trigger.place();
            if (place == null) {
                return null;
            }
            around.add(place.within(radiusMetres));
        }
        return Area.anyOf(around);
    }

    /** Whether both may tell of the same records. */
    boolean touches(final Incident other) {
        if (fromNs >= other.untilNs || other.fromNs >= untilNs) {
            return false;
        }
        return triggers.stream()
                .anyMatch(mine -> other.triggers.stream()
                        .anyMatch(its -> mine.place() == null
                                || its.place() == null
                                || mine.place().metresTo(its.place()) <= radiusMetres + (double) other.radiusMetres));
    }

    /** As it stands in files. */
    ObjectNode json() {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", id);
        node.put("from", time(fromNs));
        node.put("until", time(untilNs));
        node.put("radiusMetres", radiusMetres);
        final ArrayNode all = node.putArray("triggers");
        for (final Trigger trigger : triggers) {
            all.add(json(trigger));
        }
        node.put("triggersNotNamed", unnamed);
        return node;
    }

    private static ObjectNode json(final Trigger trigger) {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", trigger.kind().name());
        node.put("at", time(trigger.atNs()));
        final Place place = trigger.place();
        if (place != null) {
            node.put("lat", place.latDeg());
            node.put("lon", place.lonDeg());
        }
        node.put("device", trigger.cause().device());
        if (trigger.cause().alertId() != 0) {
            node.put("alertId", Long.toUnsignedString(trigger.cause().alertId()));
        }
        node.put("by", trigger.cause().by());
        node.put("reason", trigger.cause().reason());
        return node;
    }

    /**
     * One that was written.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Incident of(final JsonNode node) {
        final List<Trigger> triggers = new ArrayList<>();
        for (final JsonNode each : node.path("triggers")) {
            triggers.add(new Trigger(
                    Trigger.Kind.valueOf(each.path("kind").asText()),
                    ns(each.path("at").asText()),
                    each.has("lat")
                            ? Place.of(
                                    each.path("lat").asDouble(),
                                    each.path("lon").asDouble())
                            : null,
                    new Trigger.Cause(
                            each.path("device").asText(),
                            Long.parseUnsignedLong(each.path("alertId").asText("0")),
                            each.path("by").asText(),
                            each.path("reason").asText())));
        }
        return new Incident(
                node.path("id").asText(),
                ns(node.path("from").asText()),
                ns(node.path("until").asText()),
                node.path("radiusMetres").asInt(),
                triggers,
                node.path("triggersNotNamed").asLong());
    }

    static String time(final long ns) {
        return Instant.EPOCH.plusNanos(ns).toString();
    }

    static long ns(final String time) {
        try {
            final Instant at = Instant.parse(time);
            return at.getEpochSecond() * NANOS + at.getNano();
        } catch (final java.time.DateTimeException e) {
            throw new IllegalArgumentException(time + ": must be a time", e);
        }
    }
}
