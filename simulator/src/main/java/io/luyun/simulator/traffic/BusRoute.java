package io.luyun.simulator.traffic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The way a vehicle of a bus line takes: from stop to stop with as few links between as may be, and from the last to the first
 * again. Owned by its vehicle.
 */
final class BusRoute {
    private final List<Lane> stops = new ArrayList<>();
    private int next;

    /** Heads for one of the stops. */
    BusRoute(final RoadNetwork network, final Zone zone, final Zone.BusLine line, final int first) {
        for (final String stop : line.stops()) {
            stops.add(network.rightmost(zone.busStop(stop).link()));
        }
        next = first;
    }

    /** The lane of the stop it heads for. */
    Lane stop() {
        return stops.get(next);
    }

    /** The way on from the link it has come onto; null when none leads to the stop. */
    @Nullable
    Lane wayOn(final Lane lane) {
        if (lane.link.linkId() == stop().link.linkId()) {
            next = (next + 1) % stops.size();
        }
        return firstTo(lane, stop().link.linkId());
    }

    /** The rightmost way from a link that begins a shortest way to another one. */
    private static @Nullable Lane firstTo(final Lane from, final int goal) {
        final Map<Integer, Lane> firstWays = new HashMap<>();
        final Queue<Lane> open = new ArrayDeque<>();
        open.add(from);
        while (!open.isEmpty()) {
            final Lane at = open.remove();
            for (Lane lane = at.rightmost(); lane != null; lane = lane.left) {
                for (final Lane way : lane.out) {
                    final Lane target = way.target;
                    if (target != null && !firstWays.containsKey(target.link.linkId())) {
                        final Lane first = firstWays.getOrDefault(at.link.linkId(), way);
                        if (target.link.linkId() == goal) {
                            return at == from ? way : first;
                        }
                        firstWays.put(target.link.linkId(), at == from ? way : first);
                        open.add(target);
                    }
                }
            }
        }
        return null;
    }
}
