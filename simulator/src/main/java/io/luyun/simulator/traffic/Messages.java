package io.luyun.simulator.traffic;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Position;
import java.time.LocalDate;

/** Parts that several messages share. */
public final class Messages {
    /** Height of the whole zone, 0.1 m; chosen here. */
    public static final int ELEVATION_DM = 2_600;

    private static final long MS_A_DAY = 86_400_000;

    private Messages() {}

    static Position position(final GeoPoint at) {
        return position(at.latE7(), at.lonE7());
    }

    /** A position without a height. */
    public static Position position(final int latE7, final int lonE7) {
        return Position.newBuilder().setLat(latE7).setLon(lonE7).build();
    }

    static NodeReference node(final Zone zone, final int nodeId) {
        return NodeReference.newBuilder().setRegion(zone.region()).setId(nodeId).build();
    }

    /** Eight octets, highest first. */
    public static ByteString octets(final long id) {
        final byte[] bytes = new byte[8];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (id >>> (56 - 8 * i));
        }
        return ByteString.copyFrom(bytes);
    }

    /** Speed in steps of the message set. */
    public static int speed(final double mps) {
        return clamp(mps * 50, 0, 8_190);
    }

    /** Direction, 0 to 360 degrees, in steps of the message set. */
    public static int heading(final double degrees) {
        return clamp(degrees * 80, 0, 28_800);
    }

    /** The nearest integer within the bounds. */
    public static int clamp(final double value, final int low, final int high) {
        return (int) Math.max(low, Math.min(high, Math.round(value)));
    }

    /** Millisecond of the minute. */
    public static int secMark(final long utcMs) {
        return (int) Math.floorMod(utcMs, 60_000L);
    }

    /** Minute of the UTC year. */
    public static int minuteOfYear(final long utcMs) {
        final LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(utcMs, MS_A_DAY));
        return (day.getDayOfYear() - 1) * 1_440 + (int) (Math.floorMod(utcMs, MS_A_DAY) / 60_000);
    }
}
