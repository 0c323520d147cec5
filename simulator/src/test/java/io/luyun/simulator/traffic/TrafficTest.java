package io.luyun.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.simulator.traffic.Program.Light;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TrafficTest {
    private static final long SEED = 20_261_124;
    private static final Zone ZONE = ZoneGenerator.generate(SEED);

    @Test
    void keepsApartOnTheRoadAndBehindTheLineForTenMinutes() {
        final Traffic traffic = new Traffic(ZONE, SEED, 200);
        final Map<VehicleView, Lane> before = new HashMap<>();
        final double[] redSince = new double[traffic.network().signals.length];
        double travelled = 0;
        for (int tick = 1; tick <= 6_000; tick++) {
            traffic.step(0.1);
            for (int i = 0; i < redSince.length; i++) {
                redSince[i] = traffic.network().signals[i].light == Light.RED ? redSince[i] + 0.1 : 0;
            }
            Overlaps.check(traffic);
            for (int i = 0; i < traffic.size(); i++) {
                final Vehicle vehicle = (Vehicle) traffic.vehicle(i);
                assertThat(vehicle.v).as("speed of %d", i).isBetween(0.0, 30.0);
                assertThat(vehicle.s).as("place of %d", i).isBetween(0.0, vehicle.lane.length);
                assertThat(vehicle.headingDeg()).as("heading of %d", i).isBetween(0.0, 360.0);
                assertThat(vehicle.accel)
                        .as("acceleration of %d at %f", i, traffic.timeS())
                        .isBetween(-8.6, 3.0);
                travelled += vehicle.v * 0.1;
                final Lane old = before.put(vehicle, vehicle.lane);
                if (old != null && !old.inNode && vehicle.lane.inNode && vehicle.lane.signal != null) {
                    for (int k = 0; k < redSince.length; k++) {
                        if (traffic.network().signals[k] == vehicle.lane.signal) {
                            assertThat(redSince[k])
                                    .as(
                                            "red of phase %d at %d for %d",
                                            vehicle.lane.signal.phaseId, vehicle.lane.signal.node, i)
                                    .isLessThan(2.0);
                        }
                    }
                }
            }
        }
        assertThat(travelled / 200 / 600).as("mean speed").isGreaterThan(3);
    }
}
