package io.luyun.simulator;

import io.luyun.simulator.link.LinkConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where the server is and how to reach it. */
final class ServerOption {
    @Option(names = "--server", required = true, paramLabel = "HOST:PORT", description = "Device port of the server.")
    private String server = "";

    @Mixin
    private final AccessOption access = new AccessOption();

    /** Where the server is. */
    LinkConfig link() {
        return access.link(LinkConfig.parse(server));
    }

    @Nullable
    String token() {
        return access.token();
    }
}
