package io.luyun.server.zone;

import org.jspecify.annotations.Nullable;

/**
 * What an import cannot take from the file.
 *
 * @param name name of the zone; null for that of the file
 * @param region road regulator of all nodes, 0..65535
 * @param reference where x and y of the file are 0, for files without a projection; null for those with one
 * @param roadsideUnits whether every signalised node gets a roadside unit
 */
public record ImportOptions(
        @Nullable String name, int region, @Nullable Reference reference, boolean roadsideUnits) {
    private static final int MOST_REGION = 65_535;

    /** A point in degrees. */
    public record Reference(double latitude, double longitude) {
        public Reference {
            if (!(Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180)) {
                throw new IllegalArgumentException(
                        "reference " + latitude + "," + longitude + " is not in -85..85,-180..180");
            }
        }
    }

    public ImportOptions {
        if (region < 0 || region > MOST_REGION) {
            throw new IllegalArgumentException("region " + region + " is not in 0.." + MOST_REGION);
        }
    }
}
