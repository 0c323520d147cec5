package io.luyun.server.alert.collision;

import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.Maneuver;
import io.luyun.server.world.Course;
import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;
import io.luyun.server.world.SignalAhead;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/**
 * What the lights will show a road user at the stop line it comes to. One object for a rule, filled by {@link #look} for one
 * after another. Allocates nothing.
 */
final class StopLine {
    private static final double NANOS = 1e9;

    private final World world;
    private final SignalAhead ahead = new SignalAhead();

    @Nullable
    private SignalState signal;

    private int maneuver;
    private long nowNs;
    private long arrivesNs;
    private double neededMps2;

    StopLine(final World world) {
        this.world = world;
    }

    /**
     * Looks; what is asked afterwards is false when it has passed the line, or it is not known what the lights show.
     *
     * @param turn what it does at the junction
     */
    void look(final Participant who, final Course.Turn turn, final long atNs) {
        signal = null;
        final Link on = who.link();
        if (on == null || on.connector() || !(who.speedMps() > 0) || !ahead.find(world, who, atNs)) {
            return;
        }
        final double metres = ahead.stopLineMetres() - 0.5 * who.lengthMetres();
        if (metres <= 0) {
            return;
        }
        signal = ahead.signal();
        maneuver = switch (turn) {
            case LEFT -> Maneuver.MANEUVER_LEFT_TURN_VALUE;
            case STRAIGHT -> Maneuver.MANEUVER_STRAIGHT_VALUE;
            case RIGHT -> Maneuver.MANEUVER_RIGHT_TURN_VALUE;
        };
        nowNs = atNs;
        arrivesNs = atNs + (long) (metres / who.speedMps() * NANOS);
        neededMps2 = 0.5 * who.speedMps() * who.speedMps() / metres;
    }

    /** Whether its light is red when it gets there, and it can still stop with this deceleration. */
    boolean holds(final double brakesMps2) {
        return neededMps2 <= brakesMps2 && shows(LightState.LIGHT_RED_VALUE);
    }

    /** Whether its light is green then and keeps all others off its way. */
    boolean keepsOthersOff() {
        return shows(LightState.LIGHT_PROTECTED_GREEN_VALUE);
    }

    /** Whether it is known what its light shows then. */
    boolean known() {
        final SignalState known = signal;
        for (int i = 0; known != null && i < ahead.phases(); i++) {
            if (governs(i) && known.expected(ahead.phaseId(i), nowNs, arrivesNs) >= 0) {
                return true;
            }
        }
        return false;
    }

    private boolean shows(final int light) {
        final SignalState known = signal;
        if (known == null) {
            return false;
        }
        boolean any = false;
        for (int i = 0; i < ahead.phases(); i++) {
            if (governs(i)) {
                final int state = known.expected(ahead.phaseId(i), nowNs, arrivesNs);
                if (state < 0 || known.lightOf(state) != light) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }

    private boolean governs(final int phase) {
        return ahead.maneuvers(phase) == 0 || (ahead.maneuvers(phase) & 1 << maneuver) != 0;
    }
}
