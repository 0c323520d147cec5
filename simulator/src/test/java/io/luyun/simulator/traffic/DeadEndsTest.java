package io.luyun.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.server.zone.ImportOptions;
import io.luyun.server.zone.ZoneImport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks with lanes that lead nowhere, as most real ones are. */
final class DeadEndsTest {
    private static final long SEED = 20_261_130;
    private static final Path A10KW = Path.of("/usr/share/sumo/tools/game/A10KW/osm.net.xml");

    /** Two links come from nowhere and meet in one of two lanes, of which only the right one leads on to an end. */
    private static final String TWO_IN_ONE_OUT = """
            <net version="1.9">
            <location netOffset="-647000,-3270000" projParameter="+proj=utm +zone=48 +datum=WGS84 +units=m +no_defs"/>
            <edge id="west" from="A" to="C"><lane id="west_0" index="0" speed="13.89" length="280" shape="0,0 280,0"/></edge>
            <edge id="south" from="B" to="C"><lane id="south_0" index="0" speed="13.89" length="280" shape="302,-300 302,-20"/></edge>
            <edge id="both" from="C" to="D">
            <lane id="both_0" index="0" speed="13.89" length="260" shape="320,0 580,0"/>
            <lane id="both_1" index="1" speed="13.89" length="260" shape="320,3.2 580,3.2"/>
            </edge>
            <edge id="out" from="D" to="E"><lane id="out_0" index="0" speed="13.89" length="300" shape="600,0 900,0"/></edge>
            <junction id="A" type="dead_end" x="0" y="0"/>
            <junction id="B" type="dead_end" x="302" y="-300"/>
            <junction id="C" type="priority" x="300" y="0"/>
            <junction id="D" type="priority" x="590" y="0"/>
            <junction id="E" type="dead_end" x="900" y="0"/>
            <connection from="west" to="both" fromLane="0" toLane="1" dir="s"/>
            <connection from="south" to="both" fromLane="0" toLane="0" dir="r"/>
            <connection from="both" to="out" fromLane="0" toLane="0" dir="s"/>
            </net>
            """;

    @TempDir
    private Path directory;

    private Zone zone(final Path net) throws Exception {
        final Path zone = directory.resolve("zone.geojson");
        Files.writeString(
                zone,
                ZoneImport.sumo(net, List.of(), new ImportOptions(null, 1, null, true))
                        .text());
        return ZoneGeoJson.read(zone);
    }

    /** What a run has seen. */
    private record Ride(
            int came, double meanMps, double longestStandS, double furthestStepMetres, double overlapping) {}

    private static Ride drive(final Zone zone, final int vehicles, final int ticks) {
        final Traffic traffic = new Traffic(zone, SEED, vehicles);
        final Plane plane = new Plane(zone.reference());
        final Set<Long> ids = new HashSet<>();
        final long[] id = new long[vehicles];
        final int[] heard = new int[vehicles];
        final double[] x = new double[vehicles];
        final double[] y = new double[vehicles];
        final double[] stands = new double[vehicles];
        double travelled = 0;
        double longest = 0;
        double furthest = 0;
        int overlaps = 0;
        for (int tick = 1; tick <= ticks; tick++) {
            traffic.step(0.1);
            if (tick % 10 == 0) {
                overlaps += Overlaps.count(traffic);
            }
            for (int i = 0; i < vehicles; i++) {
                final Vehicle vehicle = (Vehicle) traffic.vehicle(i);
                if (!vehicle.present()) {
                    stands[i] = 0;
                    continue;
                }
                final double nowX = plane.x(vehicle.lonE7());
                final double nowY = plane.y(vehicle.latE7());
                if (vehicle.id() == id[i]) {
                    furthest = Math.max(furthest, Math.hypot(nowX - x[i], nowY - y[i]));
                } else {
                    assertThat(ids.add(vehicle.id())).as("id of %d is new", i).isTrue();
                    assertThat(tick - heard[i])
                            .as("silence of %d in tenths of a second", i)
                            .isGreaterThan(tick == 1 ? 0 : 29);
                }
                assertThat(vehicle.headingDeg()).as("heading of %d", i).isBetween(0.0, 360.0);
                assertThat(vehicle.v).as("speed of %d", i).isBetween(0.0, 60.0);
                id[i] = vehicle.id();
                heard[i] = tick;
                x[i] = nowX;
                y[i] = nowY;
                travelled += vehicle.v * 0.1;
                stands[i] = vehicle.v < 0.1 ? stands[i] + 0.1 : 0;
                longest = Math.max(longest, stands[i]);
            }
        }
        return new Ride(
                ids.size() - vehicles,
                travelled / vehicles / ticks * 10,
                longest,
                furthest,
                overlaps * 10.0 / ticks / vehicles);
    }

    @Test
    void whoComesToTheEndEntersElsewhereAsSomebodyElse() throws Exception {
        final Path net = directory.resolve("in-out.net.xml");
        Files.writeString(net, TWO_IN_ONE_OUT);
        final Ride ride = drive(zone(net), 12, 6_000);
        System.out.println("two in, one out: " + ride + ", seed " + SEED);
        assertThat(ride.came()).isGreaterThan(50);
        assertThat(ride.meanMps()).isGreaterThan(4);
        assertThat(ride.furthestStepMetres()).as("nobody jumps").isLessThan(4);
        assertThat(ride.longestStandS()).isLessThan(60);
        assertThat(ride.overlapping()).isZero();
    }

