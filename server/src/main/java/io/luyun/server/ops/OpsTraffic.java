package io.luyun.server.ops;

/**
 * The traffic of the whole zone.
 *
 * @param links links it is reckoned for
 * @param vehicles motor vehicles on them
 * @param speedMps mean speed of the links, each weighed with the vehicles on it; NaN when nobody is there
 * @param jams lanes with a jam
 * @param queueMetres the longest queue before a stop line
 */
public record OpsTraffic(int links, int vehicles, double speedMps, int jams, double queueMetres) {
    /** Nothing is known yet. */
    public static final OpsTraffic NONE = new OpsTraffic(0, 0, Double.NaN, 0, 0);
}
