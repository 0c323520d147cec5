package io.luyun.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.DetectedObstacle;
import io.luyun.proto.v1.DetectedParticipant;
import io.luyun.proto.v1.NonMotorData;
import io.luyun.proto.v1.ObjectSize;
import io.luyun.proto.v1.ObstacleType;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.PersonalDeviceUserType;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.Ssm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an SSM and a PSM mean to the road. */
final class Phase2WorldTest {
    private static final int CAR = 1;
    private static final int WALKER = 2;
    private static final int UNIT = 10;
    private static final int OTHER_UNIT = 11;
    private static final double EAST = 90;

    private final Scene scene = new Scene();

    @Test
    void whatIsSharedIsAParticipantAsWhatAnRsmTells() {
        for (int i = 0; i < 4; i++) {
            scene.rsm(UNIT, scene.seen(7, 100 + i, 0, EAST, 10));
            scene.ssm(OTHER_UNIT, ssmOf(scene.seen(9, 100 + i, 0, EAST, 10)));
            scene.pass(100);
        }
        assertThat(scene.only().seenBy()).isEqualTo(UNIT);
        // the unit falls silent, and the one that shares goes on with the same participant
        final long id = scene.only().id();
        for (int i = 4; i < 12; i++) {
            scene.ssm(OTHER_UNIT, ssmOf(scene.seen(9, 100 + i, 0, EAST, 10)));
            scene.pass(100);
        }
        assertThat(scene.only().id()).isEqualTo(id);
        assertThat(scene.only().seenBy()).isEqualTo(OTHER_UNIT);
    }

    @Test
    void joinsWhatIsSharedToTheVehicleThatReportsItself() {
        for (int i = 0; i < 5; i++) {
            scene.bsm(CAR, scene.car(CAR, 100 + i, 0, EAST, 10));
            scene.ssm(UNIT, ssmOf(scene.seen(7, 100.5 + i, 0, EAST, 10)));
            scene.pass(100);
        }
        assertThat(scene.only().device()).isEqualTo(CAR);
        assertThat(scene.only().ptcId()).isEqualTo(7);
    }

    @Test
    void anObstacleIsAParticipantOfUnknownTypeApartFromTheRoadUserOfTheSameNumber() {
        for (int i = 0; i < 4; i++) {
            scene.ssm(
                    UNIT,
                    ssmOf(scene.seen(7, 100 + i, 0, EAST, 10))
                            .addObstacles(DetectedObstacle.newBuilder()
                                    .setObsType(ObstacleType.OBSTACLE_TRAFFICCONE)
                                    .setObsId(7)
                                    .setPos(scene.position(300, 0))
                                    .setSpeed(0)
                                    .setSize(ObjectSize.newBuilder().setWidth(4).setLength(5))));
            scene.pass(100);
        }
        assertThat(scene.participants()).hasSize(2);
        final Participant cone = scene.participants().stream()
                .filter(p -> p.ptcType() == ParticipantType.PARTICIPANT_UNKNOWN_VALUE)
                .findFirst()
                .orElseThrow();
        assertThat(cone.latE7()).isEqualTo(scene.position(300, 0).getLat());
        assertThat(cone.lonE7()).isEqualTo(scene.position(300, 0).getLon());
        assertThat(cone.lengthMetres()).isEqualTo(0.5);
        assertThat(cone.obstacleType()).isEqualTo(ObstacleType.OBSTACLE_TRAFFICCONE_VALUE);
        final List<Participant> obstacles = new ArrayList<>();
        scene.world.forEachObstacleIn(0, -10, 1000, 10, obstacles::add);
        assertThat(obstacles).containsExactly(cone);
        scene.pass(10_000);
        scene.tick();
        obstacles.clear();
        scene.world.forEachObstacleIn(0, -10, 1000, 10, obstacles::add);
        assertThat(obstacles).isEmpty();
    }

    @Test
    void anObstacleIsNeverTakenForARoadUserButForThatOfAnotherUnit() {
        for (int i = 0; i < 20; i++) {
            scene.bsm(CAR, scene.car(CAR, 300, 0, EAST, 0));
            scene.ssm(OTHER_UNIT, ssmOf().addObstacles(obstacle(8, 300.4, 0.2)));
            if (i >= 10) {
                scene.ssm(UNIT, ssmOf().addObstacles(obstacle(7, 300.5, 0)));
            }
            scene.pass(100);
        }
        assertThat(scene.participants()).hasSize(2);
        assertThat(scene.participants().stream().filter(Participant::obstacle)).hasSize(1);
    }

    private DetectedObstacle.Builder obstacle(final int number, final double x, final double y) {
        return DetectedObstacle.newBuilder()
                .setObsId(number)
                .setPos(scene.position(x, y))
                .setSpeed(0)
                .setSize(ObjectSize.newBuilder().setWidth(10).setLength(10));
    }

    @Test
    void hundredsInOneMessageHaveIdsOfTheirOwn() {
        final int count = 512;
        for (int i = 0; i < 3; i++) {
            final Ssm.Builder ssm = ssmOf();
            for (int number = 1; number <= count; number++) {
                ssm.addParticipants(
                        DetectedParticipant.newBuilder().setPtc(scene.seen(number, 20 * number, 0, EAST, 0)));
            }
            scene.ssm(UNIT, ssm);
            scene.pass(100);
        }
        final Set<Long> ids = new HashSet<>();
        scene.world.forEach(p -> ids.add(p.id()));
        assertThat(scene.world.participants()).isEqualTo(count);
        assertThat(ids).hasSize(count);
    }

    @Test
    void aPersonReportsItself() {
        for (int i = 0; i < 5; i++) {
            scene.psm(WALKER, walker(50 + i * 0.1));
            scene.ssm(
                    UNIT,
                    ssmOf(scene.seen(3, 50 + i * 0.1, 0, EAST, 1).setPtcType(ParticipantType.PARTICIPANT_PEDESTRIAN)));
            scene.pass(100);
        }
        final Participant walker = scene.only();
        assertThat(walker.device()).isEqualTo(WALKER);
        assertThat(walker.ptcId()).isEqualTo(3);
        assertThat(walker.ptcType()).isEqualTo(ParticipantType.PARTICIPANT_PEDESTRIAN_VALUE);
        assertThat(walker.bsmId()).isEqualTo(WALKER);
        assertThat(walker.widthMetres()).isEqualTo(0.8);
    }

    @Test
    void aPersonOfUnknownKindIsNoMotorVehicle() {
        scene.psm(WALKER, walker(50).setNonMotor(NonMotorData.getDefaultInstance()));
        assertThat(scene.only().ptcType()).isEqualTo(ParticipantType.PARTICIPANT_NON_MOTOR_VALUE);
    }

    private Psm.Builder walker(final double x) {
        return Psm.newBuilder()
                .setMsgCnt(0)
                .setId(Scene.id(WALKER))
                .setSecMark(scene.secMark())
                .setPos(scene.position(x, 0))
                .setSpeed(50)
                .setHeading(7200)
                .setOverallRadius(4)
                .setNonMotor(
                        NonMotorData.newBuilder().setBasicType(PersonalDeviceUserType.PERSONAL_DEVICE_USER_PEDESTRIAN));
    }

    private static Ssm.Builder ssmOf(final RsmParticipant.Builder... seen) {
        final Ssm.Builder ssm = Ssm.newBuilder();
        for (final RsmParticipant.Builder participant : seen) {
            ssm.addParticipants(DetectedParticipant.newBuilder().setPtc(participant));
        }
        return ssm;
    }
}
