package io.luyun.server.alert.platoon;

import static io.luyun.server.alert.AlertScene.EAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertReason;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Clpmm;
import io.luyun.proto.v1.MemberManagement;
import io.luyun.proto.v1.PlatoonMember;
import io.luyun.proto.v1.RoleInPlatooning;
import io.luyun.proto.v1.Severity;
import io.luyun.proto.v1.StatusInPlatooning;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.alert.NoisyRoad;
import io.luyun.server.alert.Score;
import io.luyun.server.world.Scene;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CPM, driven by hand: trucks 1 to 4 in the middle lane, 1 leads, at 20 m/s, 12 m from bumper to bumper. */
final class PlatoonKeepingTest {
    private static final AlertKind CPM = AlertKind.ALERT_KIND_CPM;
    private static final ByteString ID = ByteString.copyFrom(new byte[17]);
    private static final double MPS = 20;
    private static final double CAR_METRES = 4.5;
    private static final double GAP_METRES = 12;
    private static final int TRUCKS = 4;
    private static final int OTHER = 9;
    private static final double MIDDLE = 0;
    private static final double LEFT = 3.5;
    private static final int SEEDS = 50;

    /** One run of the scene; what is not said is right. */
    private static final class Run {
        private final AlertScene s = new AlertScene(Scene.roads(1), AlertConfig.DEFAULT);
        private final NoisyRoad road;
        private final double[] gaps = {0, GAP_METRES, GAP_METRES, GAP_METRES};
        private int listed = TRUCKS;
        private int silent;
        private StatusInPlatooning status = StatusInPlatooning.PLATOONING_FOLLOWING;
        /** Where the other one drives, metres before the leader's front; NaN for nowhere. */
        private double otherAhead = Double.NaN;

        private double otherY = MIDDLE;

        private Run(final long seed) {
            road = new NoisyRoad(s, seed, false);
        }

        private void drive(final double seconds) {
            for (int i = 0; i < seconds * 10; i++) {
                double x = 100 + MPS * i * 0.1;
                if (!Double.isNaN(otherAhead)) {
                    road.report(OTHER, x + otherAhead, otherY, EAST, MPS);
                }
                for (int truck = 1; truck <= TRUCKS; truck++) {
                    x -= truck == 1 ? 0 : gaps[truck - 1] + CAR_METRES;
                    road.report(truck, x, MIDDLE, EAST, MPS);
                    if (truck != silent && i % 5 == 0) {
                        say(truck);
                    }
                }
                road.step();
            }
        }

        private void say(final int truck) {
            final Clpmm.Builder said = Clpmm.newBuilder()
                    .setMsgCnt(0)
                    .setId(Scene.id(truck))
                    .setPid(ID)
                    .setRole(
                            truck == 1
                                    ? RoleInPlatooning.PLATOONING_LEADER
                                    : truck == TRUCKS
                                            ? RoleInPlatooning.PLATOONING_TAIL
                                            : RoleInPlatooning.PLATOONING_FOLLOWER)
                    .setStatus(truck == 1 ? StatusInPlatooning.PLATOONING_NAVIGATING : status);
            if (truck == 1) {
                final MemberManagement.Builder list =
                        MemberManagement.newBuilder().setCapacity(8).setOpenToJoin(true);
                for (int member = 2; member <= listed; member++) {
                    list.addMemberList(PlatoonMember.newBuilder().setVid(Scene.id(member)));
                }
                said.setLeadingExt(list);
            }
            s.scene.world.onClpmm(++s.scene.sequence, s.scene.nowNs, truck, said.build());
        }

        private List<Alert> raised() {
            return s.of(CPM).stream()
                    .filter(alert -> alert.getState() == AlertState.ALERT_STATE_RAISED)
                    .toList();
        }

        /** Whether all it raised is this, and that it was raised. */
        private boolean only(final AlertReason reason) {
            return !raised().isEmpty() && raised().stream().allMatch(alert -> alert.getReason() == reason);
        }
    }

