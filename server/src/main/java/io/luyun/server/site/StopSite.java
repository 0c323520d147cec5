package io.luyun.server.site;

import io.luyun.proto.v1.BusArrival;
import io.luyun.proto.v1.BusStopState;
import io.luyun.proto.v1.Position;
import io.luyun.server.world.BusLine;
import io.luyun.server.world.BusStop;
import io.luyun.server.world.LocalPlane;
import io.luyun.server.world.Participant;
import org.jspecify.annotations.Nullable;

/** A bus stop and who comes there. Owned and changed by {@link Arrivals} at ticks, on its thread. */
public final class StopSite {
    /** More are not told. */
    private static final int MOST = 5;

    private static final double MILLIS = 1_000;
    private static final double CENTIMETRES = 100;
    private static final double NANO = 1e-9;
    /** Weight of a stay in what the stop is expected to take. */
    private static final double DWELL_GAIN = 0.3;

    private final BusStop stop;
    private final Position post;
    private final long newsNs;
    private final Entry[] entries = new Entry[MOST];
    private int count;
    private double dwellSeconds;
    private long toldHash;
    private long lastSequence;
    private long atNs;
    private @Nullable BusStopState message;

    /** One that comes. */
    private static final class Entry {
        private String line = "";
        private String device = "";
        private long participant;
        private double seconds;
        private double metres;
        private double dwell;
        private double signal;
        private int queue;
        private int stopsBefore;
        private boolean atStop;
        private int latE7;
        private int lonE7;
    }

    StopSite(final BusStop stop, final LocalPlane plane, final BusStopConfig config) {
        this.stop = stop;
        post = Position.newBuilder()
                .setLat(plane.latE7(stop.y()))
                .setLon(plane.lonE7(stop.x()))
                .build();
        newsNs = config.newsMillis() * 1_000_000L;
        dwellSeconds = config.dwellSeconds();
        for (int i = 0; i < MOST; i++) {
            entries[i] = new Entry();
        }
    }

    /** How long a vehicle is expected to stand here. */
    double dwellSeconds() {
        return dwellSeconds;
    }

    /** One has stood here. */
    void stood(final double seconds) {
        dwellSeconds += DWELL_GAIN * (seconds - dwellSeconds);
    }

    void begin() {
        count = 0;
    }

    /** One comes, after what the journey says. */
    void comes(
            final BusLine line,
            final Participant bus,
            final String device,
            final Journey journey,
            final int stopsBefore,
            final boolean atStop) {
        final double seconds = atStop ? 0 : journey.seconds;
        int place = count;
        while (place > 0 && entries[place - 1].seconds > seconds) {
            place--;
        }
        if (place == MOST) {
            return;
        }
        final int last = Math.min(count, MOST - 1);
        final Entry entry = entries[last];
        System.arraycopy(entries, place, entries, place + 1, last - place);
        entries[place] = entry;
        count = last + 1;
        entry.line = line.name();
        entry.device = device;
        entry.participant = bus.id();
        entry.seconds = seconds;
        entry.metres = journey.metres;
        entry.dwell = journey.dwellSeconds;
        entry.signal = journey.signalSeconds;
        entry.queue = journey.queueVehicles;
        entry.stopsBefore = stopsBefore;
        entry.atStop = atStop;
        entry.latE7 = bus.latE7();
        entry.lonE7 = bus.lonE7();
    }

    void end(final long sequence, final long nowNs) {
        atNs = nowNs;
        final long hash = hash();
        if (hash != toldHash) {
            toldHash = hash;
            lastSequence = sequence;
            message = null;
        }
    }

    /** Two states of one hash are the same news: an arrival that stays where it was foreseen is none. */
    private long hash() {
        long hash = count;
        for (int i = 0; i < count; i++) {
            final Entry entry = entries[i];
            final long arrivalNs = atNs + (long) (entry.seconds / NANO);
            hash = hash * 1_000_003 + entry.participant;
            hash = hash * 31 + entry.stopsBefore * 2L + (entry.atStop ? 1 : 0);
            hash = hash * 1_000_003 + (entry.atStop ? 0 : arrivalNs / newsNs);
        }
        return hash;
    }

    /** The stop. */
    public BusStop stop() {
        return stop;
    }

    /** Number of vehicles that come. */
    public int arrivals() {
        return count;
    }

    /** When one is there, the first first. */
    public double arrivalSeconds(final int arrival) {
        return entries[arrival].seconds;
    }

    /** Its device. */
    public String device(final int arrival) {
        return entries[arrival].device;
    }

    /** Stops it serves before. */
    public int stopsBefore(final int arrival) {
        return entries[arrival].stopsBefore;
    }

    /** Whether it stands here. */
    public boolean atStop(final int arrival) {
        return entries[arrival].atStop;
    }

    /** Sequence of the last record at which there was news. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Latitude of its post, 1e-7 deg. */
    public int latE7() {
        return post.getLat();
    }

    /** Longitude of its post, 1e-7 deg. */
    public int lonE7() {
        return post.getLon();
    }

    /** The state of the last news as a message; allocates once for each. */
    public BusStopState toMessage() {
        BusStopState known = message;
        if (known == null) {
            known = write();
            message = known;
        }
        return known;
    }

    private BusStopState write() {
        final BusStopState.Builder state =
                BusStopState.newBuilder().setName(stop.name()).setPos(post).setAtNs(atNs);
        for (int i = 0; i < count; i++) {
            final Entry entry = entries[i];
            state.addArrivals(BusArrival.newBuilder()
                    .setLine(entry.line)
                    .setDeviceId(entry.device)
                    .setParticipantId(entry.participant)
                    .setArrivalMs((int) Math.rint(entry.seconds * MILLIS))
                    .setWayCm((int) Math.rint(Math.max(0, entry.metres) * CENTIMETRES))
                    .setStopsBefore(entry.stopsBefore)
                    .setAtStop(entry.atStop)
                    .setDwellMs((int) Math.rint(entry.dwell * MILLIS))
                    .setSignalMs((int) Math.rint(entry.signal * MILLIS))
                    .setQueueVehicles(entry.queue)
                    .setPos(Position.newBuilder().setLat(entry.latE7).setLon(entry.lonE7)));
        }
        return state.build();
    }
}
