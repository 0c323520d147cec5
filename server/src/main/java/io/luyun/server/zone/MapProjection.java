package io.luyun.server.zone;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.locationtech.proj4j.CRSFactory;
import org.locationtech.proj4j.CoordinateReferenceSystem;
import org.locationtech.proj4j.CoordinateTransform;
import org.locationtech.proj4j.CoordinateTransformFactory;
import org.locationtech.proj4j.Proj4jException;
import org.locationtech.proj4j.ProjCoordinate;

/** From the metres of a file to WGS 84, by the PROJ string the file carries or around a point. */
final class MapProjection {
    private static final CRSFactory SYSTEMS = new CRSFactory();
    private static final CoordinateReferenceSystem WGS84 =
            SYSTEMS.createFromParameters("WGS 84", "+proj=longlat +datum=WGS84 +no_defs");

    private final CoordinateTransform transform;
    private final double originX;
    private final double originY;
    private final ProjCoordinate from = new ProjCoordinate();
    private final ProjCoordinate to = new ProjCoordinate();

    private MapProjection(final CoordinateReferenceSystem system, final double originX, final double originY) {
        transform = new CoordinateTransformFactory().createTransform(system, WGS84);
        this.originX = originX;
        this.originY = originY;
    }

    /**
     * The projection of a PROJ string.
     *
     * @param originX what is to be taken off x before
     * @throws IllegalArgumentException when the string is not understood
     */
    static MapProjection of(final String proj, final double originX, final double originY) {
        final String horizontal = Arrays.stream(proj.trim().split("\\s+"))
                // Heights are not read; a grid file would have to be looked up.
                .filter(word -> !word.startsWith("+vunits=")
                        && !word.startsWith("+geoidgrids=")
                        && !word.equals("+type=crs")
                        && !word.equals("+nadgrids=@null"))
                .collect(Collectors.joining(" "));
        if (!horizontal.startsWith("+proj=") || horizontal.contains("+nadgrids=") || horizontal.contains("+init=")) {
            throw new IllegalArgumentException("must be a PROJ string that begins with +proj= and needs no other file");
        }
        if (horizontal.startsWith("+proj=longlat") || horizontal.startsWith("+proj=latlong")) {
            throw new IllegalArgumentException("must be a projection to metres, not degrees");
        }
        try {
            return new MapProjection(SYSTEMS.createFromParameters("file", horizontal), originX, originY);
        } catch (final RuntimeException e) {
            // proj4j meets bad parameters with exceptions of all kinds.
            throw new IllegalArgumentException(
                    "must be a PROJ string that is understood here (" + e.getMessage() + ")", e);
        }
    }

    /** Metres around a point; the point is where x and y are 0. */
    static MapProjection around(final double latitude, final double longitude) {
        return of(
                String.format(
                        Locale.ROOT,
                        "+proj=tmerc +lat_0=%.9f +lon_0=%.9f +k=1 +datum=WGS84 +units=m",
                        latitude,
                        longitude),
                0,
                0);
    }

    /**
     * A place in 1e-7 degrees, latitude first.
     *
     * @throws ImportException when the projection has no place for it
     */
    int[] place(final double x, final double y) throws ImportException {
        from.setValue(x - originX, y - originY);
        try {
            transform.transform(from, to);
        } catch (final Proj4jException e) {
            throw new ImportException(outside(x, y), e);
        }
        if (!(Math.abs(to.y) <= 90 && Math.abs(to.x) <= 180)) {
            throw new ImportException(outside(x, y));
        }
        return new int[] {(int) Math.rint(to.y * 1e7), (int) Math.rint(to.x * 1e7)};
    }

    private static String outside(final double x, final double y) {
        return String.format(Locale.ROOT, "%.2f,%.2f lies outside of the file's projection", x, y);
    }
}
