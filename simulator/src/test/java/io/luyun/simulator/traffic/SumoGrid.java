package io.luyun.simulator.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A square grid of streets as a SUMO network: at the inner junctions traffic lights with a stage for each direction, at
 * the outer ones bends and T junctions without. Two lanes each way; the lanes of a street into an inner junction part
 * into one for left and straight and one for straight and right.
 */
final class SumoGrid {
    private static final double SPACING_METRES = 220;
    private static final double JUNCTION_METRES = 14;
    private static final double LANE_METRES = 3.2;
    private static final int[][] WAYS = {{0, 1}, {1, 0}, {0, -1}, {-1, 0}};

    private final int size;
    private final StringBuilder edges = new StringBuilder();
    private final StringBuilder logics = new StringBuilder();
    private final StringBuilder junctions = new StringBuilder();
    private final StringBuilder connections = new StringBuilder();

    private SumoGrid(final int size) {
        this.size = size;
    }

    static String net(final int size) {
        return new SumoGrid(size).build();
    }

    private String build() {
        for (int i = 0; i < size * size; i++) {
            for (int way = 0; way < 4; way++) {
                if (there(i, way)) {
                    edge(i, way);
                }
            }
            junction(i);
        }
        return "<net version=\"1.9\">\n<location netOffset=\"-647000,-3270000\" projParameter=\"+proj=utm +zone=48"
                + " +datum=WGS84 +units=m +no_defs\"/>\n" + edges + logics + junctions + connections + "</net>\n";
    }

    /** Whether a street leads from a junction to the north, east, south, west. */
    private boolean there(final int junction, final int way) {
        final int x = junction % size + WAYS[way][0];
        final int y = junction / size + WAYS[way][1];
        return x >= 0 && x < size && y >= 0 && y < size;
    }

    private double east(final int junction) {
        return SPACING_METRES * (junction % size);
    }

    private double north(final int junction) {
        final int row = junction / size;
        return SPACING_METRES * row;
    }

    private int next(final int junction, final int way) {
        return junction + WAYS[way][0] + size * WAYS[way][1];
    }

    private void edge(final int from, final int way) {
        final String id = from + "to" + next(from, way);
        edges.append("<edge id=\"" + id + "\" from=\"J" + from + "\" to=\"J" + next(from, way) + "\">\n");
        for (int lane = 0; lane < 2; lane++) {
            final double aside = (1.5 - lane) * LANE_METRES;
            final double x = east(from) + aside * WAYS[way][1];
            final double y = north(from) - aside * WAYS[way][0];
            final double end = SPACING_METRES - JUNCTION_METRES;
            edges.append(String.format(
                    Locale.ROOT,
                    "<lane id=\"%s_%d\" index=\"%d\" speed=\"13.89\" length=\"%.2f\" shape=\"%.2f,%.2f %.2f,%.2f\"/>%n",
                    id,
                    lane,
                    lane,
                    end - JUNCTION_METRES,
                    x + JUNCTION_METRES * WAYS[way][0],
                    y + JUNCTION_METRES * WAYS[way][1],
                    x + end * WAYS[way][0],
                    y + end * WAYS[way][1]));
        }
        edges.append("</edge>\n");
    }

    private void junction(final int junction) {
        junctions.append(String.format(
                Locale.ROOT,
                "<junction id=\"J%d\" type=\"priority\" x=\"%.2f\" y=\"%.2f\"/>%n",
                junction,
                east(junction),
                north(junction)));
        final List<Integer> arms = new ArrayList<>();
        for (int arm = 0; arm < 4; arm++) {
            if (there(junction, arm)) {
                arms.add(arm);
            }
        }
        final boolean lights = arms.size() > 2;
        final StringBuilder owners = new StringBuilder();
        for (final int arm : arms) {
            for (int turn = 1; turn < 4; turn++) {
                final int out = (arm + turn) % 4;
                if (there(junction, out)) {
                    // From an arm the next one clockwise lies to the left, the one before to the right.
                    final char dir = "lsr".charAt(turn - 1);
                    for (int lane = dir == 'l' && arms.size() > 2 ? 1 : 0;
                            lane < (dir == 'r' && arms.size() > 2 ? 1 : 2);
                            lane++) {
                        connections.append("<connection from=\"" + next(junction, arm) + "to" + junction + "\" to=\""
                                + junction + "to" + next(junction, out) + "\" fromLane=\"" + lane + "\" toLane=\""
                                + lane
                                + "\""
                                + (lights ? " tl=\"L" + junction + "\" linkIndex=\"" + owners.length() + "\"" : "")
                                + " dir=\"" + dir + "\"/>\n");
                        owners.append(arm);
                    }
                }
            }
        }
        if (lights) {
            logics.append("<tlLogic id=\"L" + junction + "\" type=\"static\" programID=\"0\" offset=\"" + 7 * junction
                    + "\">\n");
            for (final int arm : arms) {
                stage(owners, arm, 14, 'G');
                stage(owners, arm, 3, 'y');
                stage(owners, -1, 2, 'r');
            }
            logics.append("</tlLogic>\n");
        }
    }

    private void stage(final CharSequence owners, final int arm, final int seconds, final char light) {
        final StringBuilder state = new StringBuilder();
        owners.chars().forEach(owner -> state.append(owner - '0' == arm ? light : 'r'));
        logics.append("<phase duration=\"" + seconds + "\" state=\"" + state + "\"/>\n");
    }
}
