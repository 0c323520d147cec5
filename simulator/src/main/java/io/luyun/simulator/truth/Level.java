package io.luyun.simulator.truth;

/** What is right at one moment. */
enum Level {
    /** A warning is wrong. */
    WRONG,
    /** It is neither wrong nor due. */
    ALLOWED,
    /** It is due. */
    DUE
}
