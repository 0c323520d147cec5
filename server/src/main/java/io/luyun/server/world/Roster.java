package io.luyun.server.world;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All participants: their pool, where they are, which device or BSM id they belong to, and which has been silent longest.
 * Owned by {@link World}; allocates only when the pool grows.
 */
final class Roster {
    /** A position so far from the expected one is a jump, not noise. */
    private static final double JUMP_METRES = 10;

    /** Who is silent for longer coasts. */
    private static final long COAST_AFTER_NS = 200_000_000L;

    /** After a longer silence a position is taken as it is. */
    private static final double MAX_STEP_SECONDS = 1;

    final Grid grid;
    private final WorldConfig config;
    private final RoadNetwork network;
    private final WorldListener listener;
    private final Counters counters;
    private final Long2ObjectHashMap<Participant> byBsmId = new Long2ObjectHashMap<>();
    private @Nullable Participant[] ofDevice = new Participant[64];
    private @Nullable StampClock[] clockOfDevice = new StampClock[64];
    private Participant[] pool = new Participant[0];
    private Participant[] free = new Participant[64];
    private final long coastNs;
    private int freeCount;
    private int size;
    private @Nullable Participant oldest;
    private @Nullable Participant youngest;

    Roster(final WorldConfig config, final RoadNetwork network, final WorldListener listener, final Counters counters) {
        this.config = config;
        this.network = network;
        this.listener = listener;
        this.counters = counters;
        coastNs = config.coastMillis() * 1_000_000L;
        grid = new Grid(config.maxParticipants());
    }

    int size() {
        return size;
    }

    @Nullable
    Participant oldest() {
        return oldest;
    }

    /** The participant a device reports under a BSM id. */
    @Nullable
    Participant find(final int device, final long bsmId) {
        for (Participant p = first(device); p != null; p = p.nextOfDevice) {
            if (p.bsmId == bsmId) {
                return p;
            }
        }
        return null;
    }

    /** The participant a device reported under a temporary id until it took another, or null. */
    @Nullable
    Participant former(final int device, final long bsmId) {
        for (Participant p = first(device); p != null; p = p.nextOfDevice) {
            if (p.hasFormerBsmId && p.formerBsmId == bsmId) {
                return p;
            }
        }
        return null;
    }

    /** First participant a device reports, further ones by nextOfDevice. */
    @Nullable
    Participant first(final int device) {
        return device >= 0 && device < ofDevice.length ? ofDevice[device] : null;
    }

    /** The participant last heard of under a BSM id. */
    @Nullable
    Participant byBsmId(final long bsmId) {
        return byBsmId.get(bsmId);
    }

    /** A new one where the report says, or null when there are too many. */
    @Nullable
    Participant create(final Report report, final int ordinal) {
        if (size >= config.maxParticipants()) {
            counters.increment(Counter.WORLD_REJECTED);
            return null;
        }
        if (freeCount == 0) {
            grow();
        }
        final Participant p = free[--freeCount];
        size++;
        p.reset();
        p.id = World.newId(report.sequence, ordinal);
        p.firstAtNs = report.atNs;
        p.lastAtNs = report.atNs;
        p.placedAtNs = report.atNs;
        p.x = report.x;
        p.y = report.y;
        grid.add(p);
        append(p);
        return p;
    }

    private void grow() {
        final int before = pool.length;
        final int count = Math.max(64, before);
        pool = Arrays.copyOf(pool, before + count);
        if (free.length < pool.length) {
            free = Arrays.copyOf(free, pool.length);
        }
        for (int i = count - 1; i >= 0; i--) {
            final Participant p = new Participant(before + i);
            pool[before + i] = p;
            free[freeCount++] = p;
        }
    }

    private void reserve(final int device) {
        if (device >= ofDevice.length) {
            final int length = Math.max(device + 1, ofDevice.length * 2);
            ofDevice = Arrays.copyOf(ofDevice, length);
            clockOfDevice = Arrays.copyOf(clockOfDevice, length);
        }
    }

    /**
     * The clock that stamps a device's reports of a participant: the device's when it reports no other, which outlives the
     * participant; its own when the device passes on what several vehicles say.
     *
     * @param p the participant, or null when the device reports none yet
     */
    StampClock clock(final int device, final @Nullable Participant p) {
        if (p != null && (p != first(device) || p.nextOfDevice != null)) {
            return p.clock;
        }
        reserve(device);
        StampClock clock = clockOfDevice[device];
        if (clock == null) {
            clock = new StampClock();
            clockOfDevice[device] = clock;
        }
        return clock;
    }

    /** Makes a participant the device's own under a BSM id. */
    void own(final Participant p, final int device, final long bsmId) {
        if (p.device != device) {
            if (p.device >= 0) {
                forget(p);
            }
            reserve(device);
            p.clock.reset();
            p.device = device;
            p.nextOfDevice = ofDevice[device];
            ofDevice[device] = p;
            p.owner = null;
            p.measuredAtNs = Long.MIN_VALUE;
        }
        if (p.hasBsmId) {
            if (byBsmId.get(p.bsmId) == p) {
                byBsmId.remove(p.bsmId);
            }
            p.formerBsmId = p.bsmId;
            p.hasFormerBsmId = true;
        }
        p.bsmId = bsmId;
        p.hasBsmId = true;
        byBsmId.put(bsmId, p);
    }

