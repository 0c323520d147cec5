package io.luyun.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.luyun.proto.codec.BsmReader;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Position;
import io.luyun.server.monitor.Counters;
import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.World;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.WorldListener;
import io.luyun.server.world.ZoneMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How often the server finds the link and lane a simulated vehicle is on when positions are off by 1.5 m, headings by a
 * degree and speeds by 0.2 m/s; {@code -Dluyun.lanes.print=true} prints the shares. Lanes are counted by where the vehicle's middle is, also while it changes lanes.
 */
final class LaneMatchTest {
    private static final long SEED = 20_261_124;
    private static final long START_MS = 1_764_000_000_000L;
    private static final int VEHICLES = 300;
    private static final int WARM_TICKS = 20;
    private static final int TICKS = 900;
    private static final double SIGMA_METRES = 1.5;
    private static final double HEADING_BIAS_DEG = 0.5;
    /** Around the ends of links no one can tell better than the noise lets. */
    private static final double END_METRES = 3;

    @TempDir
    private Path directory;

    /** Hears nothing. */
    private static final class Deaf implements WorldListener {
        @Override
        public void onMoved(final Participant participant, final long sequence, final long atNs) {}

        @Override
        public void onGone(final Participant participant, final long atNs) {}

        @Override
        public void onSignal(final SignalState signal, final long sequence, final long atNs) {}

        @Override
        public void onEvent(final RoadEventState event, final long sequence, final long atNs) {}

        @Override
        public void onEventGone(final RoadEventState event, final long atNs) {}
    }

    /** What was found of what there was. */
    private static final class Share {
        private int right;
        private int all;

        void add(final boolean isRight) {
            all++;
            right += isRight ? 1 : 0;
        }

        double percent() {
            return 100.0 * right / all;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f %% of %d", percent(), all);
        }
    }

    private final Share link = new Share();
    private final Share linkAwayFromEnds = new Share();
    private final Share onLink = new Share();
    private final Share inJunction = new Share();
    private final Share lane = new Share();
    private final Share laneWide = new Share();
    private final Share laneInJunction = new Share();
    private final Share approachLane = new Share();

    @Test
    void findsLinkAndLaneThroughNoise() throws IOException {
        drive(0);
        report();
        assertThat(link.percent()).as("links, seed %d: %s", SEED, this).isGreaterThanOrEqualTo(99.5);
        assertThat(laneWide.percent()).as("lanes, seed %d: %s", SEED, this).isGreaterThanOrEqualTo(99.5);
        assertThat(laneInJunction.percent())
                .as("lanes, seed %d: %s", SEED, this)
                .isGreaterThanOrEqualTo(97);
    }

    @Test
    void findsLinksThroughNoiseThatLasts() throws IOException {
        drive(0.98);
        report();
        assertThat(link.percent()).as("links, seed %d: %s", SEED, this).isGreaterThanOrEqualTo(99.5);
        assertThat(laneWide.percent()).as("lanes, seed %d: %s", SEED, this).isGreaterThanOrEqualTo(95);
    }

    private void report() {
        if (Boolean.getBoolean("luyun.lanes.print")) {
            System.out.println(this);
        }
    }

    /** Drives the demonstration's zone; the part of the noise that stays from one report to the next. */
    private void drive(final double stays) throws IOException {
        final Zone zone = ZoneGenerator.generate(SEED);
        final Path file = directory.resolve("zone.geojson");
        ZoneGeoJson.write(zone, file);
        final Counters counters = new Counters();
        final Traffic traffic = new Traffic(zone, SEED, VEHICLES);
        final World world = new World(ZoneMap.load(file), WorldConfig.DEFAULT, new Deaf(), counters);
        final Plane plane = new Plane(zone.reference());
        final Rng rng = new Rng(SEED);
        final BsmReader reader = new BsmReader();
        final Participant[] known = new Participant[VEHICLES];
        final double[] east = new double[VEHICLES];
        final double[] north = new double[VEHICLES];
        final double[] bias = new double[VEHICLES];
        for (int i = 0; i < VEHICLES && stays > 0; i++) {
            bias[i] = HEADING_BIAS_DEG * rng.noise();
        }
        final double fresh = Math.sqrt(1 - stays * stays) * SIGMA_METRES;
        long sequence = 0;
        for (int tick = 0; tick < TICKS; tick++) {
            traffic.step(0.1);
            final long nowMs = START_MS + 100L * tick;
            for (int i = 0; i < VEHICLES; i++) {
                final Vehicle vehicle = (Vehicle) traffic.vehicle(i);
                east[i] = stays * east[i] + fresh * rng.noise();
                north[i] = stays * north[i] + fresh * rng.noise();
                final UnsafeBuffer buffer = new UnsafeBuffer(bsm(vehicle, plane, east[i], north[i], bias[i], rng, nowMs)
                        .toByteArray());
                assertThat(reader.wrap(buffer, 0, buffer.capacity())).isTrue();
                world.onBsm(++sequence, nowMs * 1_000_000, i, reader);
            }
            if (tick == 0) {
                world.forEach(p -> known[p.device()] = p);
            }
            for (int i = 0; i < VEHICLES && tick >= WARM_TICKS; i++) {
                judge((Vehicle) traffic.vehicle(i), known[i], traffic.timeS());
            }
        }
    }

