package io.luyun.server.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What is told of packages in a list. Stateless. */
public final class EvidenceList {
    private EvidenceList() {}

    /** The packages, oldest incident first, and the incidents that are not sealed yet. */
    public static ObjectNode of(final PackageStore store, final List<Incident> pending) {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        final ArrayNode packages = node.putArray("packages");
        for (final String id : store.ids()) {
            try {
                final ObjectNode brief = store.brief(id);
                if (brief != null) {
                    packages.add(brief);
                }
            } catch (final EvidenceException e) {
                packages.addObject().put("id", id).put("finding", e.getMessage());
            }
        }
        node.set("suppressed", SuppressedIncidents.read(store).without("told"));
        final ArrayNode open = node.putArray("pending");
        pending.forEach(incident -> open.add(incident.json()));
        return node;
    }

    /** Has all that an {@link Incident} is made of. */
    static ObjectNode brief(final String id, final ObjectNode manifest) {
        final ObjectNode to = JsonNodeFactory.instance.objectNode().put("id", id);
        final JsonNode incident = manifest.path("incident");
        to.set("number", manifest.path("number"));
        to.set("from", incident.path("from"));
        to.set("until", incident.path("until"));
        to.set("radiusMetres", incident.path("radiusMetres"));
        to.set("triggers", incident.path("triggers"));
        to.set("sealedAt", manifest.path("sealedAt"));
        to.set("records", manifest.path("journal").path("inPackage"));
        to.set("alerts", manifest.path("alerts").path("inPackage"));
        to.put("damagedRanges", manifest.path("journal").path("damage").size());
        long bytes = 0;
        for (final JsonNode file : manifest.path("files")) {
            bytes += file.path("bytes").asLong();
        }
        return to.put("bytes", bytes);
    }

    /** What does not hold. */
    public static ArrayNode of(final List<Finding> findings) {
        final ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (final Finding finding : findings) {
            all.addObject()
                    .put("id", finding.id())
                    .put("file", finding.file())
                    .put("rule", finding.rule())
                    .put("detail", finding.detail());
        }
        return all;
    }
}
