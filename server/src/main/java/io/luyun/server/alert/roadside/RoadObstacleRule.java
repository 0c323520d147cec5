package io.luyun.server.alert.roadside;

import io.luyun.proto.v1.AlertKind;
import io.luyun.server.alert.geometry.Boxes;
import io.luyun.server.alert.geometry.CrossingPaths;
import io.luyun.server.alert.geometry.OnWay;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.alert.life.Steps;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/** ROAD_OBSTACLE: the subject's way leads over an obstacle. See the package. */
public final class RoadObstacleRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_ROAD_OBSTACLE_VALUE;
    private static final double HALF = 0.5;
    private static final double BASE_METRES = 15;
    /** Room beside the straight way ahead in which a bend may lie. */
    private static final double BESIDE_METRES = 40;
    /** A case that was told is not dropped by a little noise across. */
    private static final double HOLD_METRES = 0.4;

    private final World world;
    private final RoadObstacle config;
    private final AlertBook book;
    private final Steps steps;
    private final OnWay onWay = new OnWay();
    private final ParticipantVisitor obstacles = this::weigh;
    private @Nullable Participant subject;
    private double reachMetres;

    public RoadObstacleRule(final World world, final RoadObstacle config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        steps = config.urgency().steps();
        book.hold(AlertKind.ALERT_KIND_ROAD_OBSTACLE, config.urgency().holdMillis());
    }

    @Override
    public void assess(final Participant moved, final long atNs) {
        if (moved.speedMps() < config.minSpeedMps()) {
            return;
        }
        subject = moved;
        reachMetres = Math.min(config.rangeMetres(), BASE_METRES + moved.speedMps() * steps.horizonSeconds());
        Boxes.visitObstacles(world, moved, reachMetres, BESIDE_METRES, obstacles);
        subject = null;
    }

    private void weigh(final Participant obstacle) {
        final Participant of = subject;
        if (of == null || CrossingPaths.onOtherLevels(of, obstacle) || !onWay.look(world, of, obstacle, reachMetres)) {
            return;
        }
        final int before = book.severity(KIND, of, obstacle, null);
        final double half = HALF * Math.max(obstacle.widthMetres(), obstacle.lengthMetres());
        final double across = HALF * of.widthMetres() + half + config.marginMetres() + (before > 0 ? HOLD_METRES : 0);
        if (onWay.acrossMetres > across) {
            return;
        }
        final double gap = Math.max(0, onWay.alongMetres - HALF * of.lengthMetres() - half);
        final double seconds = gap / of.speedMps();
        book.of(KIND, of)
                .target(obstacle)
                .confirmedBy(config.urgency().confirmReports())
                .inSeconds(seconds)
                .inMetres(gap)
                .is(steps.severity(seconds, before));
    }
}
