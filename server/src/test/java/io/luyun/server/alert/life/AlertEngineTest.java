package io.luyun.server.alert.life;

import static io.luyun.server.alert.AlertScene.EAST;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.luyun.proto.codec.BsmReader;
import io.luyun.proto.codec.RsmReader;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.world.Scene;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The engine as a whole: life cycle, replay, allocation, cost. */
final class AlertEngineTest {
    private static final int HARD_BRAKING = 1 << 7;

    /** Dense, wild traffic: all rules raise and clear. */
    private static AlertScene wild(final long seed) {
        final AlertScene s = new AlertScene();
        final Random random = new Random(seed);
        final int vehicles = 60;
        final double[] x = new double[vehicles];
        final double[] mps = new double[vehicles];
        for (int i = 0; i < vehicles; i++) {
            x[i] = random.nextDouble() * 900;
            mps[i] = 5 + random.nextDouble() * 17;
        }
        for (int step = 0; step < 200; step++) {
            if (step % 20 == 0 && step < 100) {
                s.scene.rsi(
                        AlertScene.UNIT,
                        Rsi.newBuilder()
                                .addEvents(RoadEvent.newBuilder()
                                        .setEventId(1)
                                        .setEventType(401)
                                        .setPos(s.scene.position(500, 0))
                                        .setRadius(200)));
            }
            for (int i = 0; i < vehicles; i++) {
                final boolean brakes = random.nextInt(80) == 0;
                mps[i] = Math.max(0, mps[i] + random.nextGaussian() * 0.3 - (brakes ? 3 : 0));
                x[i] = (x[i] + mps[i] * 0.1) % 950;
                final double y = (i % 3 - 1) * 3.5 + random.nextGaussian() * 0.3;
                if (i % 10 == 9) {
                    s.scene.rsm(AlertScene.UNIT, s.scene.seen(1 + i, x[i], y, EAST, mps[i]));
                } else if (i != 5 || step < 100) {
                    s.scene.bsm(
                            i, s.scene.braking(i, x[i], y, EAST, mps[i], brakes ? -6 : 0, brakes ? HARD_BRAKING : 0));
                }
            }
            s.scene.pass(100);
            s.tick();
        }
        return s;
    }

