package io.luyun.server.world;

import static io.luyun.server.world.Participant.ABSENT;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.DriveSuggestion;
import io.luyun.proto.v1.LaneCoordination;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.ReferenceLink;
import io.luyun.proto.v1.ReferencePath;
import io.luyun.proto.v1.Rsc;
import io.luyun.proto.v1.VehicleCoordination;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What roadside units ask vehicles and lanes to do. Of one unit the last word to a vehicle holds for its life time, or for a
 * while when it names none; a word to a lane as long as it is repeated, within its span. Taking one in allocates; looking up
 * does not.
 */
final class Coordinations {
    private static final Coordination[] NONE = {};
    private static final long LIFE_STEP_NS = 10_000_000L;
    /** How long a word to a vehicle holds that does not say. */
    private static final long VEHICLE_NS = 3_000_000_000L;

    private final RoadNetwork network;
    private final EventReaches reaches;
    private final Counters counters;
    private final long laneTimeoutNs;
    private final int max;
    private final Long2ObjectHashMap<Coordination[]> ofVehicle = new Long2ObjectHashMap<>();
    private final List<Coordination> ofLanes = new ArrayList<>();
    private Coordination[][] onLink = {};
    private Coordination[] unmapped = NONE;
    private int vehicles;

    Coordinations(
            final RoadNetwork network, final EventReaches reaches, final WorldConfig config, final Counters counters) {
        this.network = network;
        this.reaches = reaches;
        this.counters = counters;
        laneTimeoutNs = config.eventTimeoutMillis() * 1_000_000L;
        max = config.maxEvents();
        reindex();
    }

    void onRsc(final long sequence, final long receivedAtNs, final int device, final Rsc rsc) {
        final long saidNs = rsc.hasSecMark() ? MessageTime.ofSecMark(rsc.getSecMark(), receivedAtNs) : receivedAtNs;
        for (final VehicleCoordination said : rsc.getCoordinatesList()) {
            toVehicle(sequence, receivedAtNs, saidNs, device, said);
        }
        boolean changed = false;
        for (final LaneCoordination said : rsc.getLaneCoordinatesList()) {
            changed |= toLane(sequence, receivedAtNs, device, said);
        }
        if (changed) {
            reindex();
        }
    }

    private void toVehicle(
            final long sequence,
            final long receivedAtNs,
            final long saidNs,
            final int device,
            final VehicleCoordination said) {
        final long id = asLong(said.getVehId());
        final Coordination[] before = ofVehicle.getOrDefault(id, NONE);
        int at = 0;
        while (at < before.length && before[at].device != device) {
            at++;
        }
        final DriveSuggestion suggestion = said.getDriveSuggestion();
        Coordination now = at < before.length ? before[at] : null;
        if (now == null || !now.said.equals(said)) {
            if (now == null && vehicles >= max) {
                counters.increment(Counter.WORLD_REJECTED);
                return;
            }
            vehicles += now == null ? 1 : 0;
            now = new Coordination(
                    device,
                    said,
                    said.getInfo(),
                    suggestion.getSuggestion(),
                    ABSENT,
                    "",
                    suggestion.hasRelatedLink() ? suggestion.getRelatedLink() : null);
            now.reach = reach(suggestion);
            final Coordination[] all = Arrays.copyOf(before, Math.max(before.length, at + 1));
            all[at] = now;
            ofVehicle.put(id, all);
        }
        final long from = Math.min(saidNs, receivedAtNs);
        now.endNs = suggestion.hasLifeTime() ? from + suggestion.getLifeTime() * LIFE_STEP_NS : from + VEHICLE_NS;
        now.lastSequence = sequence;
        now.lastAtNs = receivedAtNs;
    }

