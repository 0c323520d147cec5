package io.luyun.server;

import io.luyun.proto.json.Bounds;
import io.luyun.server.world.ZoneMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The zone of the configuration, with the fingerprint by which a replay can tell whether it has the same map. */
public final class ZoneFile {
    /** About a kilometre. */
    private static final long MARGIN_E7 = 100_000;

    private final ZoneMap map;
    private final byte[] sha256;

    private ZoneFile(final ZoneMap map, final byte[] sha256) {
        this.map = map;
        this.sha256 = sha256;
    }

    /**
     * Reads what a configuration names.
     *
     * @throws ConfigException when it is not a zone file; the message is one line
     */
    public static ZoneFile load(final ZoneConfig config) {
        if (config.file().isEmpty()) {
            return new ZoneFile(
                    ZoneMap.empty((int) Math.rint(config.latitude() * 1e7), (int) Math.rint(config.longitude() * 1e7)),
                    new byte[0]);
        }
        try {
            final Path path = Path.of(config.file());
            final byte[] bytes = Files.readAllBytes(path);
            return new ZoneFile(
                    ZoneMap.load(path), MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (final IOException | IllegalArgumentException e) {
            throw new ConfigException(
                    "zone.file = " + config.file() + ": must be a zone file (" + e.getMessage() + ")", e);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it says. */
    public ZoneMap map() {
        return map;
    }

    /** Where positions of the zone lie, with a margin; null for a zone without roads. */
    @Nullable
    Bounds bounds() {
        final long[] box = map.boundsE7();
        return box == null
                ? null
                : new Bounds(box[0] - MARGIN_E7, box[1] - MARGIN_E7, box[2] + MARGIN_E7, box[3] + MARGIN_E7);
    }

    /** SHA-256 of the file, 32 bytes; empty for a zone without roads. */
    public byte[] sha256() {
        return sha256.clone();
    }
}
