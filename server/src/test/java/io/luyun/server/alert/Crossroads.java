package io.luyun.server.alert;

import io.luyun.server.world.ZoneDraft;
import io.luyun.server.world.ZoneMap;

/**
 * A junction of two roads for tests, two lanes of 3.5 m each way, its middle at 0, 0, its mouths 15 m from there, its arms
 * 400 m long, with all ways across it. Arms are west, south, east and north, 0 to 3: where a vehicle comes from.
 */
public final class Crossroads {
    public static final int NODE = 10;
    public static final int WEST = 0;
    public static final int SOUTH = 1;
    public static final int EAST = 2;
    public static final int NORTH = 3;

    private static final double MOUTH = 15;
    private static final double END = 400;
    private static final double MIDDLE = 3.5;
    private static final int ARC_POINTS = 9;

    private Crossroads() {}

    /** The zone, without signals. */
    public static ZoneMap zone() {
        return zone(false);
    }

    /** The same with signals: those who come from an arm go straight on and right under one phase, left under another. */
    public static ZoneMap signalled() {
        return zone(true);
    }

    /** Phase of an arm. */
    public static int phase(final int arm, final boolean left) {
        return 2 * arm + (left ? 2 : 1);
    }

    private static ZoneMap zone(final boolean signals) {
        final ZoneDraft draft = new ZoneDraft();
        for (int arm = 0; arm < 4; arm++) {
            draft.link("in" + arm, 100 + arm, NODE, 2, 60, turned(arm, -END, -MIDDLE, -MOUTH, -MIDDLE));
            draft.link("out" + arm, NODE, 100 + arm, 2, 60, turned(arm, -MOUTH, MIDDLE, -END, MIDDLE));
        }
        for (int arm = 0; arm < 4; arm++) {
            final String in = "in" + arm;
            draft.movement(
                    NODE,
                    in,
                    "out" + (arm + 2) % 4,
                    governed(signals, arm, "straight"),
                    turned(arm, -MOUTH, -MIDDLE, MOUTH, -MIDDLE));
            draft.movement(
                    NODE, in, "out" + (arm + 3) % 4, governed(signals, arm, "left"), turned(arm, arc(MIDDLE, true)));
            draft.movement(
                    NODE, in, "out" + (arm + 1) % 4, governed(signals, arm, "right"), turned(arm, arc(MIDDLE, false)));
        }
        return draft.load();
    }

    private static String governed(final boolean signals, final int arm, final String maneuver) {
        return signals ? "\"maneuver\":\"" + maneuver + "\",\"phaseId\":" + phase(arm, maneuver.equals("left")) : "";
    }

    /** The way of a vehicle from an arm straight on, so far right of the middle of the road. */
    public static Path straight(final int arm, final double right) {
        return new Path(turned(arm, -END, -right, END, -right));
    }

    /** The same to the left or right. */
    public static Path turning(final int arm, final double right, final boolean left) {
        final double[] arc = arc(right, left);
        final double[] all = new double[arc.length + 4];
        all[0] = -END;
        all[1] = -right;
        System.arraycopy(arc, 0, all, 2, arc.length);
        all[all.length - 2] = left ? right : -right;
        all[all.length - 1] = left ? END : -END;
        return new Path(turned(arm, all));
    }

    private static double[] arc(final double right, final boolean left) {
        final double radius = left ? MOUTH + right : MOUTH - right;
        final double[] points = new double[2 * ARC_POINTS];
        for (int i = 0; i < ARC_POINTS; i++) {
            final double angle = Math.PI / 2 * i / (ARC_POINTS - 1);
            points[2 * i] = -MOUTH + radius * Math.sin(angle);
            points[2 * i + 1] = -right + (left ? 1 : -1) * radius * (1 - Math.cos(angle));
        }
        return points;
    }

    /** Points for the western arm turned to where another lies; from the south is a quarter counterclockwise. */
    private static double[] turned(final int arm, final double... points) {
        final double[] all = points.clone();
        for (int quarter = 0; quarter < arm; quarter++) {
            for (int i = 0; i < all.length; i += 2) {
                final double x = all[i];
                all[i] = -all[i + 1];
                all[i + 1] = x;
            }
        }
        return all;
    }
}
