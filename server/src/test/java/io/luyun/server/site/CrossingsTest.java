package io.luyun.server.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.CrossingState;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.NonMotorData;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.PersonalDeviceUserType;
import io.luyun.proto.v1.PersonalRequest;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.Spat;
import io.luyun.server.world.Scene;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.ZoneDraft;
import io.luyun.server.world.ZoneMap;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Crossings driven by hand.
 *
 * <pre>
 *              ║ 3
 *   ── 1 ──▶ ▒ ╚╗         ▒ west: x = 1005 behind the stop line of link 1, y -8 to 8, phase 9 of node 20
 *            ▒  ──── 4 ──▶▓──▶    ▓ east: x = 1300 on link 4, y -8 to 8, no signals
 * </pre>
 */
final class CrossingsTest {
    private static final int UNIT = 100;
    private static final int WALKER = 7;
    private static final int CAR = 1;
    private static final double NORTH = 0;
    private static final double EAST = 90;
    private static final double SOUTH = 180;

    private final Scene scene = new Scene(zone(), WorldConfig.DEFAULT, s -> new Scene.Deaf());
    private final Sites sites = new Sites(scene.world, SiteConfig.DEFAULT);
    private final CrossingSite west = sites.crossings().all()[0];
    private final CrossingSite east = sites.crossings().all()[1];

    private static ZoneMap zone() {
        return new ZoneDraft()
                .link("1", 10, 20, 3, 60, 0, 0, 1000, 0)
                .link("3", 20, 30, 2, 40, 1020, 30, 1020, 530)
                .link("4", 20, 40, 3, 60, 1040, 0, 2000, 0)
                .movement(20, "1", "4", "\"lanes\":[[2,2],[3,3]]", 1000, 0, 1040, 0)
                .movement(20, "1", "3", "\"lanes\":[[1,1]]", 1000, 0, 1015, 10, 1020, 30)
                .line("crossing", "\"name\":\"west\",\"node\":20,\"smart\":true,\"phaseId\":9", 1005, -8, 1005, 8)
                .line("crossing", "\"name\":\"east\"", 1300, -8, 1300, 8)
                .load();
    }

    @ParameterizedTest
    @CsvSource({
        // where, heading, speed; waiting, on it
        "1005, -9,   0,   0,    1, 0", // stands at the kerb
        "1005, -8.5, 90,  0.2,  1, 0", // shifts from foot to foot
        "1005, -11,  0,   1.2,  1, 0", // walks towards it
        "1005, -11,  90,  1.2,  0, 0", // walks past
        "1005, 10,   0,   1.2,  0, 0", // has crossed and goes on
        "1005, 10,   180, 1.2,  1, 0", // comes from the other side
        "1005, -20,  0,   1.2,  0, 0", // too far
        "1005, 0,    0,   1.2,  0, 1", // in the middle
        "1007, -3,   0,   0,    0, 1", // stands on it
        "1015, 0,    0,   1.2,  0, 0", // beside it
    })
    void tellsWhoWaitsAndWhoIsOnIt(
            final double x, final double y, final double heading, final double mps, final int waiting, final int on) {
        see(scene.seen(1, x, y, heading, mps).setPtcType(ParticipantType.PARTICIPANT_PEDESTRIAN));

        assertThat(west.waiting()).isEqualTo(waiting);
        assertThat(west.onIt()).isEqualTo(on);
        assertThat(east.waiting() + east.onIt()).isZero();
    }

    @Test
    void aCyclistAlongTheRoadDoesNotCross() {
        see(scene.seen(1, 1004, -5, EAST, 5).setPtcType(ParticipantType.PARTICIPANT_NON_MOTOR));
        assertThat(west.onIt()).isZero();

        see(scene.seen(1, 1004.5, -5, NORTH, 3).setPtcType(ParticipantType.PARTICIPANT_NON_MOTOR));
        assertThat(west.onIt()).isEqualTo(1);
    }

