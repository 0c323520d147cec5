package io.luyun.server.alert.life;

import org.jspecify.annotations.Nullable;

/** Whom or what cases are about, and these cases. Owned by {@link AlertBook}. */
abstract sealed class Subject permits RoadUser, Site {
    /** The first of its cases; each knows the next. */
    @Nullable
    ActiveAlert first;

    /** Index of the device that is told, or -1. */
    abstract int device();

    /** Sequence of the last record about it. */
    abstract long lastSequence();
}
