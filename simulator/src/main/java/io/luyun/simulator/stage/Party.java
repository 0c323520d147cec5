package io.luyun.simulator.stage;

/** One an alert can be about. */
public sealed interface Party permits Actor, Unit {
    /** Unique in the scene among those of its sort. */
    String name();

    /** Place among those of its sort. */
    int index();

    /** Whether it is the same one. */
    default boolean is(final Party other) {
        return getClass() == other.getClass() && index() == other.index();
    }
}
