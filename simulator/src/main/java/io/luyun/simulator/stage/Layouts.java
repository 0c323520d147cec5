package io.luyun.simulator.stage;

import io.luyun.simulator.traffic.Curve;
import io.luyun.simulator.traffic.Zone.Maneuver;
import java.util.Map;
import java.util.TreeMap;

/**
 * The stages there are; one drives on the right.
 *
 * <pre>
 *  road      two carriageways of two lanes, routes east and west, 80 km/h
 *  wide      road with three lanes on each carriageway
 *  divided   road with 6 m of green between its carriageways
 *  walk      road with a crossing for people on foot in the middle
 *  lane      one lane either way, routes east and west, 80 km/h
 *  bend      two carriageways of two lanes along an arc of 150 m radius, routes in and out
 *  cross     four arms of two lanes either way meet; routes north-south, north-east, … by where one comes from and goes to
 *  pockets   the same with three lanes either way, the leftmost for turning left alone, and lanes told by the zone
 *  lights    cross with one phase for all ways from an arm
 *  bridge    road, and a second one above it: routes east and west, north and south; no junction
 *  open      nothing
 * </pre>
 */
final class Layouts {
    private static final double LANE = 3.5;
    private static final double REACH = 400;
    private static final double STOP = 18;
    private static final double GREEN = 6;
    private static final String[] ARMS = {"north", "east", "south", "west"};

    private static final Map<String, Layout> ALL = new TreeMap<>();

    static {
        for (final Layout layout : new Layout[] {
            road("road", 2, 0),
            road("wide", 3, 0),
            road("divided", 2, GREEN),
            walk(),
            road("lane", 1, 0),
            bend(),
            cross("cross", 2, false, true),
            cross("pockets", 3, true, true),
            cross("lights", 2, false, false),
            bridge(),
            new Layout("open")
        }) {
            ALL.put(layout.name(), layout);
        }
    }

    private Layouts() {}

    /**
     * The stage of a name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Layout named(final String name) {
        final Layout layout = ALL.get(name);
        if (layout == null) {
            throw new IllegalArgumentException("must be one of " + ALL.keySet());
        }
        return layout;
    }

    private static Layout road(final String name, final int lanes, final double greenMetres) {
        final Layout layout = new Layout(name);
        straight(layout, "west", "east", 90, lanes, greenMetres);
        return layout;
    }

    private static Layout walk() {
        final Layout layout = road("walk", 2, 0);
        layout.crossing(new Layout.Crossing(0, -2 * LANE, 0, 2 * LANE));
        return layout;
    }

    private static Layout bridge() {
        final Layout layout = new Layout("bridge");
        straight(layout, "west", "east", 90, 2, 0);
        straight(layout, "south", "north", 0, 2, 0);
        return layout;
    }

    /** A road through the middle in a direction, with both carriageways; routes have the name of the end they lead to. */
    private static void straight(
            final Layout layout,
            final String from,
            final String to,
            final double headingDeg,
            final int lanes,
            final double greenMetres) {
        final double ux = Math.rint(Math.sin(Math.toRadians(headingDeg)));
        final double uy = Math.rint(Math.cos(Math.toRadians(headingDeg)));
        final double far = REACH + 20;
        final int a = layout.node(from, -far * ux, -far * uy);
        final int b = layout.node(to, far * ux, far * uy);
        final Curve axis = new Curve(new double[] {-REACH * ux, REACH * ux}, new double[] {-REACH * uy, REACH * uy});
        carriageways(layout, a, b, axis, lanes, greenMetres, to, from);
    }

    private static void carriageways(
            final Layout layout,
            final int a,
            final int b,
            final Curve axis,
            final int lanes,
            final double greenMetres,
            final String there,
            final String back) {
        final double right = (lanes * LANE + greenMetres) / 2;
        layout.along(there, layout.link(new Layout.Link(there + "bound", a, b, lanes, LANE, 80, axis.shifted(right))));
        layout.along(
                back,
                layout.link(new Layout.Link(
                        back + "bound", b, a, lanes, LANE, 80, axis.reversed().shifted(right))));
    }

    /** Comes in from the west, turns right by 90 degrees. */
    private static Layout bend() {
        final Layout layout = new Layout("bend");
        final double radius = 150;
        final double lead = 250;
        final int arc = 31;
        final double[] x = new double[arc + 2];
        final double[] y = new double[arc + 2];
        final double corner = radius * (1 - Math.sqrt(0.5));
        for (int i = 0; i < arc; i++) {
            final double turn = Math.PI / 2 * i / (arc - 1);
            x[i + 1] = radius * Math.sin(turn) - radius + corner;
            y[i + 1] = radius * Math.cos(turn) - radius + corner;
        }
        x[0] = x[1] - lead;
        y[0] = y[1];
        x[arc + 1] = x[arc];
        y[arc + 1] = y[arc] - lead;
        final int a = layout.node("west", x[0] - 20, y[0]);
        final int b = layout.node("south", x[arc + 1], y[arc + 1] - 20);
        carriageways(layout, a, b, new Curve(x, y), 2, 0, "in", "out");
        return layout;
    }

    private static Layout cross(final String name, final int lanes, final boolean pockets, final boolean phaseForLeft) {
        final Layout layout = new Layout(name);
        final double right = lanes * LANE / 2;
        final int middle = layout.node("middle", 0, 0);
        final int[] in = new int[4];
        final int[] out = new int[4];
        for (int arm = 0; arm < 4; arm++) {
            final double ux = Math.rint(Math.sin(Math.PI / 2 * arm));
            final double uy = Math.rint(Math.cos(Math.PI / 2 * arm));
            final int end = layout.node(ARMS[arm], (REACH + 20) * ux, (REACH + 20) * uy);
            final Curve inward = new Curve(new double[] {REACH * ux, STOP * ux}, new double[] {REACH * uy, STOP * uy});
            in[arm] = layout.link(
                    new Layout.Link("from " + ARMS[arm], end, middle, lanes, LANE, 60, inward.shifted(right)));
            out[arm] = layout.link(new Layout.Link(
                    "to " + ARMS[arm],
                    middle,
                    end,
                    lanes,
                    LANE,
                    60,
                    inward.reversed().shifted(right)));
        }
        for (int arm = 0; arm < 4; arm++) {
            for (int quarter = 1; quarter < 4; quarter++) {
                final int to = (arm + quarter) % 4;
                final Maneuver maneuver =
                        quarter == 1 ? Maneuver.LEFT : quarter == 2 ? Maneuver.STRAIGHT : Maneuver.RIGHT;
                final int phase = 2 * arm + (quarter == 1 && phaseForLeft ? 2 : 1);
                layout.way(ARMS[arm] + "-" + ARMS[to], middle, in[arm], out[to], maneuver, phase, pockets);
            }
        }
        return layout;
    }
}
