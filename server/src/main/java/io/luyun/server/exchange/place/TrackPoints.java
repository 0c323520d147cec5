package io.luyun.server.exchange.place;

import io.luyun.proto.codec.RoadUserReader;
import io.luyun.server.research.RoadUserClass;
import io.luyun.server.research.RoadUsers;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Points of one track in the making; in the order of their times once it is {@link #sort}ed. One thread. */
final class TrackPoints {
    final String track;
    final String device;
    final RoadUserClass type;
    long[] atNs = new long[16];
    int[] latE7 = new int[16];
    int[] lonE7 = new int[16];
    int[] elevation = new int[16];
    int[] speed = new int[16];
    int[] heading = new int[16];
    int count;
    long receivedAtNs;
    private boolean sorted = true;

    TrackPoints(final RoadUsers users, final String track) {
        this.track = track;
        device = users.device();
        type = users.type();
    }

    void add(final RoadUserReader state, final long timeNs, final long receivedNs) {
        if (count == atNs.length) {
            atNs = Arrays.copyOf(atNs, 2 * count);
            latE7 = Arrays.copyOf(latE7, 2 * count);
            lonE7 = Arrays.copyOf(lonE7, 2 * count);
            elevation = Arrays.copyOf(elevation, 2 * count);
            speed = Arrays.copyOf(speed, 2 * count);
            heading = Arrays.copyOf(heading, 2 * count);
        }
        sorted &= count == 0 || timeNs >= atNs[count - 1];
        atNs[count] = timeNs;
        latE7[count] = state.latE7();
        lonE7[count] = state.lonE7();
        elevation[count] = state.elevation();
        speed[count] = state.speed();
        heading[count] = state.heading();
        count++;
        receivedAtNs = receivedNs;
    }

    /** Puts messages that came late where they belong. */
    void sort() {
        if (sorted) {
            return;
        }
        final long[] times = atNs;
        final int[] order = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingLong(i -> times[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        atNs = Arrays.stream(order).mapToLong(i -> times[i]).toArray();
        latE7 = in(order, latE7);
        lonE7 = in(order, lonE7);
        elevation = in(order, elevation);
        speed = in(order, speed);
        heading = in(order, heading);
        sorted = true;
    }

    private static int[] in(final int[] order, final int[] values) {
        return Arrays.stream(order).map(i -> values[i]).toArray();
    }
}
