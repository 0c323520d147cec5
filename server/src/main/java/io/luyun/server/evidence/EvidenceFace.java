package io.luyun.server.evidence;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.audit.AuditEvent;
import io.luyun.server.audit.AuditLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Evidence as JSON, for whoever serves it: what is told of packages themselves is written to the audit log first, and is not told
 * when that cannot be. Any thread, but one that may wait: files are read, and the log is forced to the disk.
 */
public final class EvidenceFace {
    private static final long NANOS = 1_000_000_000L;
    private static final int LONGEST_TEXT = 512;
    private static final double MOST_LAT = 90;
    private static final double MOST_LON = 180;
    private static final Set<String> KEYS = Set.of("at", "lat", "lon", "device", "alertId", "reason");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EvidenceRoom room;
    private final AuditLog audit;
    private final LongSupplier nowNs;

    /**
     * That of a room.
     *
     * @param nowNs the server's time, ns since 1970
     */
    public EvidenceFace(final EvidenceRoom room, final AuditLog audit, final LongSupplier nowNs) {
        this.room = room;
        this.audit = audit;
        this.nowNs = nowNs;
    }

    /** The packages, newest last, the incidents that are not sealed yet, and counts. */
    public byte[] list() {
        final ObjectNode list = EvidenceList.of(room.store(), room.pending());
        list.putObject("counts")
                .put("begun", room.counts().begunCount())
                .put("shared", room.counts().sharedCount())
                .put("suppressed", room.counts().suppressedCount())
                .put("sealed", room.counts().sealedCount())
                .put("failed", room.counts().failedCount());
        return bytes(list);
    }

    /**
     * The manifest of a package; null when there is none of that id.
     *
     * @param actor who asks
     */
    public byte @Nullable [] get(final String id, final String actor) {
        final ObjectNode manifest = room.store().manifest(id);
        if (manifest == null) {
            return null;
        }
        log("evidence-read", actor, id, PackageStore.MANIFEST);
        return bytes(manifest);
    }

    /** A file of a package; null when there is none. */
    public @Nullable Path file(final String id, final String name, final String actor) {
        final Path file = room.store().file(id, name);
        if (file != null) {
            log("evidence-read", actor, id, name);
        }
        return file;
    }

    /**
     * Freezes by hand.
     *
     * @param request {@code {"reason": …}} and, where known, {@code at} (RFC 3339; else now), {@code lat} and {@code lon} in degrees
     *     (else everywhere), {@code device}, {@code alertId}
     * @return {@code {"id": …}}
     * @throws RefusedRequestException when it cannot be used
     */
    public byte[] freeze(final byte[] request, final String actor) {
        final JsonNode asked;
        try {
            asked = JSON.readTree(request);
        } catch (final JacksonException e) {
            throw new RefusedRequestException("body", "", "must be JSON: " + e.getOriginalMessage());
        } catch (final IOException e) {
            throw new RefusedRequestException("body", "", "must be JSON");
        }
        if (asked == null || !asked.isObject()) {
            throw new RefusedRequestException("body", "", "must be a JSON object");
        }
        asked.fieldNames().forEachRemaining(key -> require(KEYS.contains(key), key, asked.get(key), "is no field"));
        final String reason = text(asked, "reason");
        require(!reason.isBlank(), "reason", asked.path("reason"), "must say why");
        final Trigger trigger = new Trigger(
                Trigger.Kind.MANUAL,
                at(asked.path("at")),
                place(asked),
                new Trigger.Cause(text(asked, "device"), alertId(asked.path("alertId")), actor, reason));
        log("evidence-freeze", actor, trigger.id(), reason);
        return bytes(JsonNodeFactory.instance.objectNode().put("id", room.freeze(trigger)));
    }

    private long at(final JsonNode at) {
        if (at.isMissingNode()) {
            return nowNs.getAsLong();
        }
        try {
            final Instant instant = OffsetDateTime.parse(at.asText()).toInstant();
            require(
                    instant.isAfter(Instant.EPOCH) && !instant.isAfter(Instant.EPOCH.plusNanos(nowNs.getAsLong())),
                    "at",
                    at,
                    "must not be in the future, nor before 1970");
            return instant.getEpochSecond() * NANOS + instant.getNano();
        } catch (final DateTimeException e) {
            throw new RefusedRequestException("at", at.asText(), "must be RFC 3339, for example 2026-11-24T06:00:00Z");
        }
    }

    private static long alertId(final JsonNode alertId) {
        if (alertId.isMissingNode()) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(alertId.asText());
        } catch (final NumberFormatException e) {
            throw new RefusedRequestException("alertId", alertId.asText(), "must be the id of an alert");
        }
    }

    private static @Nullable Place place(final JsonNode asked) {
        if (!asked.has("lat") && !asked.has("lon")) {
            return null;
        }
        within(asked.path("lat"), "lat", MOST_LAT);
        within(asked.path("lon"), "lon", MOST_LON);
        return Place.of(asked.path("lat").asDouble(), asked.path("lon").asDouble());
    }

    private static void within(final JsonNode value, final String key, final double most) {
        require(
                value.isNumber() && Math.abs(value.asDouble()) <= most,
                key,
                value,
                "must be degrees, at most " + most + ", and lat and lon go together");
    }

    private static String text(final JsonNode asked, final String key) {
        final JsonNode value = asked.path(key);
        require(
                value.isMissingNode() || (value.isTextual() && value.asText().length() <= LONGEST_TEXT),
                key,
                value,
                "must be text of at most " + LONGEST_TEXT + " characters");
        return value.asText();
    }

    private static void require(final boolean holds, final String key, final JsonNode value, final String rule) {
        if (!holds) {
            throw new RefusedRequestException(key, value.isMissingNode() ? "nothing" : value.toString(), rule);
        }
    }

    /** Whether a package holds: {@code {"id", "holds", "findings": [{"file", "rule", "detail"}]}}; null when there is none. */
    public byte @Nullable [] verify(final String id, final String actor) {
        if (room.store().find(id) == null) {
            return null;
        }
        log("evidence-verify", actor, id, "");
        final List<Finding> findings = new PackageCheck(room.store(), null).one(id);
        final ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("id", id).put("holds", findings.isEmpty());
        answer.set("findings", EvidenceList.of(findings));
        return bytes(answer);
    }

    private void log(final String event, final String actor, final String id, final String what) {
        audit.append(new AuditEvent(
                event,
                actor,
                JsonNodeFactory.instance.objectNode().put("id", id).put("what", what)));
    }

    private static byte[] bytes(final JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }
}
