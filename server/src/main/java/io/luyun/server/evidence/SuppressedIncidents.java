package io.luyun.server.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.journal.SafeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Incidents that were only counted, since there were too many. The count is kept in a file, so that who lists the packages sees what is
 * not among them, also after a restart. Any thread.
 */
final class SuppressedIncidents {
    private static final int MOST_REMEMBERED = 1_000;

    private final Path file;
    private final Map<String, Boolean> remembered = new LinkedHashMap<>();
    private long count;
    private long told;
    private long lastNs;
    private boolean changed;

    SuppressedIncidents(final PackageStore store) {
        file = store.directory().resolve("suppressed.json");
        final ObjectNode was = read(store);
        count = was.path("count").asLong();
        told = was.path("told").asLong();
        lastNs = was.has("last") ? Incident.ns(was.path("last").asText()) : 0;
    }

    /** What stands in the file: {@code count}, {@code last} time; empty when none ever was. */
    static ObjectNode read(final PackageStore store) {
        final Path file = store.directory().resolve("suppressed.json");
        return Files.exists(file) ? PackageStore.read(file) : JsonNodeFactory.instance.objectNode();
    }

    /** One is only counted; answers whether it was not yet: the steps of an alert are one. */
    synchronized boolean add(final Trigger trigger) {
        final String which = trigger.cause().alertId() == 0
                ? trigger.id()
                : Long.toUnsignedString(trigger.cause().alertId());
        if (remembered.put(which, true) != null) {
            return false;
        }
        if (remembered.size() > MOST_REMEMBERED) {
            remembered.remove(remembered.keySet().iterator().next());
        }
        count++;
        lastNs = trigger.atNs();
        changed = true;
        return true;
    }

    /** Those that no package tells of yet. */
    synchronized long untold() {
        return count - told;
    }

    /** A package that tells of so many of them is sealed. */
    synchronized void told(final long more) {
        told += more;
        changed |= more > 0;
    }

    /** Writes the count. */
    synchronized void save() throws IOException {
        if (changed) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            final JsonNode node = JsonNodeFactory.instance
                    .objectNode()
                    .put("count", count)
                    .put("told", told)
                    .put("last", Incident.time(lastNs));
            SafeFile.write(file, node.toString().getBytes(StandardCharsets.UTF_8));
            changed = false;
        }
    }
}
