package io.luyun.server.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something that somebody did.
 *
 * @param event what, a word with hyphens
 * @param actor who
 * @param details what else is to be known
 */
public record AuditEvent(String event, String actor, ObjectNode details) {
    public AuditEvent {
        if (event.isBlank() || actor.isBlank()) {
            throw new IllegalArgumentException("an event needs a name and an actor: '" + event + "', '" + actor + "'");
        }
    }
}
