package io.luyun.server;

import org.jspecify.annotations.Nullable;

/** The configuration cannot be used. The message is one line: key, value, what is allowed. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigException(final String message) {
        super(message);
    }

    ConfigException(final String message, final @Nullable Throwable cause) {
        super(message, cause);
    }
}