    /** Who drives fast sees somebody who stands some short links ahead. */
    @Test
    void looksAheadOverShortLinks() throws Exception {
        final StringBuilder edges = new StringBuilder();
        final StringBuilder rest = new StringBuilder("<junction id=\"J0\" type=\"dead_end\" x=\"0\" y=\"0\"/>\n");
        double x = 0;
        for (int i = 0; i < 22; i++) {
            final int length = i == 0 || i == 21 ? 500 : 12;
            edges.append("<edge id=\"e" + i + "\" from=\"J" + i + "\" to=\"J" + (i + 1) + "\"><lane id=\"e" + i
                    + "_0\" index=\"0\" speed=\"33.3\" length=\"" + length + "\" shape=\"" + x + ",0 " + (x + length)
                    + ",0\"/></edge>\n");
            x += length;
            rest.append("<junction id=\"J" + (i + 1) + "\" type=\"priority\" x=\"" + x + "\" y=\"0\"/>\n");
            if (i > 0) {
                rest.append("<connection from=\"e" + (i - 1) + "\" to=\"e" + i
                        + "\" fromLane=\"0\" toLane=\"0\" dir=\"s\"/>\n");
            }
        }
        final Path net = directory.resolve("chain.net.xml");
        Files.writeString(
                net,
                "<net version=\"1.9\">\n<location netOffset=\"-647000,-3270000\" projParameter=\"+proj=utm +zone=48"
                        + " +datum=WGS84 +units=m +no_defs\"/>\n" + edges + rest + "</net>\n");
        final Traffic traffic = new Traffic(zone(net), SEED, 8, TrafficConfig.CALM.reacting());
        int stood = 0;
        for (int tick = 0; tick < 6_000; tick++) {
            if (tick % 100 == 0) {
                traffic.onAlert(
                        tick / 100 % 8,
                        Alert.newBuilder()
                                .setAlertId(tick)
                                .setKind(AlertKind.ALERT_KIND_VRUCW)
                                .setState(AlertState.ALERT_STATE_RAISED)
                                .setTimeToCollisionMs(1_000)
                                .build());
            }
            traffic.step(0.1);
            Overlaps.check(traffic);
            for (int i = 0; i < 8; i++) {
                final Vehicle vehicle = (Vehicle) traffic.vehicle(i);
                stood += vehicle.present() && vehicle.v == 0 && vehicle.lane.length < 20 ? 1 : 0;
                assertThat(vehicle.accel)
                        .as("of %d at %.1f s", i, traffic.timeS())
                        .isGreaterThan(-8);
            }
        }
        assertThat(stood)
                .as("tenths of a second that somebody stood on a short link")
                .isGreaterThan(10);
    }

    @Test
    void aNetworkOfNetgenerateHasMany() throws Exception {
        if (!Files.isExecutable(Path.of("/usr/bin/netgenerate"))) {
            System.out.println("SKIPPED: netgenerate is missing (Debian package sumo)");
            return;
        }
        final Path net = directory.resolve("rand.net.xml");
        final Process process = new ProcessBuilder(
                        "netgenerate",
                        "--rand",
                        "--rand.iterations=60",
                        "--seed=7",
                        "--default.lanenumber=2",
                        "--tls.guess",
                        "--no-turnarounds",
                        "-o",
                        net.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("netgenerate.log").toFile())
                .start();
        assertThat(process.waitFor()).as(net.toString()).isZero();
        // its metres are somewhere; which place that is does not matter here
        final String text = Files.readString(net);
        Files.writeString(
                net,
                text.replaceFirst(
                                "projParameter=\"[^\"]*\"",
                                "projParameter=\"+proj=utm +zone=48 +datum=WGS84 +units=m +no_defs\"")
                        .replaceFirst("netOffset=\"[^\"]*\"", "netOffset=\"-647000.00,-3270000.00\""));
        final Ride ride = drive(zone(net), 60, 4_000);
        System.out.println("netgenerate --rand: " + ride + ", seed " + SEED);
        assertThat(ride.came()).isGreaterThan(40);
        assertThat(ride.meanMps()).isGreaterThan(2);
        assertThat(ride.overlapping())
                .as("share of vehicles that stand in another")
                .isLessThan(0.01);
        assertThat(ride.furthestStepMetres()).as("nobody jumps").isLessThan(6);
    }

    @Test
    void theA10AtKoenigsWusterhausenIsDrivenOn() throws Exception {
        if (!Files.exists(A10KW)) {
            System.out.println("SKIPPED: SUMO's example " + A10KW + " is missing (Debian package sumo-tools)");
            return;
        }
        final Ride ride = drive(zone(A10KW), 200, 3_000);
        System.out.println("A10KW: " + ride + ", seed " + SEED);
        assertThat(ride.came()).isGreaterThan(60);
        assertThat(ride.meanMps()).isGreaterThan(5);
        assertThat(ride.longestStandS()).isLessThan(160);
        assertThat(ride.overlapping())
                .as("share of vehicles that stand in another")
                .isLessThan(0.01);
        assertThat(ride.furthestStepMetres()).as("nobody jumps").isLessThan(8);
    }
}
