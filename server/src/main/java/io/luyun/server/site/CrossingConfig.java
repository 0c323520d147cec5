package io.luyun.server.site;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * Who counts as waiting at, on, or coming to a crossing. All figures are chosen here.
 *
 * @param halfWidthMetres how far beside its line someone is still on it
 * @param kerbMetres how far from its end, on its line, someone still waits
 * @param waitMetres how far from its end someone who stands or walks towards it waits
 * @param requestMetres how far from its end someone waits whose device asks to cross
 * @param standMps slower people stand
 * @param reachMetres how far vehicles on their way to it are looked for
 */
public record CrossingConfig(
        double halfWidthMetres,
        double kerbMetres,
        double waitMetres,
        double requestMetres,
        double standMps,
        double reachMetres) {
    /** The defaults. */
    public static final CrossingConfig DEFAULT = new CrossingConfig(3, 0.5, 4, 15, 0.4, 150);

    /** Checks the ranges. */
    public CrossingConfig {
        inRange("site.crossing.halfWidthMetres", halfWidthMetres, 0.5, 20);
        inRange("site.crossing.kerbMetres", kerbMetres, 0, 5);
        inRange("site.crossing.waitMetres", waitMetres, 0.5, 20);
        inRange("site.crossing.requestMetres", requestMetres, 0.5, 50);
        inRange("site.crossing.standMps", standMps, 0, 3);
        inRange("site.crossing.reachMetres", reachMetres, 10, 1_000);
    }
}
