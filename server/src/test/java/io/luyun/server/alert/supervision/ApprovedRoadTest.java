package io.luyun.server.alert.supervision;

import static io.luyun.proto.v1.AlertState.ALERT_STATE_CLEARED;
import static io.luyun.proto.v1.AlertState.ALERT_STATE_RAISED;
import static io.luyun.server.alert.AlertScene.EAST;
import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertReason;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.world.ZoneDraft;
import io.luyun.server.world.ZoneMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One approved street to the east, one 30 m north of it that is not, an approved yard at 2000. */
final class ApprovedRoadTest {
    private static final AlertKind KIND = AlertKind.ALERT_KIND_OFF_APPROVED_ROAD;

    private static ZoneMap zone() {
        return new ZoneDraft()
                .link("1", 10, 20, 2, 60, "\"approved\":true", 0, 0, 1000, 0)
                .link("2", 30, 40, 2, 60, 0, 30, 1000, 30)
                .box("approved", "", 2000, 0, 2100, 100)
                .load();
    }

    private static AlertScene scene(final String... devices) {
        return new AlertScene(zone(), AlertScene.config("approvedRoad", "devices", List.of(devices)));
    }

    private static AlertScene drive(
            final AlertScene s, final long seed, final int device, final double x, final double y) {
        final Noisy noisy = new Noisy(s, seed);
        for (int i = 0; i < 80; i++) {
            noisy.car(device, x + i, y, EAST, 10);
            noisy.pass();
        }
        return s;
    }

    @Test
    void offIsRaisedAndOnIsNot() {
        assertThat(Noisy.raised(KIND, seed -> drive(scene("subject"), seed, SUBJECT, 100, 30)))
                .as("a street that is not approved")
                .isEqualTo(Noisy.SEEDS);
        assertThat(Noisy.raised(KIND, seed -> drive(scene("*"), seed, SUBJECT, 1500, 0)))
                .as("no street")
                .isEqualTo(Noisy.SEEDS);
        for (final double y : new double[] {-3.5, -1.75, 1.75, 3.5}) {
            assertThat(Noisy.raised(KIND, seed -> drive(scene("subject"), seed, SUBJECT, 100, y)))
                    .as("an approved street at %s", y)
                    .isZero();
        }
        assertThat(Noisy.raised(KIND, seed -> drive(scene("subject"), seed, SUBJECT, 2010, 1)))
                .as("the yard along its edge")
                .isZero();
        assertThat(Noisy.raised(KIND, seed -> drive(scene("subject"), seed, SUBJECT, 2010, -6)))
                .as("6 m beside the yard")
                .isEqualTo(Noisy.SEEDS);
    }

    @Test
    void onlyThoseNamedAreConcerned() {
        assertThat(drive(scene("subject"), 1, TARGET, 100, 30).of(KIND)).isEmpty();
        assertThat(drive(new AlertScene(zone(), AlertConfig.DEFAULT), 1, SUBJECT, 100, 30)
                        .of(KIND))
                .isEmpty();
        final AlertScene s = scene("*");
        for (int i = 0; i < 50; i++) {
            s.scene.rsm(AlertScene.UNIT, s.scene.seen(5, 100 + i, 30, EAST, 10));
            s.scene.pass(100);
        }
        assertThat(s.of(KIND)).as("seen only").isEmpty();
    }

    @Test
    void itIsClearedOnTheWayBack() {
        final AlertScene s = scene("subject");
        drive(s, 5, SUBJECT, 100, 30);
        assertThat(s.last(KIND).getReason()).isEqualTo(AlertReason.ALERT_REASON_OFF_ROAD);
        drive(s, 5, SUBJECT, 100, 0);
        assertThat(s.states(KIND)).containsExactly(ALERT_STATE_RAISED, ALERT_STATE_CLEARED);
    }

    @Test
    void outsideTheHoursIsRaisedWhileItDrives() {
        // the scene's time is 2025-06-15 15:06 UTC, 23:06 of the zone
        final AlertScene allowed =
                new AlertScene(zone(), hours(AlertScene.config("approvedRoad", "devices", List.of("subject")), 22, 4));
        assertThat(drive(allowed, 1, SUBJECT, 100, 0).of(KIND)).isEmpty();
        final AlertScene s =
                new AlertScene(zone(), hours(AlertScene.config("approvedRoad", "devices", List.of("subject")), 6, 22));
        for (int i = 0; i < 50; i++) {
            s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, 100, 0, EAST, 0));
            s.scene.pass(100);
            s.tick();
        }
        assertThat(s.of(KIND)).as("parked").isEmpty();
        drive(s, 1, SUBJECT, 100, 0);
        assertThat(s.states(KIND)).containsExactly(ALERT_STATE_RAISED);
        assertThat(s.last(KIND).getReason()).isEqualTo(AlertReason.ALERT_REASON_OUTSIDE_HOURS);
    }

    private static AlertConfig hours(final AlertConfig config, final double from, final double to) {
        return AlertScene.config(
                AlertScene.config(config, "approvedRoad", "fromHour", from), "approvedRoad", "toHour", to);
    }
}
