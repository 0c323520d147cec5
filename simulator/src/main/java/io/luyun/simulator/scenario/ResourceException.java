package io.luyun.simulator.scenario;

import java.io.Serial;

/** A peer, port or program is not to be had; its message is one clear line. */
public final class ResourceException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    public ResourceException(final String message) {
        super(message);
    }
}
