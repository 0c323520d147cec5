package io.luyun.server.world;

import org.jspecify.annotations.Nullable;

/**
 * A road user as it was last heard of or seen. Owned and changed by {@link World} on its thread, pooled: whoever holds one
 * beyond {@link WorldListener#onGone} holds another road user. A value that is not known is {@link #ABSENT} or NaN.
 */
public final class Participant {
    /** An integer that is not known. */
    public static final int ABSENT = Integer.MIN_VALUE;

    private static final double DEFAULT_LENGTH_METRES = 4.5;
    private static final double DEFAULT_WIDTH_METRES = 1.8;

    final int slot;
    long id;
    int device;
    int seenBy;
    int ptcId;
    int ptcType;
    int obstacleType;
    long bsmId;
    boolean hasBsmId;

    int latE7;
    int lonE7;
    int elevation;
    int speed;
    int heading;
    int transmission;
    int events;
    int lights;
    int sirenUse;
    int lightbarUse;
    int crossingRequest;
    int classification;
    int widthCm;
    int lengthCm;
    double speedMps;
    double headingDeg;
    double dirX;
    double dirY;
    double accelMps2;
    double x;
    double y;
    int reports;

    long firstAtNs;
    long lastAtNs;
    long lastSequence;
    long measuredAtNs;
    /** The time its place is of: that of the last report, or later when it coasts. */
    long placedAtNs;

    boolean coasting;
    /** Silent for so long that it is not in the grid. */
    boolean lost;

    long formerBsmId;
    boolean hasFormerBsmId;
    final StampClock clock = new StampClock();

    @Nullable
    Link link;

    int lane;
    double alongMetres;
    double lateralMetres;
    /** What LaneMatch remembers: by how far the position as smoothed lies left of that, steering across, reports, far ones. */
    double leftOfLateralMetres;

    double steering;
    int laneReports;
    int farReports;

    // where it hangs: order of silence, others of the same device, tracks that are it
    @Nullable
    Participant older;

    @Nullable
    Participant younger;

    @Nullable
    Participant nextOfDevice;

    @Nullable
    Track owner;

    @Nullable
    Track tracks;

    Participant(final int slot) {
        this.slot = slot;
        reset();
    }

    void reset() {
        id = 0;
        device = -1;
        seenBy = -1;
        ptcId = ABSENT;
        ptcType = 0;
        obstacleType = ABSENT;
        bsmId = 0;
        hasBsmId = false;
        elevation = ABSENT;
        speed = ABSENT;
        heading = ABSENT;
        transmission = ABSENT;
        events = 0;
        lights = 0;
        sirenUse = 0;
        lightbarUse = 0;
        crossingRequest = 0;
        classification = ABSENT;
        widthCm = ABSENT;
        lengthCm = ABSENT;
        speedMps = Double.NaN;
        headingDeg = Double.NaN;
        dirX = 0;
        dirY = 0;
        accelMps2 = Double.NaN;
        reports = 0;
        measuredAtNs = Long.MIN_VALUE;
        coasting = false;
        lost = false;
        hasFormerBsmId = false;
        clock.reset();
        link = null;
        lane = 0;
        laneReports = 0;
        farReports = 0;
        owner = null;
        tracks = null;
        nextOfDevice = null;
    }

    /** Number unique in the life of the journal; rises with time. */
    public long id() {
        return id;
    }

    /** Place in the pool, for tables beside it; reused. */
    public int slot() {
        return slot;
    }

    /** Index of the device that reports itself, or -1. */
    public int device() {
        return device;
    }

    /** Index of the roadside unit that sees it, or -1. */
    public int seenBy() {
        return seenBy;
    }

    /** Number within that roadside unit, or ABSENT. */
    public int ptcId() {
        return ptcId;
    }

    /** Number of ParticipantType. */
    public int ptcType() {
        return ptcType;
    }

    /** Number of ObstacleType, 0 when that is not told; ABSENT for a road user. */
    public int obstacleType() {
        return obstacleType;
    }

    /** True for an obstacle, which moves or lies on the road and is no road user. */
    public boolean obstacle() {
        return obstacleType != ABSENT;
    }

