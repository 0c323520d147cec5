package io.luyun.benchmarks.peers;

import java.io.IOException;

/** A system is not to be had here; the message says how to get it. */
public final class MissingPeerException extends IOException {
    private static final long serialVersionUID = 1L;

    MissingPeerException(final String message) {
        super(message);
    }
}
