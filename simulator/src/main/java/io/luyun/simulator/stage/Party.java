package io.luyun.simulator.stage;

/** One an alert can be about. */
public sealed interface Party permits Actor, Unit {
    /** Unique in the scene among those of its sort. */
    String name();

    /** Place among those of its sort. */
    int index();
}
