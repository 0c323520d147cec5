package io.luyun.server.site;

import io.luyun.proto.v1.LinkTraffic;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.TrafficFigures;
import io.luyun.server.world.Link;
import io.luyun.server.world.LocalPlane;
import io.luyun.server.world.TrafficState;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/** A link and the traffic on it, in words. Owned and changed by {@link TrafficSites} at ticks, on its thread. */
public final class TrafficSite {
    /** Figures that differ by less are the same news; chosen here. */
    private static final double FLOW_STEP = 20;

    private static final double SPEED_STEP_MPS = 0.5;
    private static final double DENSITY_STEP = 0.5;
    private static final double QUEUE_STEP_METRES = 1;
    private static final double RAW_MPS = 0.02;
    private static final double TENTHS = 10;
    private static final double CENTIMETRES = 100;

    private final Link link;
    private final TrafficState[] states;
    /** What never changes. */
    private final LinkTraffic prototype;

    private long toldHash = Long.MIN_VALUE;
    private long lastSequence;
    private long atNs;
    private @Nullable LinkTraffic message;

    TrafficSite(final World world, final Link link) {
        this.link = link;
        states = new TrafficState[link.lanes() + 1];
        for (int lane = 0; lane < states.length; lane++) {
            states[lane] = world.traffic(link, lane);
        }
        final LocalPlane plane = world.zone().plane();
        final double half = link.lengthMetres() * 0.5;
        prototype = LinkTraffic.newBuilder()
                .setLinkId(link.linkId())
                .setUpstream(NodeReference.newBuilder().setRegion(link.region()).setId(link.upstream()))
                .setDownstream(
                        NodeReference.newBuilder().setRegion(link.region()).setId(link.downstream()))
                .setPos(Position.newBuilder()
                        .setLat(plane.latE7(link.yAt(half)))
                        .setLon(plane.lonE7(link.xAt(half))))
                .build();
    }

    /** The traffic has been reckoned anew. */
    void look(final long sequence, final long nowNs) {
        long hash = 0;
        for (final TrafficState state : states) {
            hash = hash(hash, state);
        }
        if (hash != toldHash) {
            toldHash = hash;
            lastSequence = sequence;
            atNs = nowNs;
            message = null;
        }
    }

    /** Two states of one hash are the same news. */
    private static long hash(final long before, final TrafficState state) {
        long hash = before * 31 + state.vehicles();
        hash = hash * 31 + (long) (state.flowPerHour() / FLOW_STEP);
        hash = hash * 31 + (Double.isNaN(state.speedMps()) ? -1 : (long) (state.speedMps() / SPEED_STEP_MPS));
        hash = hash * 31 + (long) (state.densityPerKm() / DENSITY_STEP);
        hash = hash * 31 + (long) (state.queueMetres() / QUEUE_STEP_METRES);
        hash = hash * 31 + state.queueVehicles();
        return hash * 31 + (state.jam() ? 1 : 0);
    }

    /** The link. */
    public Link link() {
        return link;
    }

    /** Sequence of the last record at which there was news. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Latitude of its middle, 1e-7 deg. */
    public int latE7() {
        return prototype.getPos().getLat();
    }

    /** Longitude of its middle, 1e-7 deg. */
    public int lonE7() {
        return prototype.getPos().getLon();
    }

    /** The state of the last news as a message; allocates once for each. */
    public LinkTraffic toMessage() {
        LinkTraffic known = message;
        if (known == null) {
            known = write();
            message = known;
        }
        return known;
    }

    private LinkTraffic write() {
        final LinkTraffic.Builder traffic =
                prototype.toBuilder().setWhole(figures(states[0])).setAtNs(atNs);
        for (int lane = 1; lane < states.length; lane++) {
            traffic.addLanes(figures(states[lane]));
        }
        return traffic.build();
    }

    private static TrafficFigures figures(final TrafficState state) {
        final TrafficFigures.Builder figures = TrafficFigures.newBuilder()
                .setVehicles(state.vehicles())
                .setFlow((int) Math.rint(state.flowPerHour()))
                .setDensity((int) Math.rint(state.densityPerKm() * TENTHS))
                .setQueueCm((int) Math.rint(state.queueMetres() * CENTIMETRES))
                .setQueueVehicles(state.queueVehicles())
                .setJam(state.jam());
        if (!Double.isNaN(state.speedMps())) {
            figures.setSpeed((int) Math.rint(state.speedMps() / RAW_MPS));
        }
        return figures.build();
    }
}
