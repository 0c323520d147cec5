package io.luyun.server.ops;

import io.luyun.server.monitor.Counter;

/**
 * Why the server does not take messages now.
 *
 * @param cause counts how often it was so; one of the counters whose label begins with {@code not_ready_}
 * @param reason one line for people
 */
public record NotReady(Counter cause, String reason) {
    private static final String PREFIX = "not_ready_";

    public NotReady {
        if (!cause.label().startsWith(PREFIX)) {
            throw new IllegalArgumentException(cause + " counts something else");
        }
    }

    /** The cause for programs, such as {@code disk_low}. */
    String label() {
        return cause.label().substring(PREFIX.length());
    }
}
