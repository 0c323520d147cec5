package io.luyun.server.world;

import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** All tracks by unit and number, and in the order of their silence. Owned by {@link Sightings}; allocates when it grows. */
final class TrackTable {
    /** A unit numbers obstacles apart from road users. */
    private static final long OBSTACLE_KEY = 1 << 16;

    private static final int DEVICE_SHIFT = 17;

    private final Long2ObjectHashMap<Track> tracks = new Long2ObjectHashMap<>();
    private @Nullable Track free;
    private @Nullable Track oldest;
    private @Nullable Track youngest;

    @Nullable
    Track oldest() {
        return oldest;
    }

    Track of(final int device, final int ptcId, final boolean obstacle) {
        final long key = (long) device << DEVICE_SHIFT | (obstacle ? OBSTACLE_KEY : 0) | ptcId;
        Track track = tracks.get(key);
        if (track == null) {
            track = free;
            if (track == null) {
                track = new Track();
            } else {
                free = track.younger;
            }
            track.reset();
            track.key = key;
            track.device = device;
            track.ptcId = ptcId;
            tracks.put(key, track);
            append(track);
        }
        return track;
    }

    /** It was heard of just now. */
    void touch(final Track track) {
        if (track != youngest) {
            unchain(track);
            append(track);
        }
    }

    void remove(final Track track) {
        unchain(track);
        tracks.remove(track.key);
        track.reset();
        track.younger = free;
        free = track;
    }

    private void append(final Track track) {
        track.older = youngest;
        track.younger = null;
        if (youngest != null) {
            youngest.younger = track;
        } else {
            oldest = track;
        }
        youngest = track;
    }

    private void unchain(final Track track) {
        if (track.older != null) {
            track.older.younger = track.younger;
        } else {
            oldest = track.younger;
        }
        if (track.younger != null) {
            track.younger.older = track.older;
        } else {
            youngest = track.older;
        }
        track.older = null;
        track.younger = null;
    }
}
