package io.luyun.benchmarks.torture.simulation;

import io.luyun.server.ServerLine;
import java.nio.file.Path;

/** What is broken in the server on purpose, to prove that it is found. Nothing, unless a test says otherwise. */
interface Sabotage {
    /** A server as it is. */
    Sabotage NONE = new Sabotage() {};

    /** Whether nothing that is forced reaches the disk. */
    default boolean losesSyncs() {
        return false;
    }

    /** Whether what lies behind the last sync is written anew when a journal is opened. */
    default boolean renews() {
        return true;
    }

    /** A file as a power cut has left it. */
    default void onPowerCut(final Path file) {}

    /** A server has opened its journals and has not read anything yet. */
    default void onOpened(final ServerLine line) {}

    /** A server has had a turn. */
    default void onTurn(final ServerLine line) {}
}