    private boolean toLane(
            final long sequence, final long receivedAtNs, final int device, final LaneCoordination said) {
        for (final Coordination known : ofLanes) {
            if (known.device == device && known.said.equals(said)) {
                known.lastSequence = sequence;
                known.lastAtNs = receivedAtNs;
                return false;
            }
        }
        ofLanes.removeIf(known -> known.device == device && isSame((LaneCoordination) known.said, said));
        if (ofLanes.size() >= max) {
            counters.increment(Counter.WORLD_REJECTED);
            return true;
        }
        final Coordination now = new Coordination(
                device,
                said,
                said.getInfo(),
                said.getRecommendedBehavior(),
                said.hasRecommendedSpeed() ? said.getRecommendedSpeed() : ABSENT,
                said.getDescription(),
                said.getTargetLane());
        now.reach = reach(said);
        now.startNs = MessageTime.of(said.getTBegin(), Long.MIN_VALUE);
        now.endNs = MessageTime.of(said.getTEnd(), Long.MAX_VALUE);
        now.lastSequence = sequence;
        now.lastAtNs = receivedAtNs;
        ofLanes.add(now);
        return true;
    }

    /** The same purpose on the same lanes: the later word takes the place of the earlier. */
    private static boolean isSame(final LaneCoordination a, final LaneCoordination b) {
        return a.getTargetLane().equals(b.getTargetLane())
                && a.getRelatedPath().equals(b.getRelatedPath())
                && a.getInfo() == b.getInfo();
    }

    private @Nullable EventReach reach(final DriveSuggestion said) {
        return said.hasRelatedLink() || said.hasRelatedPath()
                ? reach(
                        said.hasRelatedPath() ? List.of(said.getRelatedPath()) : List.of(),
                        said.hasRelatedLink() ? List.of(said.getRelatedLink()) : List.of())
                : null;
    }

    private EventReach reach(final LaneCoordination said) {
        return reach(said.hasRelatedPath() ? List.of(said.getRelatedPath()) : List.of(), List.of(said.getTargetLane()));
    }

    private EventReach reach(final List<ReferencePath> paths, final List<ReferenceLink> links) {
        return reaches.build(false, false, Position.getDefaultInstance(), 0, paths, links);
    }

    void onTick(final long nowNs) {
        if (vehicles > 0) {
            forgetVehicles(nowNs);
        }
        if (!ofLanes.isEmpty()
                && ofLanes.removeIf(each -> nowNs >= each.endNs || nowNs - each.lastAtNs > laneTimeoutNs)) {
            reindex();
        }
    }

    private void forgetVehicles(final long nowNs) {
        ofVehicle.values().removeIf(all -> {
            for (final Coordination each : all) {
                if (nowNs < each.endNs) {
                    return false;
                }
            }
            vehicles -= all.length;
            return true;
        });
    }

    /** The map has changed. */
    void remap() {
        for (final Coordination each : ofLanes) {
            each.reach = reach((LaneCoordination) each.said);
        }
        reindex();
    }

    /** What units ask of a vehicle, one word of each; some may be over. Not to be changed. */
    Coordination[] to(final Participant p) {
        final Coordination[] all = p.hasBsmId ? ofVehicle.get(p.bsmId) : null;
        return all == null ? NONE : all;
    }

    /** What may concern the lanes where a road user is or comes to. Not to be changed. */
    Coordination[] onLanes(final Participant p) {
        final Link link = p.link;
        return link == null || link.index >= onLink.length ? unmapped : onLink[link.index];
    }

    private void reindex() {
        final List<Coordination> off = new ArrayList<>();
        for (final Coordination each : ofLanes) {
            if (each.reach == null || !each.reach.mapped()) {
                off.add(each);
            }
        }
        unmapped = off.toArray(NONE);
        onLink = new Coordination[network.links.size()][];
        for (int i = 0; i < onLink.length; i++) {
            final int link = i;
            final List<Coordination> here = new ArrayList<>();
            for (final Coordination each : ofLanes) {
                if (each.reach != null && each.reach.spans.containsKey(link)) {
                    here.add(each);
                }
            }
            here.addAll(off);
            onLink[i] = here.isEmpty() ? NONE : here.toArray(NONE);
        }
    }

    private static long asLong(final ByteString id) {
        return id.asReadOnlyByteBuffer().getLong();
    }
}
