package io.luyun.benchmarks.peers;

import io.luyun.benchmarks.rig.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Starts what comes with Luyun as processes; whoever has the command line knows how. */
public interface OwnHost {
    /** A server with its data in this directory, whose line of readiness is yet to come. */
    Child luyun(Path directory, Path log) throws IOException;

    /** A bare Netty echo, whose line of readiness is yet to come. */
    Child echo(Path log) throws IOException;

    /**
     * A generator that runs one turn and prints its {@link TurnResult} as JSON in its last line.
     *
     * @param classPath what its client needs besides
     */
    Child generator(Turn turn, Load load, List<String> classPath, Path log) throws IOException;
}
