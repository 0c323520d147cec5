package io.luyun.server.exchange.place;

import io.luyun.proto.codec.RoadUserReader;
import io.luyun.server.research.RoadUsers;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tracks whose points are still coming. One is handed on when it has been silent for so long, when so many points are held (then the one
 * that has been silent longest, whose track goes on in another piece), and at the end. One thread.
 */
final class OpenTracks {
    private static final int ABSENT = RoadUserReader.ABSENT;
    /** What a track takes besides its points, in points. */
    private static final int POINTS_A_TRACK = 32;

    private static final long HALF_ROUND_E7 = 1_800_000_000L;

    private final long silenceNs;
    private final int mostPoints;
    private final Sink sink;
    private final Map<String, TrackPoints> tracks = new LinkedHashMap<>(16, 0.75f, true);
    private long held;

    /** Takes tracks, or pieces of them, in the order of their times. */
    @FunctionalInterface
    interface Sink {
        void take(TrackPoints piece) throws IOException;
    }

    /**
     * Holds some.
     *
     * @param silenceNs a track that has been silent for longer, by receive time, is handed on
     * @param mostPoints how many points are held
     */
    OpenTracks(final long silenceNs, final int mostPoints, final Sink sink) {
        this.silenceNs = silenceNs;
        this.mostPoints = mostPoints;
        this.sink = sink;
    }

    /** Takes where a road user is; answers whether that is told. */
    boolean add(final RoadUsers users, final long receivedAtNs) throws IOException {
        if (users.state().latE7() == ABSENT || users.state().lonE7() == ABSENT) {
            return false;
        }
        end(receivedAtNs);
        final String name = users.track();
        TrackPoints track = tracks.get(name);
        if (track != null && overTheEdge(track, users.state().lonE7())) {
            tracks.remove(name);
            hand(track);
            track = null;
        }
        if (track == null) {
            track = new TrackPoints(users, name);
            tracks.put(name, track);
            held += POINTS_A_TRACK;
        }
        track.add(users.state(), users.atNs(), receivedAtNs);
        held++;
        return true;
    }

    /** No line goes over the 180th meridian, which map programs would draw round the earth. */
    private static boolean overTheEdge(final TrackPoints track, final int lonE7) {
        return Math.abs((long) lonE7 - track.lonE7[track.count - 1]) > HALF_ROUND_E7;
    }

    /** Hands on those that have been silent, and as many more as there is no room for. */
    private void end(final long receivedAtNs) throws IOException {
        final Iterator<TrackPoints> silentFirst = tracks.values().iterator();
        while (silentFirst.hasNext()) {
            final TrackPoints track = silentFirst.next();
            if (receivedAtNs - track.receivedAtNs <= silenceNs && held < mostPoints) {
                return;
            }
            silentFirst.remove();
            hand(track);
        }
    }

    private void hand(final TrackPoints track) throws IOException {
        held -= track.count + POINTS_A_TRACK;
        track.sort();
        sink.take(track);
    }

    /** Hands on all. */
    void end() throws IOException {
        for (final TrackPoints track : tracks.values()) {
            hand(track);
        }
        tracks.clear();
    }
}