    @Test
    void whoseDeviceAsksWaitsFromFurtherOffUntilItHasFinished() {
        person(1017, -9, 1);
        assertThat(west.waiting()).isEqualTo(1);
        assertThat(west.requests()).isEqualTo(1);

        person(1017, -9, 3);
        assertThat(west.waiting()).isZero();

        person(1017, -9, 0);
        assertThat(west.waiting()).as("says nothing and is too far").isZero();

        person(1005, -9, 3);
        assertThat(west.waiting()).as("has finished and stays").isZero();
        person(1005, -9, 0);
        assertThat(west.waiting()).isEqualTo(1);
        assertThat(west.requests()).isZero();
    }

    @Test
    void tellsWhichVehicleIsThereFirst() {
        scene.bsm(CAR, scene.car(CAR, 880, 0, EAST, 10));
        scene.bsm(2, scene.car(2, 950, 3.5, EAST, 3));
        scene.bsm(3, scene.car(3, 960, -3.5, EAST, 0));
        scene.bsm(4, scene.car(4, 700, 0, EAST, 20));
        tick();

        // half the car and half the crossing are taken off
        assertThat(west.approaching()).isEqualTo(3);
        assertThat(west.arrivalSeconds()).isCloseTo((125 - 5.25) / 10, within(0.05));
        final CrossingState state = west.toMessage(scene.world);
        assertThat(state.getArrivalCm()).isCloseTo(11_975, within(20));
        assertThat(state.getArrivalParticipantId()).isPositive();

        scene.pass(500);
        tick();
        assertThat(west.arrivalSeconds()).as("no news, but time has passed").isCloseTo(11.475, within(0.05));
    }

    @Test
    void aVehicleComesOnlyFromALaneThatLeadsThere() {
        scene.bsm(CAR, scene.car(CAR, 990, 3.5, EAST, 20));
        tick();
        assertThat(scene.only().lane()).isEqualTo(1);
        assertThat(west.approaching()).isEqualTo(1);
        assertThat(reach(400).all()[1].approaching()).as("the left lane turns").isZero();

        scene.bsm(CAR, scene.car(CAR, 990, -12.5, EAST, 20));
        scene.bsm(2, scene.car(2, 990, 0, EAST, 20));
        tick();
        assertThat(reach(400).all()[1].approaching()).isEqualTo(1);
    }

    @Test
    void aVehicleThatHasPassedDoesNotCome() {
        scene.bsm(CAR, scene.car(CAR, 1299, 0, EAST, 10));
        tick();
        assertThat(east.approaching()).isEqualTo(1);
        assertThat(east.arrivalSeconds()).isZero();

        scene.pass(1_100);
        scene.bsm(CAR, scene.car(CAR, 1310, 0, EAST, 10));
        tick();
        assertThat(east.approaching()).isZero();
        assertThat(east.arrivalSeconds()).isInfinite();
    }

    @Test
    void tellsTheLightOfThoseOnFoot() {
        tick();
        assertThat(west.toMessage(scene.world).hasLight()).isFalse();

        scene.spat(
                UNIT,
                Spat.newBuilder()
                        .setMsgCnt(0)
                        .addIntersections(IntersectionState.newBuilder()
                                .setIntersection(
                                        NodeReference.newBuilder().setRegion(1).setId(20))
                                .addPhases(Phase.newBuilder()
                                        .setId(9)
                                        .addStates(PhaseState.newBuilder()
                                                .setLight(LightState.LIGHT_RED)
                                                .setCounting(CountdownTiming.newBuilder()
                                                        .setStartTime(0)
                                                        .setLikelyEndTime(120)))))
                        .build());
        tick();

        final CrossingState state = west.toMessage(scene.world);
        assertThat(state.getLight()).isEqualTo(LightState.LIGHT_RED);
        assertThat(state.getLightEndsMs()).isEqualTo(12_000);
        assertThat(east.toMessage(scene.world).hasLight()).isFalse();
    }

