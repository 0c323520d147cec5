package io.luyun.server.supervise;

import java.util.Locale;

/** Who drives. */
public enum Mode {
    /** It has not been told, or not for a while. */
    UNKNOWN,
    /** A person. */
    MANUAL,
    /** The vehicle. */
    AUTOMATED;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
