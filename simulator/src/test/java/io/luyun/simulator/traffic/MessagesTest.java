package io.luyun.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.luyun.proto.codec.MessageValidator;
import io.luyun.proto.codec.Violation;
import io.luyun.proto.v1.DetectedParticipant;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.Ssm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.zip.CRC32;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class MessagesTest {
    private static final long SEED = 99;
    /** Half a minute before a minute, an hour and a year are over. */
    private static final long START_MS = 1_798_761_570_000L;

    private static final Zone ZONE = ZoneGenerator.generate(SEED);

    @Test
    void everyMessageKeepsTheRulesOfTheSchema() {
        final MessageValidator validator = new MessageValidator();
        final Map<MessageKind, Integer> counts = new EnumMap<>(MessageKind.class);
        run(SEED, 10, (kind, message) -> {
            final byte[] bytes = message.toByteArray();
            final Violation violation = validator.check(kind.getNumber(), new UnsafeBuffer(bytes), 0, bytes.length);
            if (violation != null) {
                throw new AssertionError(kind + ": " + violation + " in " + message);
            }
            counts.merge(kind, 1, Integer::sum);
        });
        assertThat(counts)
                .containsOnlyKeys(
                        MessageKind.MESSAGE_KIND_BSM,
                        MessageKind.MESSAGE_KIND_RSM,
                        MessageKind.MESSAGE_KIND_RSI,
                        MessageKind.MESSAGE_KIND_SPAT,
                        MessageKind.MESSAGE_KIND_MAP);
    }

    @Test
    void anSsmSharesWhatTheRsmsTell() {
        final MessageValidator validator = new MessageValidator();
        int shared = 0;
        for (int i = 0; i < ZONE.rsus().size(); i++) {
            final Ssm ssm = new Roadside(ZONE, new Traffic(ZONE, SEED, 300), i, SEED).ssm(START_MS);
            final List<RsmParticipant> seen = new ArrayList<>();
            new Roadside(ZONE, new Traffic(ZONE, SEED, 300), i, SEED)
                    .rsm(START_MS)
                    .forEach(rsm -> seen.addAll(rsm.getParticipantsList()));
            if (ssm == null) {
                assertThat(seen).isEmpty();
                continue;
            }
            final byte[] bytes = ssm.toByteArray();
            assertThat(validator.check(MessageKind.MESSAGE_KIND_SSM_VALUE, new UnsafeBuffer(bytes), 0, bytes.length))
                    .isNull();
            assertThat(ssm.getParticipantsList())
                    .extracting(DetectedParticipant::getPtc)
                    .isEqualTo(seen);
            shared++;
        }
        assertThat(shared).isPositive();
    }

    @Test
    void sameSeedSameBytes() {
        final long first = checksum(SEED);
        assertThat(checksum(SEED)).isEqualTo(first);
        assertThat(checksum(SEED + 1)).isNotEqualTo(first);
    }

    @Test
    void aJunctionSeesVehiclesAndPedestrians() {
        final int[] seen = new int[8];
        final Traffic traffic = new Traffic(ZONE, SEED, 300);
        final Roadside roadside = new Roadside(ZONE, traffic, 7, SEED);
        for (int tick = 0; tick < 2_000; tick++) {
            traffic.step(0.1);
            for (final Rsm rsm : roadside.rsm(START_MS + 100L * tick)) {
                assertThat(rsm.getParticipantsCount()).isBetween(1, Roadside.MOST_PARTICIPANTS);
                rsm.getParticipantsList().forEach(p -> seen[p.getPtcType().getNumber()]++);
            }
        }
        assertThat(seen[ParticipantType.PARTICIPANT_MOTOR.getNumber()]).isGreaterThan(1_000);
        assertThat(seen[ParticipantType.PARTICIPANT_PEDESTRIAN.getNumber()]).isGreaterThan(100);
    }

    @Test
    void countsDownToTheNextLight() {
        final Traffic traffic = new Traffic(ZONE, SEED, 1);
        final Roadside roadside = new Roadside(ZONE, traffic, 7, SEED);
        int checked = 0;
        for (int tick = 0; tick < 1_200; tick++) {
            final Spat now = roadside.spat(START_MS + 100L * tick);
            traffic.step(0.1);
            final Spat later = roadside.spat(START_MS + 100L * tick + 100);
            for (int i = 0; i < now.getIntersections(0).getPhasesCount(); i++) {
                final List<PhaseState> before =
                        now.getIntersections(0).getPhases(i).getStatesList();
                final PhaseState shown = before.get(0);
                assertThat(shown.getCounting().getStartTime()).isZero();
                if (shown.getCounting().getLikelyEndTime() > 2) {
                    final PhaseState after =
                            later.getIntersections(0).getPhases(i).getStates(0);
                    assertThat(after.getLight()).isEqualTo(shown.getLight());
                    assertThat(after.getCounting().getLikelyEndTime())
                            .isBetween(
                                    shown.getCounting().getLikelyEndTime() - 2,
                                    shown.getCounting().getLikelyEndTime());
                    checked++;
                }
                final LightState next = before.get(1).getLight();
                assertThat(next).isNotEqualTo(shown.getLight());
            }
        }
        assertThat(checked).isGreaterThan(4_000);
    }

    @Test
    void joinsMapAndSpatByPhase() {
        final Traffic traffic = new Traffic(ZONE, SEED, 1);
        for (int i = 0; i < ZONE.rsus().size(); i++) {
            final Roadside roadside = new Roadside(ZONE, traffic, i, SEED);
            final Spat spat = roadside.spat(START_MS);
            if (spat == null) {
                continue;
            }
            final MapData map = roadside.map(START_MS);
            assertThat(map.getNodes(0).getId())
                    .isEqualTo(spat.getIntersections(0).getIntersection());
            final List<Integer> phases = new ArrayList<>();
            spat.getIntersections(0).getPhasesList().forEach(p -> phases.add(p.getId()));
            map.getNodes(0).getInLinksList().forEach(link -> {
                assertThat(link.getMovementsList()).isNotEmpty();
                link.getMovementsList().forEach(m -> assertThat(phases).contains(m.getPhaseId()));
                link.getLanesList()
                        .forEach(lane -> assertThat(lane.getConnectsToList()).isNotEmpty());
            });
        }
    }

    @Test
    void troublesComeAndGo() {
        final Traffic traffic = new Traffic(ZONE, SEED, 0);
        final Roadside roadside = new Roadside(ZONE, traffic, 3, SEED);
        int with = 0;
        int without = 0;
        for (int second = 0; second < 300; second++) {
            final Rsi rsi = roadside.rsi(START_MS + 1_000L * second);
            if (rsi == null) {
                without++;
            } else {
                with++;
            }
            traffic.step(1);
        }
        assertThat(with).isGreaterThan(60);
        assertThat(without).isGreaterThan(5);
    }

    @Test
    void knowsTheMinuteOfTheYear() {
        assertThat(Messages.minuteOfYear(START_MS)).isEqualTo(525_599);
        assertThat(Messages.minuteOfYear(START_MS + 30_000)).isZero();
        // A leap year's last minute, 2028-12-31T23:59Z.
        assertThat(Messages.minuteOfYear(1_861_919_940_000L)).isEqualTo(527_039);
    }

    private static long checksum(final long seed) {
        final CRC32 sum = new CRC32();
        run(seed, 10, (kind, message) -> sum.update(message.toByteArray()));
        return sum.getValue();
    }

    private static void run(final long seed, final int seconds, final BiConsumer<MessageKind, Message> to) {
        final Traffic traffic = new Traffic(ZONE, seed, 300);
        final BsmWriter writer = new BsmWriter();
        final List<Roadside> roadsides = new ArrayList<>();
        for (int i = 0; i < ZONE.rsus().size(); i++) {
            roadsides.add(new Roadside(ZONE, traffic, i, seed));
        }
        for (int tick = 0; tick < seconds * 10; tick++) {
            final long utcMs = START_MS + 100L * tick;
            traffic.step(0.1);
            for (int i = 0; i < traffic.size(); i++) {
                to.accept(MessageKind.MESSAGE_KIND_BSM, writer.bsm(traffic.vehicle(i), utcMs, tick));
            }
            for (final Roadside roadside : roadsides) {
                roadside.rsm(utcMs).forEach(m -> to.accept(MessageKind.MESSAGE_KIND_RSM, m));
                if (tick % 10 == 0) {
                    final Spat spat = roadside.spat(utcMs);
                    if (spat != null) {
                        to.accept(MessageKind.MESSAGE_KIND_SPAT, spat);
                    }
                    final Rsi rsi = roadside.rsi(utcMs);
                    if (rsi != null) {
                        to.accept(MessageKind.MESSAGE_KIND_RSI, rsi);
                    }
                    to.accept(MessageKind.MESSAGE_KIND_MAP, roadside.map(utcMs));
                }
            }
        }
    }
}
