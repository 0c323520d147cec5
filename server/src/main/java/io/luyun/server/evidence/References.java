package io.luyun.server.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Which packages may tell of the same records. Stateless. */
final class References {
    private References() {}

    static List<String> of(final Incident incident, final List<Incident> pending, final PackageStore store) {
        final List<String> ids = new ArrayList<>();
        for (final Incident other : pending) {
            if (!other.id().equals(incident.id()) && other.touches(incident)) {
                ids.add(other.id());
            }
        }
        for (final String id : store.ids()) {
            final ObjectNode brief = store.brief(id);
            if (brief != null
                    && !ids.contains(id)
                    && !id.equals(incident.id())
                    && Incident.of(brief).touches(incident)) {
                ids.add(id);
            }
        }
        return ids;
    }
}
