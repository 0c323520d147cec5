package io.luyun.simulator.traffic;

import java.io.IOException;
import java.nio.file.Path;

/** A zone as a GeoJSON file. */
public final class ZoneGeoJson {
    private ZoneGeoJson() {}

    /** Writes the zone; the same zone gives the same bytes. */
    public static void write(final Zone zone, final Path file) throws IOException {
        throw new IOException("not yet " + zone.name() + file);
    }

    /** Reads what {@link #write} wrote. */
    public static Zone read(final Path file) throws IOException {
        throw new IOException("not yet " + file);
    }
}
