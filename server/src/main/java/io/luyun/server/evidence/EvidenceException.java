package io.luyun.server.evidence;

import org.jspecify.annotations.Nullable;

/** Evidence cannot be read or written. The message is one line for people. */
public final class EvidenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EvidenceException(final String message) {
        super(message);
    }

    public EvidenceException(final String message, final @Nullable Throwable cause) {
        super(message, cause);
    }
}
