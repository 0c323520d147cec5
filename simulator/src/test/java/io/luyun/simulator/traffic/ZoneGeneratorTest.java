package io.luyun.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ZoneGeneratorTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 42, 20_261_124, -7})
    void drawsTheZoneWanted(final long seed) {
        final Zone zone = ZoneGenerator.generate(seed);
        assertThat(zone).isEqualTo(ZoneGenerator.generate(seed));
        final Plane plane = new Plane(zone.reference());
        double links = 0;
        for (final Zone.Link link : zone.links()) {
            links += Curve.of(link.line(), plane).length;
            assertThat(link.lanes()).isBetween(1, 3);
        }
        // Links end at stop lines, so both directions together fall short of twice the road by the junctions.
        assertThat(links / 2).isBetween(39_000.0, 42_000.0);
        assertThat(zone.nodes().stream().filter(n -> n.program() != null)).hasSize(16);
        assertThat(zone.rsus()).hasSameSizeAs(zone.nodes());
        assertThat(zone.crossings()).isNotEmpty();
        assertThat(zone.busStops()).isNotEmpty();
        assertThat(zone.busLines()).hasSize(1);
        assertThat(zone).isNotEqualTo(ZoneGenerator.generate(seed + 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 42, 20_261_124, -7})
    void everyLaneLeadsOnAndNothingGreenCrosses(final long seed) {
        final RoadNetwork network = new RoadNetwork(ZoneGenerator.generate(seed));
        for (final Lane lane : network.lanes) {
            assertThat(lane.out)
                    .as("ways on from lane %d of link %d", lane.number, lane.link.linkId())
                    .isNotEmpty();
        }
        final Set<String> crossing = new HashSet<>();
        for (double t = 0; t < 300; t += 0.5) {
            for (final Signal signal : network.signals) {
                signal.at(t);
            }
            for (final Lane curve : network.curves) {
                for (final Lane other : curve.conflicts) {
                    if (open(curve) && open(other)) {
                        crossing.add(curve.link.linkId() + "/" + curve.number + " " + curve.maneuver + " with "
                                + other.link.linkId() + "/" + other.number + " " + other.maneuver);
                    }
                }
            }
        }
        assertThat(crossing).isEmpty();
    }

    private static boolean open(final Lane curve) {
        return curve.signal == null || curve.signal.light != Program.Light.RED;
    }
}
