package io.luyun.server.alert.signal;

import static io.luyun.server.alert.AlertScene.EAST;
import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.UNIT;

import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Spat;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.alert.NoisyRoad;
import io.luyun.server.world.ZoneDraft;
import io.luyun.server.world.ZoneMap;

/**
 * A junction for tests: link A of 500 m and three lanes with its stop line at 490, limit 60 km/h, ends at node 2; lane 1 turns
 * left under phase 1, lane 2 goes straight on under phase 2, lane 3 straight on and right under phase 3. Link Z is the
 * opposite carriageway.
 */
final class SignalRoad {
    static final double STOP_LINE = 490;
    static final double LEFT_Y = 3.5;
    static final double MIDDLE_Y = 0;
    static final double RIGHT_Y = -3.5;
    static final double OPPOSITE_Y = 12;
    static final int LEFT = 1;
    static final int STRAIGHT = 2;
    static final int RIGHT = 3;
    private static final double HALF_LENGTH = 2.25;

    final AlertScene s;
    final NoisyRoad road;
    private final double[][] cycles = new double[4][];
    private double seconds;
    private boolean spat = true;
    private int sinceSpat = 10;

    SignalRoad(final long seed, final boolean seen) {
        this(seed, seen, AlertConfig.DEFAULT);
    }

    SignalRoad(final long seed, final boolean seen, final AlertConfig config) {
        s = new AlertScene(zone(), config);
        road = new NoisyRoad(s, seed, seen);
        red(LEFT, 100);
        red(STRAIGHT, 100);
        red(RIGHT, 100);
    }

    private static ZoneMap zone() {
        return new ZoneDraft()
                .link("A", 1, 2, 3, 60, "\"stopLineM\":490", 0, 0, 500, 0)
                .link("B", 2, 3, 3, 60, 530, 0, 1_500, 0)
                .link("L", 2, 4, 2, 60, 520, 30, 520, 500)
                .link("R", 2, 5, 2, 60, 515, -30, 515, -500)
                .link("Z", 2, 1, 2, 60, 500, OPPOSITE_Y, 0, OPPOSITE_Y)
                .movement(
                        2, "A", "L", "\"maneuver\":\"left\",\"phaseId\":1,\"lanes\":[[1,1]]", 500, 0, 515, 10, 520, 30)
                .movement(2, "A", "B", "\"maneuver\":\"straight\",\"phaseId\":2,\"lanes\":[[2,2]]", 500, 0, 530, 0)
                .movement(2, "A", "B", "\"maneuver\":\"straight\",\"phaseId\":3,\"lanes\":[[3,3]]", 500, 0, 530, 0)
                .movement(
                        2,
                        "A",
                        "R",
                        "\"maneuver\":\"right\",\"phaseId\":3,\"lanes\":[[3,2]]",
                        500,
                        0,
                        510,
                        -8,
                        515,
                        -30)
                .load();
    }

    /** A phase is red for so long, then green for 30 s. */
    SignalRoad red(final int phase, final double forSeconds) {
        cycles[phase] =
                new double[] {LightState.LIGHT_RED_VALUE, forSeconds, LightState.LIGHT_PROTECTED_GREEN_VALUE, 30};
        return this;
    }

    /** A phase is green for so long, then yellow for 3 s, red for 40 s and green again for 30 s. */
    SignalRoad green(final int phase, final double forSeconds) {
        cycles[phase] = new double[] {
            LightState.LIGHT_PROTECTED_GREEN_VALUE,
            forSeconds,
            LightState.LIGHT_YELLOW_VALUE,
            3,
            LightState.LIGHT_RED_VALUE,
            40,
            LightState.LIGHT_PROTECTED_GREEN_VALUE,
            30
        };
        return this;
    }

    /** All phases are red for so long. */
    SignalRoad allRed(final double forSeconds) {
        return red(LEFT, forSeconds).red(STRAIGHT, forSeconds).red(RIGHT, forSeconds);
    }

    /** From now on the unit says nothing of the signals. */
    SignalRoad silent() {
        spat = false;
        return this;
    }

    /** A SPAT that says what the lights show now, ten times a second. */
    void tell() {
        final IntersectionState.Builder node = IntersectionState.newBuilder()
                .setIntersection(NodeReference.newBuilder().setRegion(1).setId(2));
        for (int phase = 1; phase < cycles.length; phase++) {
            node.addPhases(phase(phase, cycles[phase]));
        }
        s.scene.spat(UNIT, Spat.newBuilder().setMsgCnt(0).addIntersections(node).build());
    }

    private Phase.Builder phase(final int id, final double[] cycle) {
        final Phase.Builder phase = Phase.newBuilder().setId(id);
        double begin = -seconds;
        for (int i = 0; i < cycle.length; i += 2) {
            final double end = begin + cycle[i + 1];
            if (end > 0) {
                phase.addStates(PhaseState.newBuilder()
                        .setLightValue((int) cycle[i])
                        .setCounting(CountdownTiming.newBuilder()
                                .setStartTime(Math.max(0, tenths(begin)))
                                .setLikelyEndTime(tenths(end))));
            }
            begin = end;
        }
        return phase;
    }

    private static int tenths(final double s) {
        return (int) Math.rint(s * 10);
    }

    /** A tenth of a second passes. */
    void step() {
        if (spat && ++sinceSpat >= 2) {
            sinceSpat = 0;
            tell();
        }
        road.step();
        seconds += 0.1;
    }

    /**
     * The subject drives towards the stop line from so far before it; from brakeAt metres before it on, it brakes so hard
     * until it stands. It ends 60 m behind the line, or where it stands, two seconds later.
     */
    SignalRoad drive(
            final double fromMetres, final double y, final double mps, final double brakeAt, final double mps2) {
        double front = STOP_LINE - fromMetres;
        double v = mps;
        int stands = 0;
        while (front < STOP_LINE + 60 && stands < 20) {
            final boolean brakes = STOP_LINE - front <= brakeAt && v > 0;
            road.report(SUBJECT, front - HALF_LENGTH, y, EAST, v, brakes ? -mps2 : 0);
            v = brakes ? Math.max(0, v - mps2 * 0.1) : v;
            front += v * 0.1;
            stands += v == 0 ? 1 : 0;
            step();
        }
        return this;
    }

    /** It drives on without braking. */
    SignalRoad drive(final double fromMetres, final double y, final double mps) {
        return drive(fromMetres, y, mps, -1_000, 0);
    }
}
