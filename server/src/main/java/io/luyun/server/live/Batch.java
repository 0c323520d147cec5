package io.luyun.server.live;

import io.luyun.server.site.SiteBoard;
import io.luyun.server.world.LocalPlane;
import io.luyun.server.world.Participant;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the road hands over at a tick. Owned by the thread that fills it, then by the one that reads it; {@link LivePipe} passes it
 * on. Its buffers grow to what is needed and stay.
 *
 * <pre>
 *   rows     | PositionRow without age, 32 bytes | receive time of its last report, 8 |  …
 * </pre>
 */
final class Batch {
    private static final int ROW = PositionRow.KEPT + Long.BYTES;
    private static final int FIRST_ROWS = 64;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    /** The watch it is for. */
    long watch;
    /** Time of the last record. */
    long atNs;
    /** Whether the rows are all there are. */
    boolean whole;
    /** Whether the road was emptied: all that was shown is forgotten. */
    boolean cleared;

    SiteBoard board = SiteBoard.EMPTY;
    List<News> news = new ArrayList<>();
    private final UnsafeBuffer rows = new UnsafeBuffer(new byte[FIRST_ROWS * ROW]);
    private int rowCount;
    private long[] gone = new long[FIRST_ROWS];
    private int goneCount;

    void clear() {
        rowCount = 0;
        goneCount = 0;
        news.clear();
        whole = false;
        cleared = false;
    }

    void addRow(final Participant p, final LocalPlane plane) {
        final int at = rowCount * ROW;
        if (at == rows.capacity()) {
            rows.wrap(Arrays.copyOf(rows.byteArray(), at * 2));
        }
        PositionRow.write(rows, at, p, plane);
        rows.putLong(at + PositionRow.KEPT, p.lastAtNs(), ORDER);
        rowCount++;
    }

    void addGone(final long id) {
        if (goneCount == gone.length) {
            gone = Arrays.copyOf(gone, goneCount * 2);
        }
        gone[goneCount++] = id;
    }

    int rowCount() {
        return rowCount;
    }

    UnsafeBuffer rows() {
        return rows;
    }

    static int rowAt(final int index) {
        return index * ROW;
    }

    long id(final int index) {
        return rows.getLong(index * ROW + PositionRow.ID, ORDER);
    }

    long lastAtNs(final int index) {
        return rows.getLong(index * ROW + PositionRow.KEPT, ORDER);
    }

    int goneCount() {
        return goneCount;
    }

    long gone(final int index) {
        return gone[index];
    }
}
