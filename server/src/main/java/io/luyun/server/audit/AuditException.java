package io.luyun.server.audit;

/** The log cannot be read or written; nothing that must be in it may be done. */
public final class AuditException extends RuntimeException {
    private static final long serialVersionUID = 1;

    AuditException(final String message) {
        super(message);
    }

    AuditException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
