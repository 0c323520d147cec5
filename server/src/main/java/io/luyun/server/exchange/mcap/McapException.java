package io.luyun.server.exchange.mcap;

import java.io.IOException;

/** A file that is no MCAP file, or not one to the end; its message is a line for people. */
public final class McapException extends IOException {
    private static final long serialVersionUID = 1L;

    McapException(final String message) {
        super(message);
    }
}