    @Test
    void isNewsOnlyWhenSomethingHasChanged() {
        tick();
        final long first = west.lastSequence();
        tick();
        assertThat(west.lastSequence()).isEqualTo(first);
        final CrossingState said = west.toMessage(scene.world);
        assertThat(west.toMessage(scene.world)).isSameAs(said);

        see(scene.seen(1, 1005, -9, NORTH, 0).setPtcType(ParticipantType.PARTICIPANT_PEDESTRIAN));
        assertThat(west.lastSequence()).isGreaterThan(first);
        assertThat(east.lastSequence()).isEqualTo(first);
        assertThat(west.toMessage(scene.world).getWaiting()).isEqualTo(1);
    }

    @Test
    void theBoardForOtherThreadsIsRenewedOnceASecond() {
        assertThat(sites.board().crossings()).isEmpty();
        tick();
        assertThat(sites.board().crossings()).extracting(CrossingState::getName).containsExactly("west", "east");
        see(scene.seen(1, 1005, -9, NORTH, 0).setPtcType(ParticipantType.PARTICIPANT_PEDESTRIAN));
        assertThat(sites.board().crossings().getFirst().getWaiting()).isZero();
        scene.pass(1_000);
        tick();
        assertThat(sites.board().crossings().getFirst().getWaiting()).isEqualTo(1);
    }

    @Test
    void anEmptiedRoadHasItsCrossingsStill() {
        see(scene.seen(1, 1005, -9, NORTH, 0).setPtcType(ParticipantType.PARTICIPANT_PEDESTRIAN));
        scene.world.clear();
        sites.clear();
        tick();
        assertThat(sites.crossings().all()).hasSize(2).doesNotContain(west);
        assertThat(sites.crossings().all()[0].waiting()).isZero();
    }

    @Test
    void aTickAllocatesNothing() {
        final long seed = 4;
        final Random random = new Random(seed);
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 100; i++) {
                scene.rsm(
                        UNIT + i,
                        scene.seen(1, 990 + random.nextInt(20), -12 + random.nextInt(24), NORTH, 0)
                                .setPtcType(ParticipantType.PARTICIPANT_PEDESTRIAN));
                scene.bsm(i, scene.car(i, 700 + 6 * i, 0, EAST, 10));
            }
        }
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long id = Thread.currentThread().threadId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            final long before = threads.getThreadAllocatedBytes(id);
            for (int i = 0; i < 200; i++) {
                sites.crossings().onTick(++scene.sequence, scene.nowNs);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
        }
        assertThat(west.waiting() + west.onIt()).as("seed %d", seed).isPositive();
        assertThat(west.approaching()).isPositive();
        assertThat(least).as("bytes in 200 ticks").isZero();
    }

    private Crossings reach(final double metres) {
        final CrossingConfig c = CrossingConfig.DEFAULT;
        final Crossings crossings = new Crossings(
                scene.world,
                new CrossingConfig(
                        c.halfWidthMetres(), c.kerbMetres(), c.waitMetres(), c.requestMetres(), c.standMps(), metres));
        crossings.onTick(scene.sequence, scene.nowNs);
        return crossings;
    }

    private void see(final RsmParticipant.Builder seen) {
        for (int i = 0; i < 3; i++) {
            scene.rsm(UNIT, seen);
        }
        tick();
    }

    private void person(final double x, final double y, final int request) {
        final NonMotorData.Builder person =
                NonMotorData.newBuilder().setBasicType(PersonalDeviceUserType.PERSONAL_DEVICE_USER_PEDESTRIAN);
        if (request != 0) {
            person.setPersonalReq(PersonalRequest.newBuilder().setCrossing(request));
        }
        scene.pass(1_100);
        scene.psm(
                WALKER,
                Psm.newBuilder()
                        .setMsgCnt(0)
                        .setId(Scene.id(WALKER))
                        .setSecMark(scene.secMark())
                        .setPos(scene.position(x, y))
                        .setSpeed(0)
                        .setHeading((int) (SOUTH / 0.0125))
                        .setOverallRadius(4)
                        .setNonMotor(person));
        tick();
    }

    private void tick() {
        scene.tick();
        sites.onTick(scene.sequence, scene.nowNs);
    }
}
