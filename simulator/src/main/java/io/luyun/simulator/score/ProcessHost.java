package io.luyun.simulator.score;

import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.scenario.ResourceException;
import io.luyun.simulator.scenario.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Starts servers as processes of their own. */
public final class ProcessHost implements ServerHost {
    private static final int READY_SECONDS = 60;

    private final String launcher;

    /** The launcher that starts them. */
    public ProcessHost(final String launcher) {
        this.launcher = launcher;
    }

    @Override
    public Running start(final Path directory) throws IOException, InterruptedException, ResourceException {
        final ServerProcess process =
                new ServerProcess(launcher, directory.resolve("server.yaml"), directory.resolve("server.log"));
        boolean ready = false;
        try {
            final Map<String, String> fields = process.awaitReady(READY_SECONDS);
            final LinkConfig link = LinkConfig.parse(fields.getOrDefault("devices", ""));
            ready = true;
            return new Running() {
                @Override
                public LinkConfig link() {
                    return link;
                }

                @Override
                public void close() {
                    process.close();
                }
            };
        } finally {
            if (!ready) {
                process.close();
            }
        }
    }
}