    private static Bsm bsm(
            final Vehicle vehicle,
            final Plane plane,
            final double east,
            final double north,
            final double bias,
            final Rng rng,
            final long nowMs) {
        final double x = plane.x(vehicle.lonE7()) + east;
        final double y = plane.y(vehicle.latE7()) + north;
        final double heading = (vehicle.headingDeg() + bias + rng.noise() + 360) % 360;
        final double mps = Math.max(0, vehicle.speedMps() + (vehicle.speedMps() > 0.1 ? 0.2 * rng.noise() : 0));
        return Bsm.newBuilder()
                .setId(ByteString.copyFrom(
                        ByteBuffer.allocate(8).putLong(vehicle.id()).flip()))
                .setSecMark((int) (nowMs % 60_000))
                .setPos(Position.newBuilder().setLat(plane.latE7(y)).setLon(plane.lonE7(x)))
                .setSpeed((int) Math.rint(mps / 0.02))
                .setHeading((int) Math.rint(heading / 0.0125) % 28_800)
                .build();
    }

    private void judge(final Vehicle vehicle, final Participant found, final double nowS) {
        final Lane truth = vehicle.lane;
        final Link at = found.link();
        final Lane target = truth.target;
        final String name = target == null
                ? Integer.toString(truth.link.linkId())
                : truth.link.linkId() + ">" + target.link.linkId();
        final boolean rightLink = at != null && at.linkId().equals(name);
        link.add(rightLink);
        final double toEnd = Math.min(vehicle.s, truth.length - vehicle.s);
        if (toEnd > END_METRES) {
            linkAwayFromEnds.add(rightLink);
        }
        (truth.inNode ? inJunction : onLink).add(rightLink);
        if (truth.inNode) {
            laneInJunction.add(rightLink && at != null && isPair(truth, found, at));
            return;
        }
        final boolean rightLane = rightLink && found.lane() == geometricLane(vehicle, nowS);
        if (truth.link.lanes() > 1) {
            lane.add(rightLane);
            if (truth.link.laneWidthM() >= 3.5) {
                laneWide.add(rightLane);
            }
            if (truth.length - vehicle.s < 60) {
                approachLane.add(rightLane);
            }
        }
    }

    private static boolean isPair(final Lane truth, final Participant found, final Link at) {
        final Lane target = truth.target;
        return target != null && at.fromLane(found.lane()) == truth.number && at.toLane(found.lane()) == target.number;
    }

    private static int geometricLane(final Vehicle vehicle, final double nowS) {
        if (!vehicle.changing(nowS)) {
            return vehicle.lane.number;
        }
        final double t = (nowS - vehicle.changeBeganS) / 4;
        final double aside = vehicle.changeFrom * (1 - t * t * (3 - 2 * t));
        return vehicle.lane.number + (int) Math.rint(aside / vehicle.lane.link.laneWidthM());
    }

    @Override
    public String toString() {
        return "link " + link + ", away from ends " + linkAwayFromEnds + ", on links " + onLink + ", in junctions "
                + inJunction + "; lane " + lane + ", of 3.5 m " + laneWide + ", before a stop line " + approachLane
                + ", in junctions " + laneInJunction;
    }
}
