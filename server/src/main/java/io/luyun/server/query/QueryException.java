package io.luyun.server.query;

import java.sql.SQLException;

/** A question that cannot be answered as it stands; the message is one line for people. */
public final class QueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QueryException(final String message) {
        super(message);
    }

    QueryException(final SQLException cause) {
        super(line(String.valueOf(cause.getMessage())), cause);
    }

    /** What DuckDB says before it shows the place, in one line. */
    static String line(final String message) {
        final int end = message.indexOf("\n\n");
        return (end < 0 ? message : message.substring(0, end)).strip().replaceAll("\\s*\\n\\s*", " ");
    }
}