    /** Moves a participant to where a report says: smooths, matches to the road, files anew, tells the listener. */
    void move(final Participant p, final Report report) {
        place(p, report);
        p.latE7 = report.latE7;
        p.lonE7 = report.lonE7;
        p.elevation = report.elevation;
        p.speed = report.speed;
        p.heading = report.heading;
        p.speedMps = report.speedMps;
        p.headingDeg = report.headingDeg;
        p.dirX = report.dirX;
        p.dirY = report.dirY;
        p.accelMps2 = report.accelMps2;
        p.transmission = report.transmission;
        p.events = report.events;
        p.lights = report.lights;
        p.sirenUse = report.sirenUse;
        p.lightbarUse = report.lightbarUse;
        p.crossingRequest = report.crossingRequest;
        p.ptcType = report.ptcType;
        p.obstacleType = report.obstacleType;
        p.classification = report.classification;
        p.widthCm = report.widthCm;
        p.lengthCm = report.lengthCm;
        p.lastAtNs = report.atNs;
        p.lastSequence = report.sequence;
        p.measuredAtNs = report.measuredAtNs;
        p.placedAtNs = report.atNs;
        p.coasting = false;
        if (p.lost) {
            p.lost = false;
            grid.add(p);
        } else {
            grid.moved(p);
        }
        if (youngest != p) {
            unchain(p);
            append(p);
        }
        network.match(p);
        listener.onMoved(p, report.sequence, report.atNs);
    }

    private void place(final Participant p, final Report report) {
        final double seconds = (report.atNs - p.placedAtNs) * 1e-9;
        if (p.reports > 0
                && (report.atNs - p.lastAtNs) * 1e-9 <= MAX_STEP_SECONDS
                && report.speed != ABSENT
                && p.speed != ABSENT) {
            final double half = seconds * 0.5;
            final double x = p.x + half * (p.speedMps * p.dirX + report.speedMps * report.dirX);
            final double y = p.y + half * (p.speedMps * p.dirY + report.speedMps * report.dirY);
            final double dx = report.x - x;
            final double dy = report.y - y;
            if (dx * dx + dy * dy <= JUMP_METRES * JUMP_METRES) {
                p.reports++;
                final double gain = Math.max(config.positionGain(), 1.0 / p.reports);
                p.x = x + gain * dx;
                p.y = y + gain * dy;
                return;
            }
        }
        p.x = report.x;
        p.y = report.y;
        p.reports = 1;
    }

    /** Moves whoever is silent on to where it is expected, for a bounded time; behind it no rule sees it any more. */
    void coast(final long nowNs) {
        for (Participant p = oldest; p != null && nowNs - p.lastAtNs > COAST_AFTER_NS; p = p.younger) {
            if (p.lost) {
                continue;
            }
            p.coasting = true;
            if (nowNs - p.lastAtNs > coastNs) {
                p.lost = true;
                grid.remove(p);
                continue;
            }
            if (p.speedMps > 0 && (p.dirX != 0 || p.dirY != 0)) {
                final double ahead = p.speedMps * (nowNs - p.placedAtNs) * 1e-9;
                p.x += ahead * p.dirX;
                p.y += ahead * p.dirY;
                grid.moved(p);
                network.match(p);
            }
            p.placedAtNs = nowNs;
        }
    }

    /** Takes one out; its tracks lose it. */
    void remove(final Participant p, final long atNs) {
        listener.onGone(p, atNs);
        if (!p.lost) {
            grid.remove(p);
        }
        unchain(p);
        if (p.hasBsmId && byBsmId.get(p.bsmId) == p) {
            byBsmId.remove(p.bsmId);
        }
        if (p.device >= 0) {
            forget(p);
        }
        for (Track track = p.tracks; track != null; ) {
            final Track next = track.nextOfParticipant;
            track.participant = null;
            track.nextOfParticipant = null;
            track.streak = 0;
            track = next;
        }
        p.reset();
        size--;
        free[freeCount++] = p;
    }

    private void forget(final Participant p) {
        Participant q = ofDevice[p.device];
        if (q == p) {
            ofDevice[p.device] = p.nextOfDevice;
            return;
        }
        while (q != null && q.nextOfDevice != p) {
            q = q.nextOfDevice;
        }
        if (q != null) {
            q.nextOfDevice = p.nextOfDevice;
        }
    }

    private void append(final Participant p) {
        p.older = youngest;
        p.younger = null;
        if (youngest != null) {
            youngest.younger = p;
        } else {
            oldest = p;
        }
        youngest = p;
    }

    private void unchain(final Participant p) {
        if (p.older != null) {
            p.older.younger = p.younger;
        } else {
            oldest = p.younger;
        }
        if (p.younger != null) {
            p.younger.older = p.older;
        } else {
            youngest = p.older;
        }
        p.older = null;
        p.younger = null;
    }
}
