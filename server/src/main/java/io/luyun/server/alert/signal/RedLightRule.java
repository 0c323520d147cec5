package io.luyun.server.alert.signal;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.Maneuver;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.alert.life.Steps;
import io.luyun.server.world.Movement;
import io.luyun.server.world.Participant;
import io.luyun.server.world.World;

/** RLVW: the subject is about to pass a red light. See the package. */
public final class RedLightRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_RLVW_VALUE;
    private static final double NANOS = 1e9;

    private final RedLight config;
    private final AlertBook book;
    private final Approach approach;
    private final Steps steps;
    private final Braking braking = new Braking();
    private final boolean[] exempt = new boolean[256];
    private int redPhase;
    private int redState;

    public RedLightRule(final World world, final RedLight config, final AlertBook book) {
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_RLVW, config.holdMillis());
        approach = new Approach(world, config.sureLaneMetres());
        steps = config.steps();
        for (final int free : config.exemptClasses()) {
            exempt[free & 0xFF] = true;
        }
    }

    @Override
    public void assess(final Participant subject, final long atNs) {
        final double mps = subject.speedMps();
        if (mps < config.minSpeedMps() || isExempt(subject) || !approach.find(subject, atNs)) {
            return;
        }
        final double accel = braking.accelMps2(subject, atNs);
        final double metres = approach.metres();
        final double seconds = metres / mps;
        final int before = book.severity(KIND, subject, null, null);
        final int severity = metres < 0 ? 0 : steps.severity(seconds, before);
        if (severity == 0 || stops(mps, accel, metres, before > 0) || !isRed(subject, seconds, atNs)) {
            return;
        }
        book.of(KIND, subject)
                .signal(
                        approach.signal(),
                        redPhase,
                        approach.signal().lightOf(redState),
                        approach.signal().expectedEndNs(redState))
                .confirmedBy(config.confirmReports())
                .inSeconds(seconds)
                .inMetres(metres)
                .is(severity);
    }

    private boolean isExempt(final Participant subject) {
        final int classification = subject.classification();
        return classification != ABSENT && exempt[classification & 0xFF];
    }

    /** Whether it brakes enough, or needs so little braking that it may still be about to. */
    private boolean stops(final double mps, final double accel, final double metres, final boolean told) {
        final double needed = 0.5 * mps * mps / (metres + config.beyondMetres());
        if (!(needed >= (told ? config.clearBrakingMps2() : config.hardBrakingMps2()))) {
            return true;
        }
        return (Double.isNaN(accel) ? config.assumedBrakingMps2() : -accel) >= needed * config.brakingShare();
    }

    /** Whether every way it may take is red on arrival, and is red or yellow now. */
    private boolean isRed(final Participant subject, final double seconds, final long atNs) {
        final long arrivalNs = atNs + (long) (seconds * NANOS);
        final boolean onlyStraight = !mayTurn(subject) && hasStraight();
        boolean red = false;
        for (int i = 0; i < approach.ways(); i++) {
            final Movement way = approach.way(i);
            if (!approach.takes(i) || (onlyStraight && isTurn(way))) {
                continue;
            }
            final boolean turns = config.turnsOnRed() && way.maneuver() == Maneuver.MANEUVER_RIGHT_TURN_VALUE;
            if (way.phaseId() == 0 || turns || !isRed(way.phaseId(), atNs, arrivalNs)) {
                return false;
            }
            red = true;
        }
        return red;
    }

    private boolean hasStraight() {
        for (int i = 0; i < approach.ways(); i++) {
            if (approach.takes(i) && approach.way(i).maneuver() == Maneuver.MANEUVER_STRAIGHT_VALUE) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTurn(final Movement way) {
        return way.maneuver() != ABSENT && way.maneuver() != Maneuver.MANEUVER_STRAIGHT_VALUE;
    }

    private boolean isRed(final int phaseId, final long atNs, final long arrivalNs) {
        final int now = approach.signal().shown(phaseId, atNs);
        final int then = approach.signal().expected(phaseId, atNs, arrivalNs);
        if (now < 0 || then < 0 || approach.signal().lightOf(then) != LightState.LIGHT_RED_VALUE) {
            return false;
        }
        final int light = approach.signal().lightOf(now);
        redPhase = phaseId;
        redState = now;
        return light == LightState.LIGHT_RED_VALUE || light == LightState.LIGHT_YELLOW_VALUE;
    }

    /** Whether it would be slow enough at the stop line to turn when it braked as one does. */
    private boolean mayTurn(final Participant subject) {
        final double mps = subject.speedMps();
        final double squared = mps * mps - 2 * config.turnBrakingMps2() * Math.max(0, approach.metres());
        return squared <= config.turnSpeedMps() * config.turnSpeedMps();
    }
}
