package io.luyun.server.research;

import io.luyun.proto.codec.BsmReader;
import io.luyun.proto.codec.PsmReader;
import io.luyun.proto.codec.RoadUserReader;
import io.luyun.proto.codec.RsmReader;
import io.luyun.proto.codec.SeenReader;
import io.luyun.proto.codec.SsmReader;
import io.luyun.proto.v1.RecordKind;

/**
 * The road users a record tells of: {@link #of}, then {@link #next} once for each, whose values the accessors answer. A BSM or PSM tells
 * of its sender, an RSM or SSM of those whom a unit sees, an SSM of obstacles too; other records tell of nobody. One thread; only
 * {@link #track} allocates.
 */
public final class RoadUsers {
    /** Between the unit and its number for whom it sees. */
    static final String SEEN = "/";

    /** The same for an obstacle. */
    static final String OBSTACLE = "/obstacle-";

    private static final int ABSENT = RoadUserReader.ABSENT;
    private static final long NANOS_A_MILLI = 1_000_000L;
    private static final int MINUTE_MILLIS = 60_000;

    private final BsmReader bsm = new BsmReader();
    private final PsmReader psm = new PsmReader();
    private final RsmReader rsm = new RsmReader();
    private final SsmReader ssm = new SsmReader();
    private RoadUserReader state = bsm;
    private String device = "";
    private long receivedAtNs;
    private boolean one;

    /** Looks at the record that a row of records stands at. */
    public void of(final Records records) {
        state = switch (records.kind()) {
            case RecordKind.RECORD_KIND_PSM_VALUE -> psm;
            case RecordKind.RECORD_KIND_RSM_VALUE -> rsm;
            case RecordKind.RECORD_KIND_SSM_VALUE -> ssm;
            default -> bsm;
        };
        final boolean read =
                tells(records.kind()) && state.wrap(records.buffer(), records.payloadOffset(), records.payloadLength());
        one = read && self();
        device = records.deviceId();
        receivedAtNs = records.receivedAtNs();
        if (!read) {
            state = bsm;
        }
    }

    /** Whether records of this kind may tell of somebody. */
    static boolean tells(final int kind) {
        return kind == RecordKind.RECORD_KIND_BSM_VALUE
                || kind == RecordKind.RECORD_KIND_PSM_VALUE
                || kind == RecordKind.RECORD_KIND_RSM_VALUE
                || kind == RecordKind.RECORD_KIND_SSM_VALUE;
    }

    /** Goes to the next one; false when there is no more. */
    public boolean next() {
        if (state instanceof SeenReader seen) {
            return seen.next();
        }
        final boolean first = one;
        one = false;
        return first;
    }

    /** What is told of it, in the standard's units; what is not told is ABSENT. */
    public RoadUserReader state() {
        return state;
    }

    /** Whether it reports itself. */
    public boolean self() {
        return !(state instanceof SeenReader);
    }

    /** Number that the unit which sees it gave it; ABSENT for one that reports itself. */
    public int ptcId() {
        return state instanceof SeenReader seen ? seen.ptcId() : ABSENT;
    }

    /** Number of SourceType, how it was seen; ABSENT when that is not told. */
    public int source() {
        return state instanceof SeenReader seen ? seen.source() : ABSENT;
    }

    /** Number of ObstacleType; ABSENT for a road user. */
    public int obstacleType() {
        return state instanceof SeenReader seen ? seen.obstacleType() : ABSENT;
    }

    /** What it is. */
    public RoadUserClass type() {
        return switch (state) {
            case BsmReader one ->
                one.classification() == ABSENT ? RoadUserClass.VEHICLE : RoadUserClass.ofVehicle(one.classification());
            case PsmReader one -> RoadUserClass.ofPerson(one.basicType());
            case SeenReader one ->
                one.obstacle()
                        ? RoadUserClass.OBSTACLE
                        : RoadUserClass.ofParticipant(one.ptcType(), one.classification());
        };
    }

    /** Device that tells of it: its own, or that of the unit which sees it. */
    public String device() {
        return device;
    }

    /**
     * Whose track this belongs to: the device's id for one that reports itself, {@code unit/17} for one that is seen, {@code
     * unit/obstacle-17} for an obstacle. Units number anew when they have reached 65,535.
     */
    public String track() {
        return switch (state) {
            case SeenReader seen -> device + (seen.obstacle() ? OBSTACLE : SEEN) + seen.ptcId();
            default -> device;
        };
    }

    /** Appends {@link #track}. */
    void track(final StringBuilder to) {
        to.append(device);
        if (state instanceof SeenReader seen) {
            to.append(seen.obstacle() ? OBSTACLE : SEEN).append(seen.ptcId());
        }
    }

    /**
     * Temporary id as in its BSM, its eight octets in network order; 0 when that is not told. It changes with the pseudonym and is no
     * stable key.
     */
    public long id() {
        return switch (state) {
            case BsmReader one -> one.idAsLong();
            case PsmReader one -> one.idAsLong();
            case SeenReader one -> one.participantIdAsLong();
        };
    }

    /**
     * When it was so by the clock of the device, ns since 1970: the minute that is next to the receive time; the receive time where
     * the message does not tell. An obstacle and one in an SSM may tell none of their own.
     */
    public long atNs() {
        return state.secMark() == ABSENT ? receivedAtNs : atNs(receivedAtNs, state.secMark());
    }

    /** A millisecond within the minute (0 to 59,999) as ns since 1970, within half a minute of when it was received. */
    public static long atNs(final long receivedAtNs, final int secMark) {
        final int behind = (int) Math.floorMod(receivedAtNs / NANOS_A_MILLI - secMark, (long) MINUTE_MILLIS);
        final int signed = behind >= MINUTE_MILLIS / 2 ? behind - MINUTE_MILLIS : behind;
        return (receivedAtNs / NANOS_A_MILLI - signed) * NANOS_A_MILLI;
    }
}
