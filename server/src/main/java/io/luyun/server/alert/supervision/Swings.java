package io.luyun.server.alert.supervision;

import io.luyun.server.alert.life.PerRoadUser;
import java.util.Arrays;

/**
 * When a road user last changed from heading to one side to heading to the other. The heading now is a mean over 0.4 s, which
 * takes the noise out; it is held against the same mean of the road's direction, or off the map against its own over 3 s.
 */
final class Swings extends PerRoadUser.Memory {
    private static final double NOW_SECONDS = 0.4;
    private static final double ROAD_SECONDS = 3;
    /** After a longer silence nothing is known. */
    private static final double LONGEST_STEP_SECONDS = 1;

    private static final double SECOND_NS = 1e9;

    private final long[] changes = new long[AbnormalDriving.MAX_SWINGS];
    private int next;
    private int side;
    private long lastNs;
    private double nowX;
    private double nowY;
    private double roadX;
    private double roadY;

    @Override
    protected void forget() {
        Arrays.fill(changes, Long.MIN_VALUE);
        next = 0;
        lastNs = Long.MIN_VALUE;
    }

    /**
     * Takes a heading off the map.
     *
     * @param swingSin sine of the angle from which it heads to one side
     */
    void take(final double dirX, final double dirY, final long atNs, final double swingSin) {
        take(dirX, dirY, dirX, dirY, ROAD_SECONDS, atNs, swingSin);
    }

    /**
     * Takes a heading on a road.
     *
     * @param alongX east part of a way along the road, of any length above 0
     * @param alongY north part
     * @param swingSin sine of the angle from which it heads to one side
     */
    void take(
            final double dirX,
            final double dirY,
            final double alongX,
            final double alongY,
            final long atNs,
            final double swingSin) {
        final double length = Math.sqrt(alongX * alongX + alongY * alongY);
        if (length > 0) {
            take(dirX, dirY, alongX / length, alongY / length, NOW_SECONDS, atNs, swingSin);
        }
    }

    private void take(
            final double dirX,
            final double dirY,
            final double wayX,
            final double wayY,
            final double waySeconds,
            final long atNs,
            final double swingSin) {
        final double seconds = lastNs == Long.MIN_VALUE ? Double.NaN : (atNs - lastNs) / SECOND_NS;
        lastNs = atNs;
        if (!(seconds <= LONGEST_STEP_SECONDS)) {
            nowX = dirX;
            nowY = dirY;
            roadX = wayX;
            roadY = wayY;
            side = 0;
            return;
        }
        final double now = seconds / (NOW_SECONDS + seconds);
        final double road = seconds / (waySeconds + seconds);
        nowX += now * (dirX - nowX);
        nowY += now * (dirY - nowY);
        roadX += road * (wayX - roadX);
        roadY += road * (wayY - roadY);
        final double sin = (nowX * roadY - nowY * roadX)
                / Math.sqrt((nowX * nowX + nowY * nowY) * (roadX * roadX + roadY * roadY));
        final int newSide = sin >= swingSin ? 1 : sin <= -swingSin ? -1 : side;
        if (newSide != side && side != 0) {
            changes[next] = atNs;
            next = (next + 1) % changes.length;
        }
        side = newSide;
    }

    /** Number of changes since a time. */
    int since(final long fromNs) {
        int count = 0;
        for (final long change : changes) {
            count += change >= fromNs ? 1 : 0;
        }
        return count;
    }
}
