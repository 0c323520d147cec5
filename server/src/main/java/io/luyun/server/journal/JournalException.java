package io.luyun.server.journal;

import org.jspecify.annotations.Nullable;

/** The journal cannot be opened or written. The message is one line for the operator. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalException(final String message) {
        super(message);
    }

    /** Says in one line what is not to be had. */
    public JournalException(final String message, final @Nullable Throwable cause) {
        super(message, cause);
    }
}
