package io.luyun.proto.json;

import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.Position;
import org.jspecify.annotations.Nullable;

/** Positions: degrees or steps of 1e-7 degrees; swapped ones are found by the zone's bounds and refused. */
final class Places {
    private static final double E7 = 1e7;
    private static final double DEGREES_MAX = 180;
    private static final double INVALID_LON_DEG = 180.0000001;
    private static final double INVALID_LAT_DEG = 90.0000001;
    private static final double EPSILON = 1e-9;
    private static final double LAT_MAX_E7 = 90 * E7;
    private static final double LON_MAX_E7 = 180 * E7;

    private final @Nullable Bounds zone;

    Places(@Nullable Bounds zone) {
        this.zone = zone;
    }

    /**
     * A position in members of these names.
     *
     * @param degrees true: always degrees; false: numbers beyond 180 are steps
     */
    Position read(Members members, boolean degrees, String latName, String lonName, String... elevationNames)
            throws FaultException {
        final double latGiven = members.required(latName, "latitude", "lat", "Lat");
        final double lonGiven = members.required(lonName, "longitude", "lon", "long", "Lon");
        final boolean steps = !degrees && (Math.abs(latGiven) > DEGREES_MAX || Math.abs(lonGiven) > DEGREES_MAX);
        final double lat = steps ? latGiven : latGiven * E7;
        final double lon = steps ? lonGiven : lonGiven * E7;
        check(members, latName, lonName, lat, lon);
        final Position.Builder position =
                Position.newBuilder().setLat((int) Math.rint(lat)).setLon((int) Math.rint(lon));
        final Double elevation = members.number(elevationNames);
        final Unit unit = degrees ? Unit.ELEVATION_M : Unit.ELEVATION_STEPS;
        if (elevation != null && !unit.isUnknown(elevation)) {
            position.setElevation(unit.convert(members.path(elevationNames[0]), elevation));
        }
        return position.build();
    }

    private void check(Members members, String latName, String lonName, double lat, double lon) throws FaultException {
        final boolean possible = Math.abs(lat) <= LAT_MAX_E7 && Math.abs(lon) <= LON_MAX_E7;
        final Bounds bounds = zone;
        final boolean swapped = possible
                ? bounds != null && !bounds.contains((long) lat, (long) lon) && bounds.contains((long) lon, (long) lat)
                : Math.abs(lat) <= LON_MAX_E7
                        && Math.abs(lon) <= LAT_MAX_E7
                        && Math.abs(lat / E7 - INVALID_LAT_DEG) > EPSILON
                        && Math.abs(lon / E7 - INVALID_LON_DEG) > EPSILON;
        if (swapped) {
            throw new FaultException(
                    ErrorCode.ERROR_CODE_OUT_OF_RANGE,
                    members.path(latName),
                    lat / E7 + ", " + lon / E7,
                    "latitude and longitude seem to be swapped",
                    true);
        }
        if (!possible) {
            throw new FaultException(
                    ErrorCode.ERROR_CODE_OUT_OF_RANGE,
                    members.path(Math.abs(lat) > LAT_MAX_E7 ? latName : lonName),
                    lat / E7 + ", " + lon / E7,
                    "must be -90..90 and -180..180 degrees");
        }
    }
}
