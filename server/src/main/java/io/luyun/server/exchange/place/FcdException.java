package io.luyun.server.exchange.place;

import java.io.IOException;

/** A file that is no FCD with places on the earth; its message is a line for people. */
public final class FcdException extends IOException {
    private static final long serialVersionUID = 1L;

    FcdException(final String message) {
        super(message);
    }
}