    /** True when a temporary BSM id is known. */
    public boolean hasBsmId() {
        return hasBsmId;
    }

    /** Temporary BSM id, its eight octets as a big-endian number. */
    public long bsmId() {
        return bsmId;
    }

    /** Latitude as sent, 1e-7 deg. */
    public int latE7() {
        return latE7;
    }

    /** Longitude as sent, 1e-7 deg. */
    public int lonE7() {
        return lonE7;
    }

    /** Elevation as sent, 0.1 m, or ABSENT. */
    public int elevation() {
        return elevation;
    }

    /** Speed as sent, 0.02 m/s, or ABSENT. */
    public int speed() {
        return speed;
    }

    /** Heading as sent, 0.0125 deg, or ABSENT. */
    public int heading() {
        return heading;
    }

    /** Number of TransmissionState, or ABSENT. */
    public int transmission() {
        return transmission;
    }

    /** Bits of VehicleEventFlags; 0 when none are sent. */
    public int events() {
        return events;
    }

    /** Bits of ExteriorLights; 0 when none are sent. */
    public int lights() {
        return lights;
    }

    /** Number of SirenInUse; 0 when it is not sent. */
    public int sirenUse() {
        return sirenUse;
    }

    /** Number of LightbarInUse; 0 when it is not sent. */
    public int lightbarUse() {
        return lightbarUse;
    }

    /** What its device says of crossing the road: 1 asks to, 2 does, 3 has finished; 0 when it says nothing. */
    public int crossingRequest() {
        return crossingRequest;
    }

    /** BasicVehicleClass, or ABSENT. */
    public int classification() {
        return classification;
    }

    /** Width as sent, cm, or ABSENT. */
    public int widthCm() {
        return widthCm;
    }

    /** Length as sent, cm, or ABSENT. */
    public int lengthCm() {
        return lengthCm;
    }

    /** Width, that of a car when not known. */
    public double widthMetres() {
        return widthCm == ABSENT ? DEFAULT_WIDTH_METRES : widthCm * 0.01;
    }

    /** Length, that of a car when not known. */
    public double lengthMetres() {
        return lengthCm == ABSENT ? DEFAULT_LENGTH_METRES : lengthCm * 0.01;
    }

    /** Speed, or NaN. */
    public double speedMps() {
        return speedMps;
    }

    /** Heading clockwise from north, or NaN. */
    public double headingDeg() {
        return headingDeg;
    }

    /** East part of the unit vector of the heading; 0 with {@link #dirY} when not known. */
    public double dirX() {
        return dirX;
    }

    /** North part of the unit vector of the heading. */
    public double dirY() {
        return dirY;
    }

    /** Acceleration forward, or NaN. */
    public double accelMps2() {
        return accelMps2;
    }

    /** Smoothed position on the plane of the zone, metres to the east. */
    public double x() {
        return x;
    }

    /** Smoothed position on the plane of the zone, metres to the north. */
    public double y() {
        return y;
    }

    /** Sequence of the last record it moved by. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Receive time of the first report. */
    public long firstAtNs() {
        return firstAtNs;
    }

    /** Receive time of that record. */
    public long lastAtNs() {
        return lastAtNs;
    }

    /** The time its place is of: that of the last report, or of a later tick when it coasts. */
    public long placedAtNs() {
        return placedAtNs;
    }

    /** True when nothing was heard of it for a while: its place goes on with its last speed and heading. */
    public boolean coasting() {
        return coasting;
    }

    /** The link it drives on, or null. */
    public @Nullable Link link() {
        return link;
    }

    /** The lane on that link, 1 is the leftmost; 0 when not known. */
    public int lane() {
        return lane;
    }

    /** Way along the link from its begin. */
    public double alongMetres() {
        return alongMetres;
    }

    /** Distance from the link's centre line, to the right, by the history of positions and headings. */
    public double lateralMetres() {
        return lateralMetres;
    }

    /** How fast it moves to the right of the link's line, by the history of headings; 0 on no link. */
    public double acrossMps() {
        return link != null && speedMps > 0 ? steering * speedMps : 0;
    }

    @Override
    public String toString() {
        return "participant " + id + " device " + device + " seen by " + seenBy;
    }
}
