package io.luyun.server.alert.life;

/**
 * What the engine runs: a {@link Rule}, which is asked about whoever moves, or one that hears nothing but what the further
 * interfaces of {@link Rule} tell.
 */
public interface Application {
    /** The road is empty: whatever is kept of it is forgotten. */
    default void clear() {}
}
