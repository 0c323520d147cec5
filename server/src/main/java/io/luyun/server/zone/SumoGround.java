package io.luyun.server.zone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where on the earth the metres of a SUMO network are: its projection alone, by which files about the same network can be read. One thread. */
public final class SumoGround {
    private final MapProjection projection;

    private SumoGround(final MapProjection projection) {
        this.projection = projection;
    }

    /**
     * Reads a network up to its location.
     *
     * @param reference where x and y are 0, for a network without a projection; null otherwise
     * @throws ImportException when it is no network, or has no projection
     * @throws IOException when it cannot be opened
     */
    public static SumoGround of(final Path file, final ImportOptions.@Nullable Reference reference)
            throws IOException, ImportException {
        try (XmlFile xml = XmlFile.open(file, Set.of("net"))) {
            XmlNode child = xml.nextChild();
            while (child != null && !child.name.equals("location")) {
                child = xml.nextChild();
            }
            return new SumoGround(SumoReader.projection(xml.root(), child, reference));
        }
    }

    /** Latitude and longitude of a place, 1e-7 degrees; null where there is none for it. */
    public int @Nullable [] place(final double x, final double y) {
        try {
            return projection.place(x, y);
        } catch (final ImportException _) {
            return null;
        }
    }
}
