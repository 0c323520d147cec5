package io.luyun.server.world;

import java.util.Arrays;

/**
 * A pedestrian crossing as the zone file draws it: a line from kerb to kerb, and the links it lies across. Owned by
 * {@link Places}; links are found anew when a MAP comes in.
 */
public final class Crossing {
    private static final Link[] NONE = {};

    private final int index;
    private final String name;
    private final int region;
    private final int node;
    private final boolean smart;
    private final int phaseId;
    final Line line;
    private Link[] links = NONE;
    private double[] alongs = {};

    Crossing(
            final int index,
            final String name,
            final int region,
            final int node,
            final boolean smart,
            final int phaseId,
            final Line line) {
        this.index = index;
        this.name = name;
        this.region = region;
        this.node = node;
        this.smart = smart;
        this.phaseId = phaseId;
        this.line = line;
    }

    void lieAcross(final Link link, final double alongMetres) {
        links = Arrays.copyOf(links, links.length + 1);
        alongs = Arrays.copyOf(alongs, links.length);
        links[links.length - 1] = link;
        alongs[links.length - 1] = alongMetres;
    }

    /** Place among {@link World#crossings}. */
    public int index() {
        return index;
    }

    /** Its name, by which its lights are told; unique in a zone. */
    public String name() {
        return name;
    }

    /** Road regulator of its node. */
    public int region() {
        return region;
    }

    /** Node it belongs to, 0 for none. */
    public int node() {
        return node;
    }

    /** Whether it has lights that can be told who comes. */
    public boolean smart() {
        return smart;
    }

    /** Phase of the node's signals for those on foot; 0 for none. */
    public int phaseId() {
        return phaseId;
    }

    /** Number of points of its line. */
    public int points() {
        return line.xs.length;
    }

    /** A point of its line, metres to the east on the zone's plane. */
    public double x(final int point) {
        return line.xs[point];
    }

    /** A point of its line, metres to the north. */
    public double y(final int point) {
        return line.ys[point];
    }

    /** Number of links and connectors it lies across. */
    public int links() {
        return links.length;
    }

    /** One of them. */
    public Link link(final int i) {
        return links[i];
    }

    /**
     * Where that one is crossed: way from its begin. Beyond its length when the crossing lies between its stop line and
     * the junction, negative when it lies before its begin.
     */
    public double alongMetres(final int i) {
        return alongs[i];
    }

    /** Where a link is crossed, as {@link #alongMetres(int)}; NaN when it is not. */
    public double alongMetres(final Link link) {
        for (int i = 0; i < links.length; i++) {
            if (links[i] == link) {
                return alongs[i];
            }
        }
        return Double.NaN;
    }

    @Override
    public String toString() {
        return "crossing " + name;
    }
}
