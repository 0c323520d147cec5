package io.luyun.server.exchange.mcap;

import io.luyun.server.research.RoadUserClass;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * How a kind of road user is drawn: its colour, and its measures where it does not tell them. Colours are chosen here.
 *
 * @param round a cylinder, else a box
 * @param self colour of one that reports itself, a message foxglove.Color
 * @param seen that of one that is only seen: the same, seen through
 * @param selfFix how a foxglove.LocationFix of one that reports itself begins: latitude, longitude, time, colour
 * @param seenFix the same of one that is only seen
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Look(
        double lengthMetres,
        double widthMetres,
        double heightMetres,
        boolean round,
        byte[] self,
        byte[] seen,
        byte[] selfFix,
        byte[] seenFix) {
    /** Where the latitude is set in the beginning of a fix. */
    static final int LATITUDE_AT = 1;

    static final int LONGITUDE_AT = LATITUDE_AT + Double.BYTES + 1;

    /** Where the time ends. */
    static final int TIME_END = LONGITUDE_AT + Double.BYTES + 14;

    private static final double SELF_ALPHA = 0.95;
    private static final double SEEN_ALPHA = 0.4;

    /** That of each. */
    static Map<RoadUserClass, Look> all() {
        final Map<RoadUserClass, Look> looks = new EnumMap<>(RoadUserClass.class);
        for (final RoadUserClass type : RoadUserClass.values()) {
            looks.put(
                    type,
                    switch (type) {
                        case PASSENGER_CAR -> of(4.6, 1.8, 1.5, false, 0x2F6FD6);
                        case TRUCK -> of(10, 2.5, 3.5, false, 0x8C5A2B);
                        case BUS -> of(12, 2.5, 3.2, false, 0xE0B000);
                        case MOTORCYCLE -> of(2.2, 0.8, 1.5, false, 0x7B3FBF);
                        case BICYCLE -> of(1.8, 0.6, 1.7, false, 0x1FA35B);
                        case PEDESTRIAN -> of(0.6, 0.6, 1.75, true, 0xE0218A);
                        case EMERGENCY_VEHICLE -> of(6, 2.2, 2.5, false, 0xE02020);
                        case VEHICLE -> of(4.6, 1.8, 1.5, false, 0x4F8FA8);
                        case ANIMAL -> of(1, 0.5, 0.8, true, 0xA0763C);
                        case OBSTACLE -> of(1, 1, 1, false, 0xFF7A00);
                        case UNKNOWN -> of(1.5, 1.5, 1.5, true, 0x8A8A8A);
                    });
        }
        return looks;
    }

    private static Look of(
            final double lengthMetres,
            final double widthMetres,
            final double heightMetres,
            final boolean round,
            final int rgb) {
        final byte[] self = color(rgb, SELF_ALPHA);
        final byte[] seen = color(rgb, SEEN_ALPHA);
        return new Look(lengthMetres, widthMetres, heightMetres, round, self, seen, fix(self), fix(seen));
    }

    private static byte[] fix(final byte[] color) {
        final Octets octets = new Octets(128);
        final ProtoWriter out = new ProtoWriter(octets);
        out.number(1, 0);
        out.number(2, 0);
        out.time(6, 0);
        out.bytes(8, color);
        return Arrays.copyOf(octets.array(), octets.length());
    }

    /** A message foxglove.Color. */
    static byte[] color(final int rgb, final double alpha) {
        final Octets octets = new Octets(64);
        final ProtoWriter out = new ProtoWriter(octets);
        out.number(1, (rgb >>> 16 & 0xFF) / 255.0);
        out.number(2, (rgb >>> 8 & 0xFF) / 255.0);
        out.number(3, (rgb & 0xFF) / 255.0);
        out.number(4, alpha);
        return Arrays.copyOf(octets.array(), octets.length());
    }
}
