package io.luyun.server.alert.collision;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.server.alert.geometry.Boxes;
import io.luyun.server.alert.geometry.CrossingPaths;
import io.luyun.server.alert.geometry.Kinematics;
import io.luyun.server.alert.geometry.OnWay;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.alert.life.Steps;
import io.luyun.server.world.Course;
import io.luyun.server.world.Link;
import io.luyun.server.world.LocalPlane;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/** VRUCW: someone on foot or on a cycle is, or is about to be, in the way. See the package. */
public final class VulnerableRoadUserRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_VRUCW_VALUE;
    private static final double BASE_METRES = 15;
    /** Who stands so far beside the road is not on it. */
    private static final double BESIDE_METRES = 0.4;

    private final World world;
    private final VulnerableRoadUser config;
    private final AlertBook book;
    private final Steps steps;
    private final CrossingPaths paths;
    private final OnWay onWay = new OnWay();
    private final Course subjectWay = new Course();
    private final Course targetWay = new Course();
    private final ParticipantVisitor inTheWay = this::visit;
    private @Nullable Participant subject;
    private boolean subjectWayKnown;
    private double seconds;
    private double metres;
    private double neededMps2;

    public VulnerableRoadUserRule(final World world, final VulnerableRoadUser config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_VRUCW, config.holdMillis());
        steps = config.steps();
        paths = new CrossingPaths(config.crossingMarginMetres());
    }

    @Override
    public void assess(final Participant moved, final long atNs) {
        if (moved.speedMps() < config.minSpeedMps()) {
            return;
        }
        subject = moved;
        subjectWayKnown = false;
        Boxes.visitPeople(world, moved, reach(moved), config.besideMetres(), inTheWay);
        subject = null;
    }

    private double reach(final Participant moved) {
        return BASE_METRES + moved.speedMps() * steps.horizonSeconds();
    }

    private void visit(final Participant target) {
        final Participant from = subject;
        final int type = target.ptcType();
        if (from == null
                || (type != ParticipantType.PARTICIPANT_PEDESTRIAN_VALUE
                        && type != ParticipantType.PARTICIPANT_NON_MOTOR_VALUE)
                || CrossingPaths.onOtherLevels(from, target)) {
            return;
        }
        if (!subjectWayKnown) {
            subjectWay.of(world, from, reach(from));
            subjectWayKnown = true;
        }
        seconds = Double.POSITIVE_INFINITY;
        neededMps2 = 0;
        if (target.speedMps() >= config.minTargetSpeedMps()
                && headed(target)
                && !(from.link() == null && CrossingPaths.parallel(from, target))) {
            lookAcross(from, target);
        }
        if (type == ParticipantType.PARTICIPANT_PEDESTRIAN_VALUE) {
            lookAhead(from, target);
        }
        final int before = book.severity(KIND, from, target, null);
        final double tolerable = before > 0 ? config.lackingMps2() / config.clearFactor() : config.lackingMps2();
        final double lacking = neededMps2 - Math.max(0, -Kinematics.usable(from.accelMps2()));
        book.of(KIND, from)
                .target(target)
                .confirmedBy(config.confirmReports())
                .inSeconds(seconds)
                .inMetres(metres)
                .is(lacking < tolerable ? 0 : steps.severity(seconds, before));
    }

    /** Who moves keeps on, straight: people follow no lane. */
    private void lookAcross(final Participant from, final Participant target) {
        targetWay.straightAhead(target, BASE_METRES + target.speedMps() * steps.horizonSeconds());
        if (paths.look(from, subjectWay, target, targetWay)) {
            seconds = paths.seconds;
            metres = paths.metres;
            neededMps2 = Kinematics.neededMps2(metres, from.speedMps(), 0, 0);
        }
    }

    /** Who is in the way now, moving or not; FCW leaves people on foot out. */
    private void lookAhead(final Participant from, final Participant target) {
        if (!onWay.look(subjectWay, target)) {
            return;
        }
        final double gap =
                onWay.alongMetres - 0.5 * (CrossingPaths.lengthMetres(from) + CrossingPaths.lengthMetres(target));
        final double touch =
                0.5 * (CrossingPaths.widthMetres(from) + CrossingPaths.widthMetres(target)) + config.marginMetres();
        if (gap <= 0 || (onWay.acrossMetres > touch && !inLane(from)) || waitsBeside(target)) {
            return;
        }
        final double walksAhead =
                target.speedMps() >= config.minTargetSpeedMps() ? Math.max(0, target.speedMps() * onWay.cosine) : 0;
        final double time =
                Kinematics.timeToCollision(gap, from.speedMps(), Kinematics.usable(from.accelMps2()), walksAhead, 0, 0);
        if (time < seconds) {
            seconds = time;
            metres = gap;
            neededMps2 = Kinematics.neededMps2(gap, from.speedMps(), walksAhead, 0);
        }
    }

    /**
     * Whether the target stands beside the road: turns lead close by those who wait at a corner. To the map what a unit sees
     * lies as it says, not as receivers have it.
     */
    private boolean waitsBeside(final Participant target) {
        if (target.speedMps() >= config.minTargetSpeedMps()) {
            return false;
        }
        final LocalPlane plane = world.zone().plane();
        final double beside = target.device() >= 0
                ? world.besideRoadMetres(target.x(), target.y())
                : world.besideRoadMetres(plane.x(target.lonE7()), plane.y(target.latE7()));
        return beside > BESIDE_METRES && beside < Double.POSITIVE_INFINITY;
    }

    /** Whether the target is in the subject's lane, wherever in it the subject's receiver says that it is. */
    private boolean inLane(final Participant from) {
        final Link link = from.link();
        if (link == null || from.lane() == 0) {
            return false;
        }
        final double off = from.lateralMetres() - link.laneCentreMetres(from.lane(), from.alongMetres());
        return Math.abs(onWay.rightMetres + off) <= 0.5 * link.laneWidthMetres();
    }

    private static boolean headed(final Participant target) {
        return target.dirX() != 0 || target.dirY() != 0;
    }
}
