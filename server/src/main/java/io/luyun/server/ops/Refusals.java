package io.luyun.server.ops;

import io.luyun.server.audit.AuditException;
import org.agrona.ErrorHandler;

/**
 * Writes down what somebody was refused: changes without the scope for them, and wrong tokens. Whoever is refused without end
 * does not fill the disk: beyond a rate of each of them it is counted only. Owned by the face's thread; the writing is not on it.
 */
final class Refusals {
    private static final String REFUSED = "-refused";

    private final Changes changes;
    private final Workers workers;
    private final RateLimit byActor;
    private final ErrorHandler errors;

    /**
     * One over an audit log.
     *
     * @param byActor what of one name and address is written down
     */
    Refusals(final Changes changes, final Workers workers, final RateLimit byActor, final ErrorHandler errors) {
        this.changes = changes;
        this.workers = workers;
        this.byActor = byActor;
        this.errors = errors;
    }

    /** Somebody was refused this. */
    void note(final String what, final String actor, final String path, final String address) {
        if (byActor.take(actor + " " + address)) {
            workers.run(() -> write(what + REFUSED, actor, path, address));
        }
    }

    private void write(final String event, final String actor, final String path, final String address) {
        try {
            changes.note(event, actor, path, address);
        } catch (final AuditException e) {
            errors.onError(e);
        }
    }
}
