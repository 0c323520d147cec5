package io.luyun.server.alert;

import io.luyun.proto.v1.ParticipantType;
import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the rules over whoever moves and keeps the alerts they raise. Driven by the thread that drives the world, from its
 * listener; a pure function of the records. Allocates nothing while nothing is raised.
 */
public final class AlertEngine {
    private final AlertBook book;
    private final Rule[] rules;
    private final EmergencyBrakeRule emergencyBrake;
    private final SpeedLimitRule speedLimit;
    private final boolean watchesBraking;

    /** Starts without alerts. */
    public AlertEngine(final World world, final AlertConfig config, final AlertListener listener) {
        book = new AlertBook(world, config, listener);
        emergencyBrake = new EmergencyBrakeRule(world, config.emergencyBrake(), book);
        speedLimit = new SpeedLimitRule(world, config.speedLimit(), book);
        watchesBraking = config.emergencyBrake().enabled();
        final List<Rule> enabled = new ArrayList<>();
        if (config.forwardCollision().enabled()) {
            enabled.add(new ForwardCollisionRule(world, config.forwardCollision(), book));
        }
        if (watchesBraking) {
            enabled.add(emergencyBrake);
        }
        if (config.intersectionCollision().enabled()) {
            enabled.add(new IntersectionCollisionRule(world, config.intersectionCollision(), book));
        }
        if (config.vulnerableRoadUser().enabled()) {
            enabled.add(new VulnerableRoadUserRule(world, config.vulnerableRoadUser(), book));
        }
        if (config.hazardousLocation().enabled()) {
            enabled.add(new HazardousLocationRule(world, config.hazardousLocation(), book));
        }
        if (config.speedLimit().enabled()) {
            enabled.add(speedLimit);
        }
        rules = enabled.toArray(new Rule[0]);
    }

    /** A road user moved by a record. */
    public void onMoved(final Participant participant, final long sequence, final long atNs) {
        if (participant.ptcType() != ParticipantType.PARTICIPANT_MOTOR_VALUE) {
            return;
        }
        book.begin(sequence, atNs);
        final boolean headed = participant.dirX() != 0 || participant.dirY() != 0;
        if (headed && participant.speedMps() >= 0) {
            for (final Rule rule : rules) {
                rule.assess(participant, atNs);
            }
        }
        book.sweep(participant);
        if (headed && watchesBraking) {
            emergencyBrake.onMoved(participant);
        }
    }

    /** A road user is gone; called before it is reused. */
    public void onGone(final Participant participant, final long atNs) {
        book.onGone(participant, atNs);
    }

    /** An event or sign is gone. */
    public void onEventGone(final RoadEventState event, final long atNs) {
        book.onEventGone(event, atNs);
        speedLimit.onEventGone(event);
    }

    /** Time has passed. */
    public void onTick(final long nowNs) {
        book.onTick(nowNs);
    }

    /** The road is empty; alerts that stood are forgotten without a word. */
    public void clear() {
        book.clear();
        speedLimit.clear();
    }

    /** Number of alerts that stand, and of cases that are not yet confirmed. */
    public int open() {
        return book.size();
    }
}
