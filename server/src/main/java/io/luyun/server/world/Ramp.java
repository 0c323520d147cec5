package io.luyun.server.world;

/** Whether a link is a slip road. */
public enum Ramp {
    /** It is none. */
    NONE,
    /** It leads on to a faster road. */
    ON,
    /** It leads off one. */
    OFF
}
