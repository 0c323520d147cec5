package io.luyun.server.live;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.server.world.LocalPlane;
import io.luyun.server.world.Participant;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/**
 * A road user as browsers get it, little endian. What is kept and handed over ends before the age.
 *
 * <pre>
 *   0                8        12       16       18       20   21   22   23   24       28       32       36
 *   +----------------+--------+--------+--------+--------+----+----+----+----+--------+--------+--------+
 *   | participant id | lat e7 | lon e7 | speed  | heading|type|cls |mode|flag| device |seen by | age ms |
 *   +----------------+--------+--------+--------+--------+----+----+----+----+--------+--------+--------+
 * </pre>
 */
final class PositionRow {
    static final int LENGTH = 36;
    /** All but the age, which is that of the frame. */
    static final int KEPT = 32;

    static final int ID = 0;
    static final int LAT = 8;
    static final int LON = 12;
    static final int FLAGS = 23;
    static final int DEVICE = 24;
    static final int SEEN_BY = 28;
    static final int AGE = 32;

    static final int REPORTS_ITSELF = 1;
    static final int SEEN = 2;
    static final int COASTS = 4;
    static final int OBSTACLE = 8;
    static final int EMERGENCY = 16;
    static final int ALERTED = 32;

    private static final int SPEED = 16;
    private static final int HEADING = 18;
    private static final int TYPE = 20;
    private static final int CLASS = 21;
    private static final int MODE = 22;
    private static final int UNKNOWN = 0xFFFF;
    private static final int IN_USE = 2;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private PositionRow() {}

    /** Writes all but the age. Who coasts is where the world expects it, anybody else where it was said to be. */
    static void write(final MutableDirectBuffer to, final int at, final Participant p, final LocalPlane plane) {
        final boolean coasts = p.coasting();
        to.putLong(at + ID, p.id(), ORDER);
        to.putInt(at + LAT, coasts ? plane.latE7(p.y()) : p.latE7(), ORDER);
        to.putInt(at + LON, coasts ? plane.lonE7(p.x()) : p.lonE7(), ORDER);
        to.putShort(at + SPEED, (short) (p.speed() == ABSENT ? UNKNOWN : p.speed()), ORDER);
        to.putShort(at + HEADING, (short) (p.heading() == ABSENT ? UNKNOWN : p.heading()), ORDER);
        to.putByte(at + TYPE, (byte) p.ptcType());
        to.putByte(at + CLASS, (byte) (p.classification() == ABSENT ? 0 : p.classification()));
        // no message of the schema says who drives
        to.putByte(at + MODE, (byte) 0);
        to.putByte(at + FLAGS, (byte) flags(p));
        to.putInt(at + DEVICE, p.device(), ORDER);
        to.putInt(at + SEEN_BY, p.seenBy(), ORDER);
    }

    private static int flags(final Participant p) {
        return (p.device() >= 0 ? REPORTS_ITSELF : 0)
                | (p.seenBy() >= 0 ? SEEN : 0)
                | (p.coasting() ? COASTS : 0)
                | (p.obstacle() ? OBSTACLE : 0)
                | (p.sirenUse() == IN_USE || p.lightbarUse() == IN_USE ? EMERGENCY : 0);
    }
}
