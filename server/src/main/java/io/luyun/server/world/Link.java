package io.luyun.server.world;

import java.util.Arrays;

/**
 * A directed carriageway, or a way through a junction. Its line is the centre in driving direction; lane 1 is the
 * leftmost. Owned by {@link RoadNetwork}; limits and successors change when a MAP comes in.
 */
public final class Link {
    private static final double DEFAULT_LANE_METRES = 3.5;

    final int index;
    final String linkId;
    final String name;
    final int region;
    final int upstream;
    final int downstream;
    final boolean connector;
    final double[] xs;
    final double[] ys;
    /** Way from the begin to each point. */
    final double[] ways;

    final int lanes;
    final double laneWidthMetres;
    SpeedLimits limits;
    final SpeedLimits[] laneLimits;
    /** Links that can be driven on to from its end. */
    int[] successors = {};

    Link(
            final int index,
            final String linkId,
            final String name,
            final int region,
            final int upstream,
            final int downstream,
            final boolean connector,
            final Line line,
            final int lanes,
            final double laneWidthMetres,
            final SpeedLimits limits) {
        this.index = index;
        this.linkId = linkId;
        this.name = name;
        this.region = region;
        this.upstream = upstream;
        this.downstream = downstream;
        this.connector = connector;
        xs = line.xs;
        ys = line.ys;
        this.lanes = Math.max(1, lanes);
        this.laneWidthMetres = laneWidthMetres > 0 ? laneWidthMetres : DEFAULT_LANE_METRES;
        this.limits = limits;
        laneLimits = new SpeedLimits[this.lanes + 1];
        Arrays.fill(laneLimits, SpeedLimits.NONE);
        ways = new double[xs.length];
        for (int i = 1; i < xs.length; i++) {
            final double dx = xs[i] - xs[i - 1];
            final double dy = ys[i] - ys[i - 1];
            ways[i] = ways[i - 1] + StrictMath.sqrt(dx * dx + dy * dy);
        }
    }

    /** Its id in the zone file, or its two nodes. */
    public String linkId() {
        return linkId;
    }

    /** Its name; may be empty. */
    public String name() {
        return name;
    }

    /** Node it comes from. */
    public int upstream() {
        return upstream;
    }

    /** Node it leads to. */
    public int downstream() {
        return downstream;
    }

    /** True for a way through a junction. */
    public boolean connector() {
        return connector;
    }

    /** Number of lanes. */
    public int lanes() {
        return lanes;
    }

    /** Width of a lane. */
    public double laneWidthMetres() {
        return laneWidthMetres;
    }

    /** Length. */
    public double lengthMetres() {
        return ways[ways.length - 1];
    }

    /** Limits of the link as a whole. */
    public SpeedLimits limits() {
        return limits;
    }

    /** Limits of a lane; NONE when the lane is not known or has none of its own. */
    public SpeedLimits laneLimits(final int lane) {
        return lane >= 1 && lane <= lanes ? laneLimits[lane] : SpeedLimits.NONE;
    }

    /** Offset of a lane's centre to the right of the line. */
    public double laneCentreMetres(final int lane) {
        return (lane - (lanes + 1) * 0.5) * laneWidthMetres;
    }

    double halfWidthMetres() {
        return lanes * laneWidthMetres * 0.5;
    }

    /** True when the other can be driven on to from the end of this one, at once or through one way across a junction. */
    public boolean leadsTo(final Link other) {
        for (final int next : successors) {
            if (next == other.index) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "link " + linkId;
    }
}
