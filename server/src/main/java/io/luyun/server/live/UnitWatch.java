package io.luyun.server.live;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.server.live.News.Health;
import io.luyun.server.world.World;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2LongHashMap;

/**
 * Counts what roadside units send, and tells once a second how those do of whom something changed. A unit is who has sent a
 * message that only units send. Records are counted while somebody watches; sessions always. Core's thread.
 */
final class UnitWatch {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    /** Seconds without a message after which a unit is silent; chosen here. */
    private static final int SILENT_SECONDS = 3;
    /** Part of the best rate below which a unit is slow; chosen here. */
    private static final double SLOW_PART = 0.5;
    /** How fast the rate shown follows that of the last second. */
    private static final double FOLLOWS = 0.4;

    private static final class Unit {
        final int device;
        int latE7 = ABSENT;
        int lonE7 = ABSENT;
        double rate = Double.NaN;
        double best;
        int silentSeconds;
        News.Unit told = new News.Unit("", ABSENT, ABSENT, false, Double.NaN, Double.NaN, Health.OFFLINE);

        Unit(final int device) {
            this.device = device;
        }
    }

    private final Int2ObjectHashMap<Unit> units = new Int2ObjectHashMap<>();
    private final Long2LongHashMap sessions = new Long2LongHashMap(-1);
    private int[] sessionsOf = new int[0];
    private int[] received = new int[0];
    private int[] lost = new int[0];
    private long[] epoch = new long[0];
    private long[] lastNumber = new long[0];
    private long nextNs = Long.MIN_VALUE;
    private long sinceNs = Long.MIN_VALUE;

    void clear() {
        units.clear();
        sessions.clear();
        Arrays.fill(sessionsOf, 0);
        rest();
    }

    /** Nobody watches: counts begin anew. */
    void rest() {
        Arrays.fill(received, 0);
        Arrays.fill(lost, 0);
        Arrays.fill(lastNumber, 0);
        nextNs = Long.MIN_VALUE;
        sinceNs = Long.MIN_VALUE;
        for (final Unit unit : units.values()) {
            unit.rate = Double.NaN;
            unit.silentSeconds = 0;
        }
    }

    void forgetTold() {
        for (final Unit unit : units.values()) {
            unit.told = new News.Unit("", ABSENT, ABSENT, false, Double.NaN, Double.NaN, Health.OFFLINE);
        }
    }

    void onSessionOpened(final long sessionId, final int device) {
        reserve(device);
        if (device >= 0 && sessions.put(sessionId, device) == sessions.missingValue()) {
            sessionsOf[device]++;
        }
    }

    void onSessionClosed(final long sessionId) {
        final long device = sessions.remove(sessionId);
        if (device != sessions.missingValue()) {
            sessionsOf[(int) device]--;
        }
    }

    /** A record of a device; numbers are those of its messages within a boot epoch, 0 for none. */
    void onRecord(final int device, final long bootEpoch, final long number) {
        if (device < 0 || number <= 0) {
            return;
        }
        reserve(device);
        received[device]++;
        final long last = lastNumber[device];
        if (last > 0 && epoch[device] == bootEpoch && number > last + 1) {
            lost[device] += (int) Math.min(Integer.MAX_VALUE / 2, number - last - 1);
        }
        epoch[device] = bootEpoch;
        lastNumber[device] = number;
    }

    void onUnitMessage(final int device, final int latE7, final int lonE7) {
        if (device < 0) {
            return;
        }
        reserve(device);
        Unit unit = units.get(device);
        if (unit == null) {
            unit = new Unit(device);
            units.put(device, unit);
        }
        if (latE7 != ABSENT && lonE7 != ABSENT) {
            unit.latE7 = latE7;
            unit.lonE7 = lonE7;
        }
    }

    void tell(final long nowNs, final World world, final List<News> news) {
        if (sinceNs == Long.MIN_VALUE) {
            sinceNs = nowNs;
            nextNs = nowNs + SECOND_NS;
        } else if (nowNs >= nextNs) {
            for (final Unit unit : units.values()) {
                measure(unit, (double) (nowNs - sinceNs) / SECOND_NS);
            }
            sinceNs = nowNs;
            nextNs = nowNs + SECOND_NS;
        } else {
            return;
        }
        for (final Unit unit : units.values()) {
            final News.Unit now = state(unit, world.deviceName(unit.device));
            if (!now.equals(unit.told)) {
                unit.told = now;
                news.add(now);
            }
        }
        Arrays.fill(received, 0);
        Arrays.fill(lost, 0);
    }

    private void measure(final Unit unit, final double seconds) {
        final double rate = received[unit.device] / seconds;
        unit.rate = Double.isNaN(unit.rate) ? rate : unit.rate + FOLLOWS * (rate - unit.rate);
        unit.best = Math.max(unit.best, unit.rate);
        unit.silentSeconds = received[unit.device] > 0 ? 0 : unit.silentSeconds + 1;
    }

    private News.Unit state(final Unit unit, final String id) {
        final int came = received[unit.device];
        final int missing = lost[unit.device];
        final boolean online = sessionsOf[unit.device] > 0 || unit.silentSeconds == 0;
        return new News.Unit(
                id,
                unit.latE7,
                unit.lonE7,
                online,
                tenths(unit.rate),
                came + missing == 0 ? 0 : tenths(100.0 * missing / (came + missing)),
                health(unit, online));
    }

    private static Health health(final Unit unit, final boolean online) {
        if (!online) {
            return Health.OFFLINE;
        }
        if (unit.silentSeconds >= SILENT_SECONDS) {
            return Health.SILENT;
        }
        return unit.rate < SLOW_PART * unit.best ? Health.SLOW : Health.OK;
    }

    private static double tenths(final double value) {
        return Double.isNaN(value) ? 0 : Math.rint(value * 10) / 10;
    }

    private void reserve(final int device) {
        if (device >= received.length) {
            final int length = Math.max(device + 1, received.length * 2);
            received = Arrays.copyOf(received, length);
            lost = Arrays.copyOf(lost, length);
            epoch = Arrays.copyOf(epoch, length);
            lastNumber = Arrays.copyOf(lastNumber, length);
            sessionsOf = Arrays.copyOf(sessionsOf, length);
        }
    }
}
