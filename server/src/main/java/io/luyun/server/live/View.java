package io.luyun.server.live;

import io.luyun.server.world.LocalPlane;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The positions one browser looks at: those in its box and the one it follows, and what of them it has been sent. One thread. The
 * frame it writes, little endian:
 *
 * <pre>
 *   0         1       2            4                8               16               20               24
 *   +---------+-------+------------+----------------+----------------+----------------+----------------+-- // --+-- // --+
 *   | version | flags | gone count |   row count    |  at, ns since 1970              | ref lat e7 ... |  rows  |  gone  |
 *   +---------+-------+------------+----------------+---------------------------------+----------------+-- // --+-- // --+
 * </pre>
 */
final class View {
    static final int HEADER = 24;
    static final int VERSION = 1;
    /** Participants that are not in the frame are forgotten. */
    static final int SNAPSHOT = 1;

    private static final int FLAGS = 1;
    private static final int GONE_COUNT = 2;
    private static final int ROW_COUNT = 4;
    private static final int AT = 8;
    private static final int REF_LAT = 16;
    private static final int REF_LON = 20;
    private static final int MOST_GONE = 0xFFFF;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private @Nullable Box box;
    private long watched;
    private boolean anew = true;
    private boolean asked;
    private int sentTurn;
    private long[] shown = new long[0];
    private BitSet showing = new BitSet();
    private BitSet seen = new BitSet();
    private final BitSet names = new BitSet();
    private final BitSet newNames = new BitSet();
    private long[] gone = new long[16];
    private int goneCount;
    private int rowCount;
    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final RowTable.Visitor visitor = this::show;
    private RowTable rows = new RowTable();
    private long nowNs;
    private byte[] bytes = new byte[0];

    /** What is looked at from now on; the next frame has all of it. */
    void look(final @Nullable Box at) {
        box = at;
        anew = true;
    }

    /** Who is followed wherever it is; 0 for nobody. */
    void watch(final long participantId) {
        watched = participantId;
        asked = true;
    }

    /** The browser has forgotten everything. */
    void forget() {
        anew = true;
        names.clear();
    }

    /** Whether there may be something to send. */
    boolean due(final RowTable table) {
        return asked || ((box != null || watched != 0) && (anew || table.turn() != sentTurn));
    }

    /** Whether the next frame stands alone, so that there must be one. */
    boolean anew() {
        return anew;
    }

    /**
     * Writes the next frame.
     *
     * @param buffer may grow
     * @return its length
     */
    int write(final RowTable table, final LocalPlane plane, final long atNs, final FrameBytes buffer) {
        rows = table;
        nowNs = atNs;
        rowCount = 0;
        goneCount = 0;
        newNames.clear();
        seen.clear();
        bytes = buffer.atLeast(HEADER + table.size() * PositionRow.LENGTH);
        frame.wrap(bytes);
        if (shown.length < table.slots()) {
            shown = Arrays.copyOf(shown, Math.max(table.slots(), shown.length * 2));
        }
        if (anew) {
            Arrays.fill(shown, 0);
            showing.clear();
        }
        final Box in = box;
        if (in != null) {
            table.forEachIn(in, visitor);
        }
        final int followed = watched == 0 ? RowTable.NONE : table.slotOf(watched);
        if (followed != RowTable.NONE && !seen.get(followed)) {
            show(followed);
        }
        leave();
        final int end = HEADER + rowCount * PositionRow.LENGTH;
        final boolean tooMany = goneCount > MOST_GONE;
        if (tooMany) {
            anew = true;
            return write(table, plane, atNs, buffer);
        }
        bytes = buffer.atLeast(end + goneCount * Long.BYTES);
        frame.wrap(bytes);
        for (int i = 0; i < goneCount; i++) {
            frame.putLong(end + i * Long.BYTES, gone[i], ORDER);
        }
        header(plane);
        anew = false;
        asked = false;
        sentTurn = table.turn();
        return end + goneCount * Long.BYTES;
    }

    private void header(final LocalPlane plane) {
        frame.putByte(0, (byte) VERSION);
        frame.putByte(FLAGS, (byte) (anew ? SNAPSHOT : 0));
        frame.putShort(GONE_COUNT, (short) goneCount, ORDER);
        frame.putInt(ROW_COUNT, rowCount, ORDER);
        frame.putLong(AT, nowNs, ORDER);
        frame.putInt(REF_LAT, plane.latE7(0), ORDER);
        frame.putInt(REF_LON, plane.lonE7(0), ORDER);
    }

    /** Whether the frame written last has rows or tells who is gone. */
    boolean something() {
        return rowCount + goneCount > 0;
    }

    /** Devices of the frame written last whose names have not been told; they are taken for told. */
    BitSet newNames() {
        return newNames;
    }

    private void show(final int slot) {
        seen.set(slot);
        final long id = rows.id(slot);
        if (shown[slot] != id) {
            if (shown[slot] != 0) {
                addGone(shown[slot]);
            }
            shown[slot] = id;
            showing.set(slot);
        } else if (rows.changed(slot) <= sentTurn) {
            return;
        }
        rows.write(slot, frame, HEADER + rowCount * PositionRow.LENGTH, nowNs);
        rowCount++;
        name(rows.device(slot));
        name(rows.seenBy(slot));
    }

    private void name(final int device) {
        if (device >= 0 && !names.get(device)) {
            names.set(device);
            newNames.set(device);
        }
    }

    /** Who was shown and is not there any more. */
    private void leave() {
        showing.andNot(seen);
        for (int slot = showing.nextSetBit(0); slot >= 0; slot = showing.nextSetBit(slot + 1)) {
            addGone(shown[slot]);
            shown[slot] = 0;
        }
        final BitSet before = showing;
        showing = seen;
        seen = before;
    }

    private void addGone(final long id) {
        if (goneCount == gone.length) {
            gone = Arrays.copyOf(gone, goneCount * 2);
        }
        gone[goneCount++] = id;
    }
}
