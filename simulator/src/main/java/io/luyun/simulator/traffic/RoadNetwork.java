package io.luyun.simulator.traffic;

import io.luyun.simulator.traffic.Program.PhaseTimes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lanes and curves of a zone, joined; built once for a traffic. */
final class RoadNetwork {
    /** Sideways acceleration drivers accept in a curve, m/s2; chosen here. */
    private static final double COMFORTABLE_LATERAL = 2.2;
    /** Curves whose middles come closer than this are in each other's way. */
    private static final double CONFLICT_METRES = 2.8;

    private static final int CURVE_POINTS = 17;

    final Plane plane;
    /** Lanes of links, in the order of links and lanes. */
    final Lane[] lanes;
    /** Curves through nodes. */
    final Lane[] curves;

    final Signal[] signals;

    RoadNetwork(final Zone zone) {
        plane = new Plane(zone.reference());
        final Map<Integer, Lane[]> byLink = new HashMap<>();
        final List<Lane> all = new ArrayList<>();
        for (final Zone.Link link : zone.links()) {
            final Curve line = Curve.of(link.line(), plane);
            final Lane[] ofLink = new Lane[link.lanes()];
            for (int i = 0; i < ofLink.length; i++) {
                final double right = (i + 1 - (link.lanes() + 1) / 2.0) * link.laneWidthM();
                ofLink[i] = new Lane(line.shifted(right), link, i + 1);
                if (i > 0) {
                    ofLink[i].left = ofLink[i - 1];
                    ofLink[i - 1].right = ofLink[i];
                }
            }
            byLink.put(link.linkId(), ofLink);
            all.addAll(List.of(ofLink));
        }
        for (final Zone.BusStop stop : zone.busStops()) {
            final Lane[] ofLink = lanesOf(byLink, stop.link());
            ofLink[ofLink.length - 1].busStopM = stop.alongM();
        }
        lanes = all.toArray(Lane[]::new);
        final List<Signal> lights = new ArrayList<>();
        for (final Zone.Node node : zone.nodes()) {
            final Program program = node.program();
            if (program != null) {
                for (final PhaseTimes phase : program.phases()) {
                    lights.add(new Signal(node.nodeId(), program, phase));
                }
            }
        }
        signals = lights.toArray(Signal[]::new);
        curves = join(zone, byLink);
    }

    private static Lane[] lanesOf(final Map<Integer, Lane[]> byLink, final int link) {
        final Lane[] found = byLink.get(link);
        if (found == null) {
            throw new IllegalArgumentException("no link " + link);
        }
        return found;
    }

    private Lane[] join(final Zone zone, final Map<Integer, Lane[]> byLink) {
        final List<Lane> all = new ArrayList<>();
        for (final Zone.Movement movement : zone.movements()) {
            final Signal signal = signal(movement.node(), movement.phaseId());
            for (final Zone.Connection pair : movement.connections()) {
                final Lane from = lanesOf(byLink, movement.fromLink())[pair.fromLane() - 1];
                final Lane to = lanesOf(byLink, movement.toLink())[pair.toLane() - 1];
                final Curve curve = Curve.join(from.curve, to.curve, CURVE_POINTS);
                final double comfortable = Math.sqrt(COMFORTABLE_LATERAL * curve.smallestRadius());
                final double limit = Math.min(comfortable, Math.min(from.limitMps, to.limitMps));
                final Lane joined = new Lane(curve, from, to, movement.maneuver(), signal, limit);
                all.add(joined);
            }
        }
        for (final Lane lane : lanes) {
            lane.out = all.stream()
                    .filter(c -> c.link.linkId() == lane.link.linkId() && c.number == lane.number)
                    .toArray(Lane[]::new);
        }
        markEnds(all);
        for (final Lane curve : all) {
            curve.siblings = all.stream()
                    .filter(c -> c != curve && c.link.linkId() == curve.link.linkId() && c.number == curve.number)
                    .toArray(Lane[]::new);
            curve.merging = all.stream()
                    .filter(c -> c != curve && c.target == curve.target)
                    .toArray(Lane[]::new);
            curve.conflicts = all.stream()
                    .filter(c -> c.link.downstream() == curve.link.downstream()
                            && c.link.linkId() != curve.link.linkId()
                            && c.curve.near(curve.curve, CONFLICT_METRES))
                    .toArray(Lane[]::new);
        }
        return all.toArray(Lane[]::new);
    }

    private void markEnds(final List<Lane> ways) {
        final Set<Integer> leadOn = new HashSet<>();
        final Set<Integer> ledTo = new HashSet<>();
        for (final Lane way : ways) {
            leadOn.add(way.link.linkId());
            final Lane target = way.target;
            if (target != null) {
                ledTo.add(target.link.linkId());
            }
        }
        for (final Lane lane : lanes) {
            lane.linkLeadsOn = leadOn.contains(lane.link.linkId());
            lane.linkLedTo = ledTo.contains(lane.link.linkId());
        }
    }

    /** The rightmost lane of a link. */
    Lane rightmost(final int linkId) {
        for (final Lane lane : lanes) {
            if (lane.link.linkId() == linkId) {
                return lane.rightmost();
            }
        }
        throw new IllegalArgumentException("no link " + linkId);
    }

    private @Nullable Signal signal(final int node, final int phaseId) {
        for (final Signal signal : signals) {
            if (signal.node == node && signal.phaseId == phaseId) {
                return signal;
            }
        }
        return null;
    }
}
