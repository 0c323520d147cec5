package io.luyun.server.alert.collision;

import io.luyun.proto.v1.ParticipantType;
import io.luyun.server.alert.geometry.Boxes;
import io.luyun.server.alert.geometry.Lights;
import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody passes, or is about to pass, the one ahead on the side of oncoming traffic. One object for a rule, filled by
 * {@link #find} for one subject after another; its fields are the last answer. Allocates nothing.
 *
 * <pre>
 *    ◀── oncoming
 *        ┌──── subject ──▶           leftMetres: how far left of the one ahead
 *   ─────┘        ahead ──▶  │◀ room to return ▶│
 *        │◀────────── wayMetres ───────────────▶│   that the subject has to make good on the one ahead
 * </pre>
 */
final class Passing {
    /** From here on behind the subject nobody is left to be passed. */
    private static final double BEHIND_METRES = 30;
    /** Who has left its lane by the place of the one ahead must be so far left of its middle by the map, too. */
    private static final double LEFT_OF_LANE_METRES = 0.5;
    /** Who falls back by more than this does not pass. */
    private static final double FALLS_BACK_MPS = 1;

    private static final long NANOS_A_MILLI = 1_000_000;

    private final World world;
    private final DoNotPass config;
    private final ParticipantVisitor nearest = this::weigh;
    private @Nullable Participant subject;
    private boolean signals;

    @Nullable
    private Participant ahead;

    double wayMetres;
    double leftMetres;
    /** Speed it has while it passes, and for how long. */
    double mps;

    double seconds;

    Passing(final World world, final DoNotPass config) {
        this.world = world;
        this.config = config;
    }

    /** Looks; false when it passes nobody. */
    boolean find(final Participant moved, final long atNs) {
        final Link link = moved.link();
        ahead = null;
        if (link == null || link.connector() || moved.speedMps() < config.minSpeedMps()) {
            return false;
        }
        signals = link.lanes() == 1
                && (moved.lights() & Lights.TURN) == Lights.LEFT_TURN
                && !(link.successors() > 0 && link.lengthMetres() - moved.alongMetres() < config.junctionMetres());
        final double leftOfLane = link.laneCentreMetres(1, moved.alongMetres()) - moved.lateralMetres();
        final boolean left = leftOfLane > (link.lanes() > 1 ? config.outMetres() : LEFT_OF_LANE_METRES);
        if (!signals && !left) {
            return false;
        }
        subject = moved;
        wayMetres = Double.POSITIVE_INFINITY;
        Boxes.visit(world, moved, moved.speedMps() * config.headwaySeconds(), BEHIND_METRES, nearest);
        subject = null;
        final Participant slower = ahead;
        if (slower == null || !(signals || (left && out() && settled(moved, atNs) && settled(slower, atNs)))) {
            return false;
        }
        mps = Math.max(moved.speedMps(), slower.speedMps() + config.gainMps());
        seconds = wayMetres / (mps - slower.speedMps());
        return moved.speedMps() >= slower.speedMps() - FALLS_BACK_MPS;
    }

    /** First places err by more than those that are smoothed. */
    private boolean settled(final Participant who, final long atNs) {
        return atNs - who.firstAtNs() >= config.settleMillis() * NANOS_A_MILLI;
    }

    /** Whether it has left its lane, and not only signals. */
    boolean out() {
        return leftMetres >= config.outMetres();
    }

    private void weigh(final Participant other) {
        final Participant from = subject;
        if (from == null
                || other == from
                || other.link() == null
                || other.link() != from.link()
                || other.lane() > 1
                || other.ptcType() == ParticipantType.PARTICIPANT_PEDESTRIAN_VALUE
                || !(other.speedMps() >= 0)) {
            return;
        }
        final double along = other.alongMetres() - from.alongMetres();
        final double left = other.lateralMetres() - from.lateralMetres();
        final double way = along + 0.5 * (from.lengthMetres() + other.lengthMetres()) + config.returnMetres();
        if (way > 0
                && way < wayMetres
                && Math.abs(left) <= config.besideMetres()
                && along <= from.speedMps() * config.headwaySeconds()) {
            wayMetres = way;
            leftMetres = left;
            ahead = other;
        }
    }
}
