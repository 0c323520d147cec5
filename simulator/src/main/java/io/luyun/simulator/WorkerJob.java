package io.luyun.simulator;

import io.luyun.proto.uper.Dialect;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.scenario.LoadTarget;
import io.luyun.simulator.scenario.OwnServer;
import io.luyun.simulator.scenario.Part;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is told, as one line of JSON.
 *
 * @param name name of the scenario's file, for errors
 * @param scenario its text
 * @param directory where the files it names are looked for
 * @param link the server's device port
 * @param mqtt HOST:PORT of its port for MQTT, or null
 * @param udp the same for datagrams, or null
 * @param dialect of UPER in datagrams
 * @param token token of all devices, or null
 * @param part which devices
 * @param serverPid process of the server, where it is on the worker's host, or null
 * @param mostLagMillis a generator that is later than this makes the run invalid
 */
record WorkerJob(
        String name,
        String scenario,
        Path directory,
        LinkConfig link,
        @Nullable String mqtt,
        @Nullable String udp,
        Dialect dialect,
        @Nullable String token,
        Part part,
        @Nullable Long serverPid,
        double mostLagMillis) {
    /** The server under load. */
    LoadTarget target() {
        return new LoadTarget(
                link, OwnServer.address(mqtt), OwnServer.address(udp), dialect, token, 1, LoadTarget.DRAIN_MILLIS);
    }

    static @Nullable String text(final @Nullable InetSocketAddress address) {
        return address == null ? null : address.getHostString() + ":" + address.getPort();
    }
}
