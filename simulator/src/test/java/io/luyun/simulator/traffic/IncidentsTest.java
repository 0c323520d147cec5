package io.luyun.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a minute of a demonstration shows, and what it does not when everybody behaves. */
final class IncidentsTest {
    private record Seen(Set<Integer> hard, Set<Integer> near, Set<Integer> fast) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aMinuteShowsEachKind(final long seed) {
        final Seen seen = watch(seed, TrafficConfig.DEFAULT);
        assertThat(seen.hard).as("hard brakings with somebody behind").isNotEmpty();
        assertThat(seen.near).as("close to the one ahead").isNotEmpty();
        assertThat(seen.fast).as("too fast").isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void calmTrafficShowsNone(final long seed) {
        final Seen seen = watch(seed, TrafficConfig.CALM);
        assertThat(seen).as("seed %d", seed).isEqualTo(new Seen(Set.of(), Set.of(), Set.of()));
    }

    private static Seen watch(final long seed, final TrafficConfig config) {
        final Traffic traffic = new Traffic(ZoneGenerator.generate(seed), seed, 200, config);
        final Seen seen = new Seen(new HashSet<>(), new HashSet<>(), new HashSet<>());
        for (int tick = 0; tick < 600; tick++) {
            traffic.step(0.1);
            Overlaps.check(traffic);
            for (int i = 0; i < traffic.size(); i++) {
                final Vehicle vehicle = (Vehicle) traffic.vehicle(i);
                if (vehicle.hardBraking()) {
                    seen.hard.add(i);
                }
                final double closing = vehicle.v - vehicle.leaderSpeed;
                if (closing > 2 && vehicle.leaderGap / closing < 1.7 && vehicle.v > 3) {
                    seen.near.add(i);
                }
                if (vehicle.onLink() && vehicle.v > 1.1 * vehicle.lane.limitMps) {
                    seen.fast.add(i);
                }
            }
        }
        return seen;
    }
}
