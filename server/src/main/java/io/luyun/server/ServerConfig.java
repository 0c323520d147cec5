package io.luyun.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.datagram.UdpConfig;
import io.luyun.server.evidence.EvidenceConfig;
import io.luyun.server.fanout.FanOutConfig;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.live.LiveConfig;
import io.luyun.server.monitor.Settings;
import io.luyun.server.mqtt.MqttConfig;
import io.luyun.server.net.NetConfig;
import io.luyun.server.ops.OpsConfig;
import io.luyun.server.session.SessionConfig;
import io.luyun.server.site.SiteConfig;
import io.luyun.server.world.WorldConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The whole configuration of a server: a YAML file laid over the documented defaults in {@code luyun-defaults.yaml}. Paths
 * are taken relative to the directory of the file; those that begin with {@code $CREDENTIALS_DIRECTORY/} lie where the service
 * manager puts the secrets of a service.
 *
 * @param data directory for everything the server writes
 * @param zone the zone
 * @param net the device port
 * @param mqtt the MQTT port
 * @param udp the UDP port
 * @param session what sessions are held to
 * @param journal the journal; its directory is {@code journal} below data
 * @param world how the road's state is kept
 * @param site crossings and what else lies beside the road
 * @param alert thresholds of the rules
 * @param fanout limits of subscriptions
 * @param evidence what is frozen of incidents
 * @param supervise the test vehicles
 * @param ops the HTTP face
 * @param live what browsers watch
 * @param service how it lives on its machine
 */
public record ServerConfig(
        String data,
        ZoneConfig zone,
        NetConfig net,
        MqttConfig mqtt,
        UdpConfig udp,
        SessionConfig session,
        JournalConfig journal,
        WorldConfig world,
        SiteConfig site,
        AlertConfig alert,
        FanOutConfig fanout,
        EvidenceConfig evidence,
        SuperviseConfig supervise,
        OpsConfig ops,
        LiveConfig live,
        ServiceConfig service) {
    private static final String DEFAULTS = "/luyun-defaults.yaml";
    private static final String[] PATHS = {
        "/data",
        "/zone/file",
        "/net/registry",
        "/net/tls/certificate",
        "/net/tls/key",
        "/net/tls/clientCa",
        "/net/tls/crl",
        "/mqtt/topics",
        "/ops/tokens",
        "/ops/places",
        "/ops/tls/certificate",
        "/ops/tls/key",
        "/supervise/file"
    };
    /** What systemd calls the directory of the credentials it hands to a service. */
    private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

    private static final int ALERT_INTAKE_KIB = 64;
    private static final int ALERT_TOUCH_AHEAD_MIB = 0;

    public ServerConfig {
        Settings.require(!data.isEmpty(), "data", "\"\"", "must name a directory");
        Settings.require(
                !udp.enabled() || !net.registry().isEmpty(),
                "udp.enabled",
                true,
                "needs net.registry, which says whose datagrams are taken");
    }

    /**
     * Reads a file.
     *
     * @throws ConfigException when it cannot be read or used; the message is one line
     */
    public static ServerConfig load(final Path file) {
        return parse(file.toString(), read(file), directory(file));
    }

    static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final NoSuchFileException e) {
            throw new ConfigException("there is no configuration " + file, e);
        } catch (final IOException e) {
            throw new ConfigException("cannot read the configuration " + file + ": " + e.getMessage(), e);
        }
    }

    static Path directory(final Path file) {
        final Path directory = file.toAbsolutePath().getParent();
        return directory == null ? Path.of("/") : directory;
    }

    /**
     * Takes a text for a file.
     *
     * @param name what errors of its form call it
     * @param directory where its relative paths begin
     */
    public static ServerConfig parse(final String name, final String text, final Path directory) {
        return ConfigTree.bind(ServerConfig.class, "", tree(name, text, directory));
    }

    /** The text laid over the defaults. */
    static ObjectNode tree(final String name, final String text, final Path directory) {
        return tree(name, text, directory, System.getenv());
    }

    static ObjectNode tree(
            final String name, final String text, final Path directory, final Map<String, String> environment) {
        final ObjectNode tree = ConfigTree.parse(DEFAULTS, defaults());
        ConfigTree.override("", tree, ConfigTree.parse(name, text));
        for (final String pointer : PATHS) {
            resolve(tree, pointer, directory, environment.getOrDefault(CREDENTIALS, ""));
        }
        if (tree.get("journal") instanceof final ObjectNode journal) {
            journal.put(
                    "directory", Path.of(tree.path("data").asText(), "journal").toString());
        }
        return tree;
    }

    /** The defaults with their explanations, as YAML. */
    public static String defaults() {
        try (InputStream in = ServerConfig.class.getResourceAsStream(DEFAULTS)) {
            if (in == null) {
                throw new IllegalStateException(DEFAULTS + " is missing in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The journal of alerts: like the journal, in a directory beside it, without intake and ticks. */
    JournalConfig alertJournal() {
        return new JournalConfig(
                Path.of(data, "alerts").toString(),
                journal.syncMaxDelayMicros(),
                journal.syncMaxRecords(),
                ALERT_INTAKE_KIB,
                journal.blockMiB(),
                journal.rollCycle(),
                journal.diskLowMiB(),
                journal.diskHighMiB(),
                0,
                journal.checkpointRecords(),
                ALERT_TOUCH_AHEAD_MIB);
    }

    private static void resolve(
            final ObjectNode tree, final String pointer, final Path directory, final String credentials) {
        final int slash = pointer.lastIndexOf('/');
        final JsonNode group = slash == 0 ? tree : tree.at(pointer.substring(0, slash));
        final String name = pointer.substring(slash + 1);
        final JsonNode value = group.path(name);
        if (value instanceof final ArrayNode files) {
            for (int i = 0; i < files.size(); i++) {
                if (files.get(i).isTextual()) {
                    final Path file = directory.resolve(files.get(i).textValue());
                    files.set(i, new TextNode(file.normalize().toString()));
                }
            }
        }
        if (value.isTextual() && !value.textValue().isEmpty() && group instanceof final ObjectNode object) {
            object.put(name, located(pointer, value.textValue(), directory, credentials));
        }
    }

    private static String located(
            final String pointer, final String text, final Path directory, final String credentials) {
        if (!text.startsWith("$" + CREDENTIALS + "/")) {
            return directory.resolve(text).normalize().toString();
        }
        if (credentials.isEmpty()) {
            throw new ConfigException(
                    pointer.substring(1).replace('/', '.') + " = " + text
                            + ": there is no such variable in the environment; systemd sets it for a unit with LoadCredential=");
        }
        return Path.of(credentials, text.substring(CREDENTIALS.length() + 2))
                .normalize()
                .toString();
    }
}
