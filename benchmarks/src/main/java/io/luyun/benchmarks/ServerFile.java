package io.luyun.benchmarks;

import io.luyun.server.session.SessionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration of the server under test: defaults, free ports, the zone of the fleet, nothing that reads beside the line. */
final class ServerFile {
    /** The default. */
    static final int ACK_INTERVAL_MICROS = SessionConfig.defaults().ackIntervalMicros();

    /** As long as a server tolerates at most. */
    private static final int LONGEST_WAIT_MILLIS = 29_999;

    private ServerFile() {}

    /** The same with an MQTT port and a registry that lets roadside units pass on what vehicles say. */
    static Path writeMqtt(final Path directory, final int vehicles) throws IOException {
        Files.writeString(directory.resolve("registry.yaml"), """
                devices:
                  - {id: "bench-*", role: RSU, kinds: [BSM], dialect: %s}
                """.formatted(MqttGenerator.DIALECT.label()));
        final Path file = write(directory, vehicles, ACK_INTERVAL_MICROS);
        final String text =
                Files.readString(file).replace("insecure: true", "insecure: true\n  registry: registry.yaml");
        return Files.writeString(file, text + "mqtt:\n  enabled: true\n  port: 0\n");
    }

    /** The same as {@link #write} for so many vehicles at once, all from one address. */
    static Path writeFor(final Path directory, final int vehicles) throws IOException {
        final Path file = write(directory, vehicles, ACK_INTERVAL_MICROS);
        return Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "insecure: true",
                                "insecure: true\n  maxConnections: %d\n  maxConnectionsPerAddress: %d"
                                        .formatted(vehicles, vehicles)));
    }

    /** The same as {@link #write} for messages that wait in the sockets for as long as the server makes them wait. */
    static Path writeFlood(final Path directory, final int vehicles) throws IOException {
        final Path file = write(directory, vehicles, ACK_INTERVAL_MICROS);
        return Files.writeString(
                file,
                Files.readString(file).replace("session:", "session:\n  clockToleranceMillis: " + LONGEST_WAIT_MILLIS));
    }

    /** Writes it, and the zone, into a directory; returns its path. */
    static Path write(final Path directory, final int vehicles, final int ackIntervalMicros) throws IOException {
        ZoneText.write(directory.resolve("zone.geojson"), vehicles);
        return Files.writeString(directory.resolve("server.yaml"), """
                data: data
                zone:
                  file: zone.geojson
                net:
                  port: 0
                  insecure: true
                session:
                  ackIntervalMicros: %d
                ops:
                  port: 0
                evidence:
                  enabled: false
                """.formatted(ackIntervalMicros));
    }
}
