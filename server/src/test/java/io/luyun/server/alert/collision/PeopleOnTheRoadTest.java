package io.luyun.server.alert.collision;

import static io.luyun.server.alert.AlertScene.EAST;
import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.server.alert.AlertScene;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** VRUCW on a mapped road: three lanes to the east, the right edge at y = -5.25. A unit sees who is on foot. */
final class PeopleOnTheRoadTest {
    private static final AlertKind VRUCW = AlertKind.ALERT_KIND_VRUCW;
    private static final double MPS = 15;
    private static final double STEP = 0.1;
    private static final double X = 300;
    /** From the middle of a car to its bumper, and to the nearest side of a body. */
    private static final double BODIES_METRES = 2.5;

    private final AlertScene s = new AlertScene();
    /** By how much the receiver errs, which the unit sees. */
    private double northMetres;

    /** Drives on until so many metres are left to somebody who stands there. */
    private AlertScene drive(final double y, final double walkerY, final double mps2, final double leftMetres) {
        final double beginX = X - BODIES_METRES - 105;
        // it comes at a constant speed, and brakes for the last 75 m
        for (double x = beginX, mps = MPS; x < X - BODIES_METRES - leftMetres; x += mps * STEP) {
            final boolean brakes = X - BODIES_METRES - x <= 75;
            mps += brakes ? mps2 * STEP : 0;
            s.scene.bsm(SUBJECT, s.scene.braking(SUBJECT, x, y + northMetres, EAST, mps, brakes ? mps2 : 0, 0));
            s.scene.rsm(
                    UNIT,
                    s.scene.seen(1, x, y, EAST, mps),
                    s.scene.seen(7, X, walkerY, 0, 0).setPtcType(ParticipantType.PARTICIPANT_PEDESTRIAN));
            s.scene.pass(100);
            s.tick();
        }
        return s;
    }

    private @Nullable Object raised(final double y, final double walkerY) {
        return drive(y, walkerY, 0, 5).raised(VRUCW);
    }

    @Test
    void warnsOfWhoStandsInTheLaneWhereverInItTheReceiverSaysOneDrives() {
        // 1.8 m across is beside the bodies
        assertThat(raised(1.2, -0.6)).isNotNull();
    }

    @Test
    void saysNothingOfWhoStandsInTheNextLane() {
        assertThat(raised(1.2, 2.9)).isNull();
    }

    @Test
    void saysNothingWhileItBrakesNearlyEnough() {
        // to stop in time takes 1.5 m/s2 at first, 2 m/s2 at the end; 3.6 s are left there
        assertThat(drive(0, 0, -1, 38).of(VRUCW)).isEmpty();
    }

    @Test
    void warnsThereOfWhoDoesNotBrake() {
        assertThat(drive(0, 0, 0, 38).raised(VRUCW)).isNotNull();
    }

    @Test
    void saysNothingOfWhoWaitsBesideTheRoadThoughItSeemsToDriveThere() {
        // 1.25 m across, 0.6 m beside the edge
        assertThat(raised(-4.6, -5.85)).isNull();
    }

    @Test
    void knowsWhoWaitsBesideTheRoadByTheUnitAlsoWhenReceiversErrAlike() {
        northMetres = 1;
        assertThat(raised(-4.6, -5.85)).isNull();
    }

    @Test
    void warnsOfWhoStandsAtTheEdgeOfTheLane() {
        assertThat(raised(-4.6, -5.1)).isNotNull();
    }
}
