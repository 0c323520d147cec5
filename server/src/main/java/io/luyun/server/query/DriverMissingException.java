package io.luyun.server.query;

/** DuckDB's driver is not to be had; the message says how to get it. */
public final class DriverMissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DriverMissingException(final String message) {
        super(message);
    }

    DriverMissingException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
