package io.luyun.simulator;

import io.luyun.proto.uper.Dialect;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.scenario.LoadTarget;
import io.luyun.simulator.scenario.OwnServer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name a server that is there, all its ports, its process and its journal. */
final class TargetOption {
    @Option(names = "--server", paramLabel = "HOST:PORT", description = "Device port of a server that is there.")
    private @Nullable String server;

    @Option(names = "--mqtt", paramLabel = "HOST:PORT", description = "Its port for MQTT.")
    private @Nullable String mqtt;

    @Option(names = "--udp", paramLabel = "HOST:PORT", description = "Its port for datagrams.")
    private @Nullable String udp;

    @Option(
            names = "--dialect",
            defaultValue = "phase2",
            description = "Of UPER in datagrams: 2019 or phase2 (default: ${DEFAULT-VALUE}).")
    private String dialect = "";

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description = "Journal of that server, which must hold this run alone: verified afterwards.")
    private @Nullable Path journal;

    @Option(
            names = "--server-pid",
            paramLabel = "PID",
            description = "Process of that server on this host, to measure its processor time.")
    private @Nullable Long pid;

    @Mixin
    private final AccessOption access = new AccessOption();

    /**
     * The server named, or null when none is.
     *
     * @throws IllegalArgumentException when it is not named as it should be
     */
    @Nullable
    LoadTarget target(final int loops) {
        final Dialect spoken = Dialect.of(dialect);
        if (spoken == null) {
            throw new IllegalArgumentException("--dialect " + dialect + " must be one of 2019, phase2");
        }
        if (server == null && (mqtt != null || udp != null || journal != null || pid != null)) {
            throw new IllegalArgumentException("--mqtt, --udp, --journal and --server-pid go with --server");
        }
        return server == null
                ? null
                : new LoadTarget(
                        access.link(LinkConfig.parse(server)),
                        OwnServer.address(mqtt),
                        OwnServer.address(udp),
                        spoken,
                        access.token(),
                        loops,
                        LoadTarget.DRAIN_MILLIS);
    }

    @Nullable
    Path journal() {
        return journal;
    }

    @Nullable
    Long pid() {
        return pid;
    }
}
