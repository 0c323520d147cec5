package io.luyun.simulator.scenario;

import io.luyun.proto.uper.Dialect;
import io.luyun.proto.v1.Role;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.script.Device;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server for one run: a child process that listens on this host alone, with everything it writes in one directory. */
public final class OwnServer implements AutoCloseable {
    private static final int READY_SECONDS = 60;
    private static final String REGISTRY = """
            # Who may connect. No tokens: the server listens on this host alone.
            devices:
              - {id: "veh-*", role: OBU, dialect: phase2}
              - {id: "ped-*", role: OBU, dialect: phase2}
              - {id: "rsu-*", role: RSU, dialect: phase2}
              # whoever watches alerts as a roadside unit would, over MQTT
              - {id: "mqtt-*", role: RSU, subscribe: true, dialect: 2019}
              - {id: "observer-*", role: OBSERVER}
              # whom those pretend to be who mean harm: of this token nobody knows what it is of
              - {id: "intruder-*", role: OBU, tokenSha256: 9f2c3d1e4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0}
              - {id: "operator-*", role: OPERATOR}
            """;
    private static final String SERVER = """
            # Ports chosen by the system, this host alone.
            data: data
            net:
              host: 127.0.0.1
              port: 0
              insecure: true
              registry: registry.yaml
            mqtt:
              enabled: true
              port: 0
            ops:
              host: 127.0.0.1
              port: 0
            """;
    private static final String ZONE = """
            zone:
              file: zone.geojson
            """;
    private static final String UDP = """
            udp:
              enabled: true
              host: 127.0.0.1
              port: 0
            """;

    private final ServerProcess process;
    private final Map<String, String> fields;

    /**
     * What its configuration has besides.
     *
     * @param places files with layers of places, relative to its directory
     * @param settings more of it, whole sections
     */
    public record Additions(List<String> places, String settings) {
        /** Nothing beside the line: what evidence takes of the machine is not what is measured. */
        public static final Additions MEASURED = new Additions(List.of(), """
                evidence:
                  enabled: false
                """);

        public Additions {
            places = List.copyOf(places);
        }
    }

    /**
     * Writes its files and starts it.
     *
     * @param directory where everything is written; holds no earlier run
     * @param datagrams whether roadside units may send datagrams
     * @throws ResourceException when it does not become ready
     */
    public OwnServer(
            final String launcher,
            final Path directory,
            final Setting setting,
            final boolean datagrams,
            final Additions additions)
            throws IOException, InterruptedException, ResourceException {
        Files.createDirectories(directory);
        final boolean zoned = setting.writeZone(directory.resolve("zone.geojson"));
        Files.writeString(
                directory.resolve("registry.yaml"),
                registry(datagrams ? setting.script().devices() : List.of()));
        final Path config = Files.writeString(
                directory.resolve("server.yaml"),
                SERVER // ends within ops
                        + "  places: ["
                        + String.join(", ", additions.places())
                        + "]\n"
                        + (zoned ? ZONE : "")
                        + (datagrams ? UDP : "")
                        + additions.settings());
        process = new ServerProcess(launcher, config, directory.resolve("server.log"));
        try {
            fields = process.awaitReady(READY_SECONDS);
        } catch (final ResourceException | IOException | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    /** The fields of its READY line. */
    public Map<String, String> fields() {
        return Map.copyOf(fields);
    }

    /** Where its operations page is. */
    public static String page(final Map<String, String> fields) {
        return "http://" + fields.getOrDefault("http", "") + "/";
    }

    /** How to put load on it. */
    public LoadTarget target(final int loops) throws ResourceException {
        return new LoadTarget(
                LinkConfig.parse(field("devices")),
                address(fields.get("mqtt")),
                address(fields.get("udp")),
                Dialect.PHASE_2,
                null,
                loops,
                LoadTarget.DRAIN_MILLIS);
    }

    /** Its journal. */
    public Path journal() throws ResourceException {
        return Path.of(field("journal"));
    }

    /** Its process. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    public boolean alive() {
        return process.alive();
    }

    /** Runs when it ends, on whatever thread notices. */
    public void onExit(final Runnable action) {
        process.onExit(action);
    }

    /** The end of what it wrote to its log. */
    public String lastWords() throws IOException {
        return process.lastWords();
    }

    @Override
    public void close() {
        process.close();
    }

    /**
     * Reads HOST:PORT.
     *
     * @throws IllegalArgumentException when it is not that
     */
    public static @Nullable InetSocketAddress address(final @Nullable String hostAndPort) {
        if (hostAndPort == null) {
            return null;
        }
        final LinkConfig link = LinkConfig.parse(hostAndPort);
        final InetSocketAddress address = new InetSocketAddress(link.host(), link.port());
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("'" + hostAndPort + "': there is no host of that name");
        }
        return address;
    }

    static String registry(final List<Device> devices) {
        final StringBuilder text = new StringBuilder(REGISTRY);
        for (final Device device : devices) {
            if (device.role() == Role.ROLE_RSU) {
                text.append(String.format(
                        Locale.ROOT,
                        "  - {id: \"%s\", role: RSU, dialect: phase2, udp: {source: 127.0.0.1, envelopeId: \"%s\"}}%n",
                        device.id(),
                        HexFormat.of().toHexDigits(Carriers.envelopeId(device.id()))));
            }
        }
        return text.toString();
    }

    private String field(final String name) throws ResourceException {
        final String value = fields.get(name);
        if (value == null) {
            throw new ResourceException("the server's READY line has no " + name);
        }
        return value;
    }
}
