package io.luyun.server.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.audit.AuditChain;
import io.luyun.server.audit.AuditEvent;
import io.luyun.server.audit.AuditLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The list of all packages that were ever sealed, in a hash-chained log beside them. Each manifest names the one before, which
 * finds one that was changed or taken out of the middle; the list finds one that was taken from the end.
 *
 * <pre>
 *   chain.ndjson   sealed 1 A ◀─ sealed 2 B ◀─ removed 1 A ◀─ sealed 3 C        each line has the hash of the one before
 *   manifests                A ◀────────── B ◀─────────────────────── C        each has the hash of the one before
 * </pre>
 *
 * Any thread, but one at a time: the log must not be read while it is written.
 */
final class Chain {
    static final String FILE = "chain.ndjson";

    private static final String SEALED = "evidence-sealed";
    private static final String REMOVED = "evidence-removed";
    private static final String ACTOR = "luyun";

    private final Path file;
    private final AuditLog log;

    Chain(final Path directory, final InstantSource clock) {
        file = directory.resolve(FILE);
        log = new AuditLog(file, clock);
    }

    /**
     * A package as the list has it.
     *
     * @param number from 1, without a gap
     * @param sha256 of its manifest
     * @param removed whether it was let go of when its time was over
     */
    record Link(long number, String id, String sha256, boolean removed) {}

    /**
     * The list.
     *
     * @param links by id, in order of their numbers
     * @param finding what is wrong with the list itself; empty for nothing
     */
    record Content(Map<String, Link> links, String finding) {
        /** The last one; null for none. */
        @org.jspecify.annotations.Nullable
        Link last() {
            Link last = null;
            for (final Link each : links.values()) {
                last = each;
            }
            return last;
        }
    }

    Content read() {
        final Map<String, Link> links = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return new Content(links, "");
        }
        final AuditChain.Result result = AuditChain.read(file, line -> {
            final JsonNode content = line.content();
            if (content != null) {
                take(links, content.path("event").asText(), content.path("details"));
            }
        });
        return new Content(links, result.holds() ? "" : "line " + result.broken() + ": " + result.finding());
    }

    private static void take(final Map<String, Link> links, final String event, final JsonNode details) {
        final String id = details.path("id").asText();
        final Link link = new Link(
                details.path("number").asLong(),
                id,
                details.path("manifestSha256").asText(),
                event.equals(REMOVED));
        if (event.equals(SEALED) || (event.equals(REMOVED) && links.containsKey(id))) {
            links.put(id, link);
        }
    }

    void sealed(final long number, final String id, final String sha256) {
        append(SEALED, number, id, sha256);
    }

    void removed(final Link link) {
        append(REMOVED, link.number(), link.id(), link.sha256());
    }

    private void append(final String event, final long number, final String id, final String sha256) {
        final ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("number", number);
        details.put("id", id);
        details.put("manifestSha256", sha256);
        log.append(new AuditEvent(event, ACTOR, details));
    }
}
