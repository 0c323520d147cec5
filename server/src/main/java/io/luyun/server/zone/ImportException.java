package io.luyun.server.zone;

/** Something in a file that an import cannot go on with; the text says where and which rule it breaks. */
public final class ImportException extends Exception {
    private static final long serialVersionUID = 1L;

    ImportException(final String message) {
        super(message);
    }

    ImportException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
