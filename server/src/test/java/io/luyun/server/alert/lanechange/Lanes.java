package io.luyun.server.alert.lanechange;

import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AlertKind;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.Drive;
import io.luyun.server.alert.geometry.Lights;
import io.luyun.server.world.Scene;
import io.luyun.server.world.ZoneDraft;
import io.luyun.server.world.ZoneMap;

/** Ways of driving on three lanes to the east, the left one at y = 3.5; seeds 1 and up. */
final class Lanes {
    static final int SEEDS = 40;
    static final double LEFT = 3.5;
    static final double MIDDLE = 0;
    static final double RIGHT = -3.5;

    private Lanes() {}

    /** Keeps a lane. */
    static Drive.Motion keeps(final double x, final double y, final double mps) {
        return (t, car) -> {
            car.x = x + mps * t;
            car.y = y;
            car.headingDeg = 90;
            car.mps = mps;
        };
    }

    /** The same, with a turn light for some time. */
    static Drive.Motion signals(
            final Drive.Motion motion, final int light, final double fromSeconds, final double toSeconds) {
        return (t, car) -> {
            motion.at(t, car);
            car.lights = t >= fromSeconds && t < toSeconds ? light : 0;
        };
    }

    /** Goes over to another lane within four seconds. */
    static Drive.Motion changes(
            final double x, final double fromY, final double toY, final double mps, final double atSeconds) {
        return (t, car) -> {
            final double part = Math.clamp((t - atSeconds) / 4, 0.0, 1.0);
            final double aside = (toY - fromY) * (0.5 - 0.5 * Math.cos(Math.PI * part));
            final double asideMps = part > 0 && part < 1 ? (toY - fromY) * Math.PI / 8 * Math.sin(Math.PI * part) : 0;
            car.x = x + mps * t;
            car.y = fromY + aside;
            car.headingDeg = 90 - Math.toDegrees(Math.atan2(asideMps, mps));
            car.mps = mps;
        };
    }

    /** Signals to the right from the third second on. */
    static Drive.Motion toTheRight(final double x, final double y, final double mps) {
        return signals(keeps(x, y, mps), Lights.RIGHT_TURN, 3, 100);
    }

    static Drive drive(final long seed, final Drive.Motion subject, final Drive.Motion target) {
        return drive(Scene.road(), seed, AlertConfig.DEFAULT, subject, target);
    }

    static Drive drive(
            final ZoneMap zone,
            final long seed,
            final AlertConfig config,
            final Drive.Motion subject,
            final Drive.Motion target) {
        return new Drive(zone, seed, config).car(SUBJECT, subject).car(TARGET, target);
    }

    /** One lane either way, that to the east at y = -1.75. */
    static ZoneMap undivided() {
        return new ZoneDraft()
                .link("a", 1, 2, 1, 60, 0, -1.75, 1200, -1.75)
                .link("b", 2, 1, 1, 60, 1200, 1.75, 0, 1.75)
                .load();
    }

    static void quiet(final AlertKind kind, final ZoneMap zone, final Drive.Motion subject, final Drive.Motion target) {
        quiet(kind, zone, AlertConfig.DEFAULT, subject, target);
    }

    static void quiet(
            final AlertKind kind,
            final ZoneMap zone,
            final AlertConfig config,
            final Drive.Motion subject,
            final Drive.Motion target) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            assertThat(drive(zone, seed, config, subject, target).until(15).s.of(kind))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }
}