    private static byte[] bytes(final AlertScene s) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (final Alert alert : s.alerts) {
            alert.writeDelimitedTo(out);
        }
        return out.toByteArray();
    }

    @Test
    void aReplayGivesTheSameBytes() throws IOException {
        final AlertScene first = wild(17);
        final AlertScene second = wild(17);
        assertThat(first.alerts).hasSizeGreaterThan(100);
        assertThat(bytes(second)).isEqualTo(bytes(first));
        assertThat(first.alerts.stream().map(Alert::getKind).distinct()).hasSize(4);
    }

    @Test
    void aClearedWorldBeginsAnew() throws IOException {
        final AlertScene s = wild(23);
        s.scene.world.clear();
        s.engine.clear();
        assertThat(s.engine.open()).isZero();
        s.alerts.clear();
        final AlertScene fresh = new AlertScene();
        for (final AlertScene scene : new AlertScene[] {s, fresh}) {
            scene.scene.nowNs = 1_760_000_000_000_000_000L;
            scene.scene.sequence = 1_000_000;
            for (int i = 0; i < 20; i++) {
                scene.scene.bsm(1, scene.scene.car(1, 100 + 2 * i, 0, EAST, 20));
                scene.scene.pass(100);
            }
        }
        assertThat(s.alerts).isNotEmpty();
        assertThat(bytes(s)).isEqualTo(bytes(fresh));
    }

    @Test
    void everyAlertLivesOnce() {
        final long seed = 31;
        final Map<Long, AlertState> states = new HashMap<>();
        final Set<Long> cleared = new HashSet<>();
        long lastAt = 0;
        for (final Alert alert : wild(seed).alerts) {
            final AlertState before = states.put(alert.getAlertId(), alert.getState());
            assertThat(cleared).as("seed %d: nothing after the end", seed).doesNotContain(alert.getAlertId());
            if (before == null) {
                assertThat(alert.getState()).isEqualTo(AlertState.ALERT_STATE_RAISED);
                assertThat(alert.getAtNs()).isEqualTo(alert.getRaisedAtNs());
            } else {
                assertThat(alert.getState()).isNotEqualTo(AlertState.ALERT_STATE_RAISED);
            }
            if (alert.getState() == AlertState.ALERT_STATE_CLEARED) {
                cleared.add(alert.getAlertId());
                assertThat(alert.hasClearReason()).isTrue();
            }
            assertThat(alert.getAtNs()).isGreaterThanOrEqualTo(lastAt);
            assertThat(alert.getCauseSequencesCount()).isPositive();
            lastAt = alert.getAtNs();
        }
        assertThat(cleared).hasSizeGreaterThan(20);
    }

    /** Calm traffic as bytes, replayed through the readers without a step of its own. */
    private static final class Calm {
        private final AlertScene s;
        private final BsmReader bsmReader = new BsmReader();
        private final RsmReader rsmReader = new RsmReader();
        private final UnsafeBuffer[][] frames;
        private final UnsafeBuffer[] seen;
        private final int vehicles;
        private long messages;

        Calm(final int roads, final int vehicles, final int steps) {
            s = new AlertScene(Scene.roads(roads), AlertConfig.DEFAULT);
            this.vehicles = vehicles;
            frames = new UnsafeBuffer[steps][vehicles];
            seen = new UnsafeBuffer[steps];
            final long start = s.scene.nowNs;
            final int lanes = 3 * roads;
            final int rows = (vehicles + lanes - 1) / lanes;
            final double spacing = 920.0 / rows;
            for (int step = 0; step < steps; step++) {
                for (int i = 0; i < vehicles; i++) {
                    final int row = i / lanes;
                    final int road = i % lanes / 3;
                    final double x = 5 + spacing * row + step;
                    final double y = road * 60 + (i % 3 - 1) * 3.5;
                    final Bsm bsm = s.scene.braking(i, x, y, EAST, 10, 0.1, 0).build();
                    frames[step][i] = new UnsafeBuffer(bsm.toByteArray());
                }
                final Rsm.Builder rsm =
                        Rsm.newBuilder().setMsgCnt(0).setId(Scene.id(1)).setRefPos(s.scene.position(0, 0));
                for (int i = 0; i < 16; i++) {
                    final int row = i / lanes;
                    final int road = i % lanes / 3;
                    final double x = 5 + spacing * row + step;
                    final double y = road * 60 + (i % 3 - 1) * 3.5;
                    final RsmParticipant.Builder one = s.scene.seen(1 + i, x, y + 0.2, EAST, 10);
                    rsm.addParticipants(one);
                }
                seen[step] = new UnsafeBuffer(rsm.build().toByteArray());
                s.scene.pass(100);
            }
            s.scene.nowNs = start;
        }

        void run() {
            for (int step = 0; step < frames.length; step++) {
                for (int i = 0; i < vehicles; i++) {
                    bsmReader.wrap(frames[step][i], 0, frames[step][i].capacity());
                    s.scene.world.onBsm(++s.scene.sequence, s.scene.nowNs, i, bsmReader);
                }
                rsmReader.wrap(seen[step], 0, seen[step].capacity());
                s.scene.world.onRsm(++s.scene.sequence, s.scene.nowNs, AlertScene.UNIT, rsmReader);
                s.scene.world.onTick(s.scene.nowNs);
                s.engine.onTick(s.scene.nowNs);
                s.scene.nowNs += 100_000_000L;
                messages += vehicles + 1;
            }
        }
    }

    @Test
    void allocatesNothingWhileNothingIsRaised() {
        final Calm calm = new Calm(3, 200, 20);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long id = Thread.currentThread().threadId();
        for (int round = 0; round < 20; round++) {
            calm.run();
        }
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            final long before = threads.getThreadAllocatedBytes(id);
            calm.run();
            least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
        }
        assertThat(calm.s.alerts).isEmpty();
        assertThat(calm.s.scene.participants()).hasSize(200);
        assertThat(least).as("bytes in a round of 4,020 messages").isZero();
    }

    @Test
    void tellsWhatAMessageCosts() {
        for (final int roads : new int[] {40, 10}) {
            final Calm calm = new Calm(roads, 1_000, 10);
            for (int round = 0; round < 40; round++) {
                calm.run();
            }
            final long messages = calm.messages;
            final long begin = System.nanoTime();
            for (int round = 0; round < 20; round++) {
                calm.run();
            }
            final double ns = (double) (System.nanoTime() - begin) / (calm.messages - messages);
            System.out.printf("world and rules, 1,000 vehicles on %d km of road: %.0f ns a message%n", roads, ns);
            assertThat(calm.s.alerts).isEmpty();
            assertThat(ns).isLessThan(100_000);
        }
    }
}