    @Test
    void tellsOfAGapThatIsTooWideAndOfItsEnd() {
        final Run run = new Run(1);
        run.drive(5);
        assertThat(run.s.of(CPM)).isEmpty();
        final Run wide = new Run(1);
        wide.gaps[2] = 60;
        wide.drive(5);
        assertThat(wide.raised()).hasSize(1);
        final Alert alert = wide.raised().getFirst();
        assertThat(alert.getReason()).isEqualTo(AlertReason.ALERT_REASON_PLATOON_GAP_WIDE);
        assertThat(alert.getSeverity()).isEqualTo(Severity.SEVERITY_CAUTION);
        assertThat(alert.getSubject().getId()).isEqualTo(Scene.id(3));
        assertThat(alert.getTarget().getId()).as("whom it follows").isEqualTo(Scene.id(2));
        assertThat(alert.getPlatoonId()).isEqualTo(ID);
        assertThat(alert.getMeasured() * 0.01).isCloseTo(60, within(4.0));
        assertThat(alert.getThreshold() * 0.01).isCloseTo(2 * MPS, within(1.0));
        wide.gaps[2] = GAP_METRES;
        // the places jump back to the begin of the road
        wide.s.scene.pass(3_000);
        wide.s.tick();
        assertThat(wide.s.last(CPM).getState()).isEqualTo(AlertState.ALERT_STATE_CLEARED);
    }

    @Test
    void whatIsWithinTheThresholdIsRight() {
        final Run run = new Run(2);
        run.gaps[2] = 35;
        run.drive(5);
        assertThat(run.s.of(CPM)).as("under 2 s").isEmpty();
        final Run close = new Run(3);
        close.gaps[1] = 1.5;
        close.drive(5);
        assertThat(close.only(AlertReason.ALERT_REASON_PLATOON_GAP_CLOSE)).isTrue();
        assertThat(close.raised().getFirst().getSeverity()).isEqualTo(Severity.SEVERITY_WARNING);
    }

    @Test
    void tellsWhoIsInBetween() {
        final Run run = new Run(4);
        run.gaps[1] = 30;
        run.otherAhead = -17;
        run.drive(5);
        assertThat(run.only(AlertReason.ALERT_REASON_PLATOON_CUT_IN)).isTrue();
        assertThat(run.raised()).hasSize(1);
        assertThat(run.raised().getFirst().getSubject().getId()).isEqualTo(Scene.id(2));
        assertThat(run.raised().getFirst().getTarget().getId()).isEqualTo(Scene.id(OTHER));
    }

    @Test
    void tellsOfMembersThatAreNotOrAreSilent() {
        final Run stranger = new Run(5);
        stranger.listed = 3;
        stranger.drive(5);
        assertThat(stranger.only(AlertReason.ALERT_REASON_PLATOON_NOT_MEMBER)).isTrue();
        assertThat(stranger.raised().getFirst().getSubject().getId()).isEqualTo(Scene.id(4));
        final Run silent = new Run(6);
        silent.drive(2);
        silent.silent = 3;
        silent.drive(4);
        assertThat(silent.only(AlertReason.ALERT_REASON_PLATOON_MEMBER_SILENT)).isTrue();
        assertThat(silent.raised().getFirst().getSubject().getId()).isEqualTo(Scene.id(1));
    }

    @Test
    void leavesWhoLeavesAndWhatIsOver() {
        final Run leaving = new Run(7);
        leaving.status = StatusInPlatooning.PLATOONING_LEAVING;
        leaving.gaps[2] = 80;
        leaving.drive(5);
        assertThat(leaving.s.of(CPM)).isEmpty();
        final Run over = new Run(8);
        over.gaps[2] = 60;
        over.silent = 1;
        over.drive(5);
        assertThat(over.s.of(CPM)).as("no leader tells of it").isEmpty();
        final Run silent = new Run(9);
        silent.gaps[2] = 60;
        silent.say(1);
        silent.silent = 1;
        silent.drive(15);
        assertThat(silent.s.states(CPM))
                .as("it was ten seconds ago that the leader told of it")
                .containsExactly(AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_CLEARED);
    }

    @Test
    void isRightUnderNoise() {
        final Score score = new Score("CPM");
        for (long seed = 0; seed < SEEDS; seed++) {
            final Run wide = new Run(seed);
            wide.gaps[1 + (int) (seed % 3)] = 60;
            wide.drive(5);
            score.add("wide", seed, true, wide.only(AlertReason.ALERT_REASON_PLATOON_GAP_WIDE));
            final Run cutIn = new Run(seed);
            cutIn.gaps[1] = 30;
            cutIn.otherAhead = -17;
            cutIn.drive(5);
            score.add("cut in", seed, true, cutIn.only(AlertReason.ALERT_REASON_PLATOON_CUT_IN));
            final Run beside = new Run(seed);
            beside.gaps[1] = 30;
            beside.otherAhead = -17;
            beside.otherY = LEFT;
            beside.drive(5);
            score.add("beside", seed, false, !beside.s.of(CPM).isEmpty());
            final Run right = new Run(seed);
            right.drive(5);
            score.add("right", seed, false, !right.s.of(CPM).isEmpty());
        }
        score.check();
    }
}
