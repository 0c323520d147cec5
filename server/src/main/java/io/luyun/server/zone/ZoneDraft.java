package io.luyun.server.zone;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A zone in the making, in metres of the plane of its file; {@link ZoneWriter} puts it on the globe. */
final class ZoneDraft {
    /** The standard's numbers of nodes and lanes end here. */
    static final int MOST_NODES = 65_535;

    static final int MOST_LANES = 32;
    static final int MOST_PHASES = 255;
    /** What a zone file may have. */
    static final int MOST_KMH = 200;

    /** Shorter lines have no direction once they are rounded to 1e-7 degrees. */
    static final double SHORTEST_METRES = 0.5;

    final List<Node> nodes = new ArrayList<>();
    final List<Link> links = new ArrayList<>();
    final List<Movement> movements = new ArrayList<>();
    final List<Crossing> crossings = new ArrayList<>();
    final List<BusStop> busStops = new ArrayList<>();

    /** Where a movement turns; as the words of the zone file. */
    enum Maneuver {
        STRAIGHT,
        LEFT,
        RIGHT,
        UTURN;

        /** Up to here a way goes straight on, and from there on it turns round; chosen here. */
        private static final double STRAIGHT_DEG = 30;

        private static final double ROUND_DEG = 150;

        /** From one direction to another, in radians counter-clockwise. */
        static Maneuver ofTurn(final double from, final double to) {
            final double left = StrictMath.toDegrees(StrictMath.IEEEremainder(to - from, 2 * Math.PI));
            if (Math.abs(left) <= STRAIGHT_DEG) {
                return STRAIGHT;
            }
            return Math.abs(left) >= ROUND_DEG ? UTURN : left > 0 ? LEFT : RIGHT;
        }
    }

    record Node(
            int id,
            String name,
            double x,
            double y,
            boolean signalised,
            @Nullable Program program) {}

    record Program(double cycleS, double offsetS, List<Phase> phases) {}

    record Phase(int id, double startS, double greenS, double yellowS, boolean pedestrian) {}

    /** A limit in the whole numbers of a zone; one that is higher than they go is cut and counted. */
    static int limitKmh(final double speedMps, final ImportNotes notes) {
        if (speedMps * 3.6 > MOST_KMH) {
            notes.count("links with a limit above " + MOST_KMH + " km/h: that is taken");
        }
        return (int) Math.clamp(Math.rint(speedMps * 3.6), 1, MOST_KMH);
    }

    /** Source is the name it has in its file. */
    record Link(
            int id,
            int upstream,
            int downstream,
            String name,
            int lanes,
            double laneWidthM,
            int speedLimitKmh,
            Polyline line,
            String source) {}

    record Movement(
            int node, int fromLink, int toLink, Maneuver maneuver, int phase, List<Pair> lanes, Polyline line) {}

    /** Lanes that a movement joins, counted from the left. */
    record Pair(int fromLane, int toLane) {}

    record Crossing(int node, String name, int phase, Polyline line) {}

    record BusStop(int link, double alongM, String name, double x, double y) {}
}
