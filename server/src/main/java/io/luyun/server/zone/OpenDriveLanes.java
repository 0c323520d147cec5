package io.luyun.server.zone;

import io.luyun.server.zone.OpenDriveNet.Cubic;
import io.luyun.server.zone.OpenDriveNet.Lane;
import io.luyun.server.zone.OpenDriveNet.Road;
import io.luyun.server.zone.OpenDriveNet.Section;
import java.util.List;

/** Where the lanes of OpenDRIVE roads lie. */
final class OpenDriveLanes {
    private static final double STEP_METRES = 1;
    private static final int MOST_STEPS = 20_000;
    /** Points this near to the line through the others are left out. */
    private static final double TOLERANCE_METRES = 0.02;

    private OpenDriveLanes() {}

    /** What of a section is wanted at a place: its offset to the left of the road's line. */
    interface Beside {
        double left(int section, double s);
    }

    /** The lanes of a side that motor vehicles use, from the left as they drive. */
    static List<Lane> motor(final Road road, final int section, final boolean left) {
        final List<Lane> lanes = road.sections().get(section).side(left).stream()
                .filter(Lane::motor)
                .toList();
        // Where traffic keeps to the right, the middle of the road is to the left of both its sides.
        return road.leftHand() ? lanes.reversed() : lanes;
    }

    /** The offsets of the two edges of a lane, that nearer to the middle of the road first. */
    static double[] edges(final Road road, final int section, final Lane wanted, final double s) {
        final Section in = road.sections().get(section);
        final double begin = Cubic.value(road.laneOffsets(), s);
        double edge = begin;
        for (final Lane lane : in.side(wanted.id() > 0)) {
            final double inner = edge;
            if (lane.widths().isEmpty()) {
                edge = begin + Cubic.value(lane.borders(), s - in.s());
            } else {
                final double width = Math.max(0, Cubic.value(lane.widths(), s - in.s()));
                edge += wanted.id() > 0 ? width : -width;
            }
            if (lane.id() == wanted.id()) {
                return new double[] {inner, edge};
            }
        }
        throw new IllegalArgumentException("lane " + wanted.id() + " is not in the section");
    }

    static double centre(final Road road, final int section, final Lane lane, final double s) {
        final double[] edges = edges(road, section, lane, s);
        return (edges[0] + edges[1]) / 2;
    }

    /** A line along sections of a road, in its direction. */
    static Polyline line(final Road road, final int firstSection, final int lastSection, final Beside beside)
            throws ImportException {
        final double begin = road.sections().get(firstSection).s();
        final double end = road.end(lastSection);
        if (!(end > begin)) {
            throw road.node().fail("its laneSections must have a length and lie within the road");
        }
        final int steps = (int) Math.min(MOST_STEPS, Math.ceil((end - begin) / STEP_METRES));
        final double[] x = new double[steps + 1];
        final double[] y = new double[steps + 1];
        int section = firstSection;
        for (int i = 0; i <= steps; i++) {
            final double s = begin + (end - begin) * i / steps;
            while (section < lastSection && s >= road.end(section)) {
                section++;
            }
            final PlanView.Pose pose = road.line().at(s);
            final double left = beside.left(section, s);
            x[i] = pose.xBeside(left);
            y[i] = pose.yBeside(left);
        }
        final Polyline line = new Polyline(x, y).simplified(TOLERANCE_METRES);
        if (!(line.length() > 0 && line.length() < 1e7)) {
            throw road.node().fail("its lanes must have a length");
        }
        return line;
    }
}
