package io.luyun.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The vehicles of the line round the ring, among others. */
final class BusRouteTest {
    private static final long SEED = 20_261_125;
    private static final int VEHICLES = 200;
    private static final int LAPS_TENTHS = 36_000;

    private final Zone zone = ZoneGenerator.generate(SEED);
    private final Zone.BusLine line = zone.busLines().get(0);

    @Test
    void servesItsStopsInOrderAgainAndAgain() {
        final Traffic traffic = new Traffic(zone, SEED, VEHICLES);
        final List<String> served = new ArrayList<>();
        for (int i = 0; i < LAPS_TENTHS; i++) {
            traffic.step(0.1);
            final Vehicle bus = (Vehicle) traffic.vehicle(0);
            final String stop = standsAt(bus, traffic.timeS());
            if (stop != null && (served.isEmpty() || !served.getLast().equals(stop))) {
                served.add(stop);
            }
        }
        assertThat(served).as("seed %d", SEED).hasSizeGreaterThan(line.stops().size());
        for (int i = 1; i < served.size(); i++) {
            final int place = line.stops().indexOf(served.get(i - 1));
            assertThat(served.get(i))
                    .as("after %s", served.get(i - 1))
                    .isEqualTo(line.stops().get((place + 1) % line.stops().size()));
        }
    }

    @Test
    void beginsWithItsVehiclesApart() {
        final Traffic traffic = new Traffic(zone, SEED, VEHICLES);
        final Set<Integer> links = new HashSet<>();
        for (int i = 0; i < VEHICLES; i++) {
            final Vehicle vehicle = (Vehicle) traffic.vehicle(i);
            final boolean serves = line.devices().contains(Traffic.nameOf(i));
            assertThat(vehicle.route != null).as("vehicle %d", i).isEqualTo(serves);
            if (serves) {
                assertThat(vehicle.bus()).isTrue();
                links.add(vehicle.lane.link.linkId());
            }
        }
        assertThat(links).hasSameSizeAs(line.devices());
    }

    /** Also where the way leads across junctions to the left and to the right. */
    @Test
    void findsItsWayThroughTheTown() {
        final List<Zone.BusStop> stops = zone.busStops();
        final Zone.BusStop first = stops.get(0);
        final Zone.BusStop last = stops.stream()
                .filter(stop -> zone.link(stop.link()).name().startsWith("Avenue"))
                .findFirst()
                .orElseThrow();
        final Zone.BusLine across =
                new Zone.BusLine("across", List.of(first.name(), last.name()), false, List.of("veh-0001"));
        final RoadNetwork network = new RoadNetwork(zone);
        final BusRoute route = new BusRoute(network, zone, across, 1);
        Lane at = network.rightmost(first.link());
        final Set<Zone.Link> been = new HashSet<>();
        while (at.link.linkId() != last.link()) {
            assertThat(been.add(at.link)).as("link %d twice", at.link.linkId()).isTrue();
            final Lane way = route.wayOn(at);
            assertThat(way).isNotNull();
            at = Objects.requireNonNull(Objects.requireNonNull(way).target);
        }
        assertThat(been).hasSizeBetween(1, 8);
    }

    private @Nullable String standsAt(final Vehicle bus, final double nowS) {
        if (bus.dwellUntilS <= nowS) {
            return null;
        }
        return zone.busStops().stream()
                .filter(stop -> stop.link() == bus.lane.link.linkId())
                .map(Zone.BusStop::name)
                .findFirst()
                .orElseThrow();
    }
}
