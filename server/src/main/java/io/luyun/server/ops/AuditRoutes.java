package io.luyun.server.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.audit.AuditChain;
import io.luyun.server.audit.AuditLog;
import java.util.List;

/** Who did what. Any thread. */
final class AuditRoutes {
    private static final int MOST = 10_000;
    private static final int USUAL = 200;

    private final AuditLog log;

    AuditRoutes(final AuditLog log) {
        this.log = log;
    }

    List<Route> routes() {
        return List.of(Route.slow("/api/v1/audit", Scope.ADMIN, this::list));
    }

    /** The newest first; a line that its writer did not finish has a number and a hash alone. */
    private Answer list(final Request request) {
        final ObjectNode page = JsonNodeFactory.instance.objectNode();
        final ArrayNode lines = page.putArray("lines");
        for (final AuditChain.Line line :
                log.last((int) request.number("limit", USUAL, 1, MOST)).reversed()) {
            final ObjectNode one = lines.addObject();
            one.put("number", line.number());
            one.put("hash", line.hash());
            if (line.content() instanceof final ObjectNode content) {
                one.setAll(content);
            }
        }
        return Answer.json(page);
    }
}
