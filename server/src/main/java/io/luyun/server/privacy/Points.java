package io.luyun.server.privacy;

import io.luyun.proto.codec.WireCursor;
import io.luyun.proto.v1.Position;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the points of one payload after the other: none has its height, and those of road users are not told where that is
 * redacted, and are made coarse. One thread.
 */
final class Points {
    private static final int VARINT = 0;
    private static final int FIXED32 = 5;
    private static final int LAT = Position.LAT_FIELD_NUMBER << 3 | FIXED32;
    private static final int LON = Position.LON_FIELD_NUMBER << 3 | FIXED32;
    private static final int ELEVATION = Position.ELEVATION_FIELD_NUMBER << 3 | VARINT;
    private static final int OFFSET_FORM = Position.OFFSET_FORM_FIELD_NUMBER << 3 | VARINT;
    private static final int OFFSET_BITS = 7;
    private static final int ABSENT = -1;

    private final @Nullable Grid grid;
    private final @Nullable RedactedArea redacted;
    private final boolean heights;

    private int latAt;
    private int latE7;
    private int lonAt;
    private int lonE7;

    /** Where the road user is whose path is looked at. */
    private boolean placed;

    private int ownLatE7;
    private int ownLonE7;
    /** Where its path has come to. */
    private boolean onPath;

    private boolean pathKnown;

    private int pathLatE7;
    private int pathLonE7;

    Points(final PrivacyPolicy policy) {
        final Coarsening coarsening = policy.coarsening();
        grid = coarsening == null ? null : new Grid(coarsening.metres());
        redacted = policy.redacted();
        heights = policy.has(OptIn.ELEVATION);
    }

    /** A payload begins. */
    void begin() {
        placed = false;
        onPath = false;
    }

    /** What comes is a point of a path: the first one of it, whose way began where the road user is, or a later one. */
    void beginPath(final boolean first) {
        onPath = true;
        if (first) {
            pathKnown = placed;
            pathLatE7 = ownLatE7;
            pathLonE7 = ownLonE7;
        }
    }

    /** It was. */
    void endPath() {
        onPath = false;
    }

    /** Whether the point that a cursor is in is told; what changes in it is with the edits. */
    boolean keeps(final WireCursor cursor, final Edits edits, final boolean ofRoadUser) {
        latAt = ABSENT;
        lonAt = ABSENT;
        int from = cursor.position();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case LAT -> {
                    latAt = cursor.position();
                    latE7 = cursor.fixed32();
                }
                case LON -> {
                    lonAt = cursor.position();
                    lonE7 = cursor.fixed32();
                }
                case OFFSET_FORM -> offsetForm(cursor, edits, ofRoadUser, from);
                default -> {
                    cursor.skip(tag);
                    if (!cursor.malformed() && (tag != ELEVATION || !heights)) {
                        edits.remove(from, cursor.position());
                    }
                }
            }
            from = cursor.position();
        }
        return !cursor.malformed() && (!ofRoadUser || (told() && coarsened(edits)));
    }

    /** How it was carried tells of its height, and of where it was. */
    private void offsetForm(final WireCursor cursor, final Edits edits, final boolean ofRoadUser, final int from) {
        final int value = cursor.position();
        final long form = cursor.varint();
        final long told = ofRoadUser && grid != null ? 0 : heights ? form : form & OFFSET_BITS;
        if (cursor.malformed() || told == form) {
            return;
        }
        if (told == 0) {
            edits.remove(from, cursor.position());
        } else {
            edits.varint(value, cursor.position(), told);
        }
    }

    private boolean told() {
        if (redacted == null) {
            return true;
        }
        final boolean whole = latAt != ABSENT && lonAt != ABSENT;
        final boolean inside = !whole
                || redacted.contains(latE7, lonE7)
                || (onPath && pathKnown && redacted.crossed(pathLatE7, pathLonE7, latE7, lonE7));
        if (inside) {
            return false;
        }
        pathKnown = true;
        pathLatE7 = latE7;
        pathLonE7 = lonE7;
        if (!onPath) {
            placed = true;
            ownLatE7 = latE7;
            ownLonE7 = lonE7;
        }
        return true;
    }

    private boolean coarsened(final Edits edits) {
        if (grid != null && latAt != ABSENT && lonAt != ABSENT) {
            edits.fixed(latAt, Integer.BYTES, grid.lat(latE7));
            edits.fixed(lonAt, Integer.BYTES, grid.lon(latE7, lonE7));
        }
        return grid == null || (latAt != ABSENT && lonAt != ABSENT);
    }
}
