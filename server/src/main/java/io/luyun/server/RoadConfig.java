package io.luyun.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.site.SiteConfig;
import io.luyun.server.world.WorldConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * The part of a server's configuration that decides on alerts, for who decides anew without a server. Keys of the other parts may
 * stand in the file and are not looked at; a key that no part has is an error as it is for a server.
 *
 * @param zone the zone
 * @param world how the road's state is kept
 * @param site crossings and what else lies beside the road
 * @param alert thresholds of the rules
 */
public record RoadConfig(ZoneConfig zone, WorldConfig world, SiteConfig site, AlertConfig alert) {
    private static final List<String> KEYS = List.of("zone", "world", "site", "alert");

    /**
     * Reads the file of a server.
     *
     * @throws ConfigException when it cannot be read or used; the message is one line
     */
    public static RoadConfig load(final Path file) {
        return parse(file.toString(), ServerConfig.read(file), ServerConfig.directory(file));
    }

    /** The defaults: a zone without roads. */
    public static RoadConfig defaults() {
        return parse("defaults", "", Path.of(""));
    }

    /** The same with a zone file; relative to the working directory. */
    public RoadConfig withZone(final Path file) {
        return new RoadConfig(new ZoneConfig(file.toString(), zone.latitude(), zone.longitude()), world, site, alert);
    }

    private static RoadConfig parse(final String name, final String text, final Path directory) {
        final ObjectNode tree = ServerConfig.tree(name, text, directory);
        return ConfigTree.bind(RoadConfig.class, "", tree.retain(KEYS));
    }
}
