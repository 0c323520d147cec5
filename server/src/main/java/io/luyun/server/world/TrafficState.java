package io.luyun.server.world;

/**
 * The traffic on a link or on one of its lanes: how many there are, flow, speed and density as means over an exponential
 * window, the queue before the stop line, and whether there is a jam. Owned and changed by {@link Traffic} on the world's
 * thread.
 */
public final class TrafficState {
    static final long NEVER = Long.MIN_VALUE;
    private static final double SECONDS_AN_HOUR = 3_600;
    private static final double METRES_A_KM = 1_000;
    /** Fewer vehicles in the mean are none. */
    private static final double SOME_VEHICLES = 0.01;

    final Link link;
    final int lane;

    // what is there now
    int vehicles;
    double speedSum;
    /** First of the slow ones from the end of the link, in the tables of {@link Traffic}; -1 for none. */
    int firstSlow = -1;

    // sums over the window, and the weight of it
    private double vehicleMean;
    private double speedMean;
    private double weight;

    double queueMetres;
    int queueVehicles;
    boolean jam;
    double jamTailMetres;
    double jamHeadMetres;
    long denseSinceNs = NEVER;
    long denseAtNs = NEVER;

    TrafficState(final Link link, final int lane) {
        this.link = link;
        this.lane = lane;
    }

    void begin() {
        vehicles = 0;
        speedSum = 0;
        firstSlow = -1;
    }

    void add(final double speedMps) {
        vehicles++;
        speedSum += speedMps;
    }

    /** Takes what is there now into the means; keep is the part of the former means that stays. */
    void average(final double keep) {
        vehicleMean = vehicleMean * keep + vehicles * (1 - keep);
        speedMean = speedMean * keep + speedSum * (1 - keep);
        weight = weight * keep + (1 - keep);
    }

    /** The link. */
    public Link link() {
        return link;
    }

    /** The lane, 1 is the leftmost; 0 for the link as a whole. */
    public int lane() {
        return lane;
    }

    /** Motor vehicles on it at the last reckoning. */
    public int vehicles() {
        return vehicles;
    }

    /** Mean density. */
    public double densityPerKm() {
        return weight == 0 ? 0 : vehicleMean / weight * METRES_A_KM / link.lengthMetres();
    }

    /** Mean flow. */
    public double flowPerHour() {
        return weight == 0 ? 0 : speedMean / weight * SECONDS_AN_HOUR / link.lengthMetres();
    }

    /** Mean speed over place and time, NaN when nobody was there. */
    public double speedMps() {
        return weight == 0 || vehicleMean / weight < SOME_VEHICLES ? Double.NaN : speedMean / vehicleMean;
    }

    /** From the stop line to the rear end of the queue before it, 0 for none; of the link that of its longest lane. */
    public double queueMetres() {
        return queueMetres;
    }

    /** Vehicles in that queue. */
    public int queueVehicles() {
        return queueVehicles;
    }

    /** Whether there is a jam; of the link that there is one in every lane. */
    public boolean jam() {
        return jam;
    }

    /** Where on the link the jam begins for who comes from behind. */
    public double jamTailMetres() {
        return jamTailMetres;
    }

    /** Where on the link its first vehicle stands. */
    public double jamHeadMetres() {
        return jamHeadMetres;
    }

    @Override
    public String toString() {
        return "traffic on " + link + (lane == 0 ? "" : " lane " + lane);
    }
}
