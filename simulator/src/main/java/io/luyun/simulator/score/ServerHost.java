package io.luyun.simulator.score;

import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.scenario.ResourceException;
import java.io.IOException;
import java.nio.file.Path;

/** Starts servers to play against. */
public interface ServerHost {
    /** A server that runs until it is closed. */
    interface Running extends AutoCloseable {
        /** Where its devices connect. */
        LinkConfig link();

        @Override
        void close();
    }

    /** Starts one with the configuration {@code server.yaml} of a directory. */
    Running start(Path directory) throws IOException, InterruptedException, ResourceException;
}
