package io.luyun.server.research;

import io.luyun.proto.codec.RoadUserReader;
import java.util.HexFormat;
import java.util.List;

/** Which road users are wanted: by their tracks or temporary ids, and by where they are. One thread; does not allocate. */
final class RoadUserFilter {
    private static final int ID_DIGITS = 16;

    private final List<Wildcard> tracks;
    private final long[] ids;
    private final List<Area> areas;
    private final RoadUsers roadUsers = new RoadUsers();
    private final StringBuilder track = new StringBuilder();

    RoadUserFilter(final Content content) {
        tracks = Wildcard.of(content.participants());
        ids = content.participants().stream()
                .filter(name -> name.length() == ID_DIGITS && name.chars().allMatch(HexFormat::isHexDigit))
                .mapToLong(HexFormat::fromHexDigitsToLong)
                .toArray();
        areas = content.areas();
    }

    /** Whether one of the road users that a record tells of is wanted. */
    boolean wants(final Records records) {
        roadUsers.of(records);
        while (roadUsers.next()) {
            if (within(roadUsers.state().latE7(), roadUsers.state().lonE7()) && named()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a place is in all areas; one that is not known is so when there are none. */
    boolean within(final int latE7, final int lonE7) {
        if (areas.isEmpty()) {
            return true;
        }
        if (latE7 == RoadUserReader.ABSENT || lonE7 == RoadUserReader.ABSENT) {
            return false;
        }
        for (int i = 0; i < areas.size(); i++) {
            if (!areas.get(i).contains(latE7, lonE7)) {
                return false;
            }
        }
        return true;
    }

    private boolean named() {
        if (tracks.isEmpty() || hasId(roadUsers.id())) {
            return true;
        }
        track.setLength(0);
        roadUsers.track(track);
        return hasTrack(track);
    }

    /** Whether a track is wanted by its name. */
    boolean hasTrack(final CharSequence name) {
        return Wildcard.any(tracks, name);
    }

    /** Whether a temporary id is wanted; 0 is none. */
    boolean hasId(final long id) {
        if (id != 0) {
            for (final long wanted : ids) {
                if (wanted == id) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether any name will do. */
    boolean anybody() {
        return tracks.isEmpty();
    }
}
