package io.luyun.server.core;

import io.luyun.proto.v1.EventState;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapNode;
import io.luyun.proto.v1.ParticipantState;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.VehicleSize;
import io.luyun.server.fanout.Road;
import io.luyun.server.site.CrossingSite;
import io.luyun.server.site.Sites;
import io.luyun.server.site.StopSite;
import io.luyun.server.site.TrafficSite;
import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.World;
import java.util.HashMap;
import java.util.Map;

/** The world as subscribers see it. Core's thread; messages are built only when the fan-out pulls. */
public final class RoadView implements Road {
    private record Changed(RoadEventState event, long sequence) {}

    private final World world;
    private final Sites sites;
    private final Map<Long, Changed> events = new HashMap<>();
    private final Map<Long, Position> nodes = new HashMap<>();
    private long sequence;

    public RoadView(final World world, final Sites sites) {
        this.world = world;
        this.sites = sites;
    }

    void clear() {
        events.clear();
        nodes.clear();
    }

    void at(final long recordSequence) {
        sequence = recordSequence;
    }

    /** Remembers where intersections are: signals do not say. */
    void onMap(final MapData map) {
        for (final MapNode node : map.getNodesList()) {
            nodes.put(nodeId(node.getId().getRegion(), node.getId().getId()), node.getRefPos());
        }
    }

    void onEvent(final RoadEventState event, final long eventSequence) {
        events.put(event.id(), new Changed(event, eventSequence));
    }

    void onEventGone(final RoadEventState event) {
        events.remove(event.id());
    }

    @Override
    public long changes(final long afterSequence, final Sink sink) {
        world.forEach(participant -> {
            if (participant.lastSequence() > afterSequence) {
                sink.participant(participant.id(), participant.latE7(), participant.lonE7(), state(participant));
            }
        });
        world.forEachSignal(signal -> {
            if (signal.lastSequence() > afterSequence) {
                final long node = nodeId(signal.region(), signal.nodeId());
                final Position at = nodes.get(node);
                sink.signal(
                        node,
                        at == null ? NOWHERE : at.getLat(),
                        at == null ? NOWHERE : at.getLon(),
                        signal.toMessage());
            }
        });
        for (final Changed change : events.values()) {
            if (change.sequence > afterSequence) {
                final RoadEventState event = change.event;
                sink.event(event.id(), event.latE7(), event.lonE7(), state(event));
            }
        }
        for (final CrossingSite site : sites.crossings().all()) {
            if (site.lastSequence() > afterSequence) {
                sink.crossing(site.crossing().index(), site.latE7(), site.lonE7(), site.toMessage(world));
            }
        }
        for (final StopSite site : sites.arrivals().all()) {
            if (site.lastSequence() > afterSequence) {
                sink.stop(site.stop().index(), site.latE7(), site.lonE7(), site.toMessage());
            }
        }
        for (final TrafficSite site : sites.traffic().all()) {
            if (site.lastSequence() > afterSequence) {
                sink.traffic(site.link().index(), site.latE7(), site.lonE7(), site.toMessage());
            }
        }
        return sequence;
    }

    private static long nodeId(final int region, final int node) {
        return ((long) region << Integer.SIZE) | node;
    }

    private ParticipantState state(final Participant participant) {
        final ParticipantState.Builder state = ParticipantState.newBuilder()
                .setParticipantId(participant.id())
                .setPtcType(type(participant.ptcType()))
                .setPos(Position.newBuilder().setLat(participant.latE7()).setLon(participant.lonE7()))
                .setAtNs(participant.lastAtNs());
        if (participant.device() >= 0) {
            state.setDeviceId(world.deviceName(participant.device()));
        }
        if (participant.seenBy() >= 0) {
            state.setSeenBy(world.deviceName(participant.seenBy()));
        }
        if (participant.elevation() != Participant.ABSENT) {
            state.getPosBuilder().setElevation(participant.elevation());
        }
        if (participant.speed() != Participant.ABSENT) {
            state.setSpeed(participant.speed());
        }
        if (participant.heading() != Participant.ABSENT) {
            state.setHeading(participant.heading());
        }
        if (participant.classification() != Participant.ABSENT) {
            state.setClassification(participant.classification());
        }
        if (participant.obstacle()) {
            state.setObstacleTypeValue(participant.obstacleType());
        }
        if (participant.widthCm() != Participant.ABSENT || participant.lengthCm() != Participant.ABSENT) {
            state.setSize(size(participant));
        }
        return state.build();
    }

    static VehicleSize size(final Participant participant) {
        final VehicleSize.Builder size = VehicleSize.newBuilder();
        if (participant.widthCm() != Participant.ABSENT) {
            size.setWidth(participant.widthCm());
        }
        if (participant.lengthCm() != Participant.ABSENT) {
            size.setLength(participant.lengthCm());
        }
        return size.build();
    }

    private static ParticipantType type(final int number) {
        final ParticipantType type = ParticipantType.forNumber(number);
        return type == null ? ParticipantType.PARTICIPANT_UNKNOWN : type;
    }

    private EventState state(final RoadEventState event) {
        final EventState.Builder state = EventState.newBuilder()
                .setEventId(event.id())
                .setSign(event.sign())
                .setCode(event.code())
                .setDescription(event.description())
                .setAtNs(event.lastAtNs());
        if (event.device() >= 0) {
            state.setDeviceId(world.deviceName(event.device()));
        }
        if (event.latE7() != Participant.ABSENT) {
            state.setPos(Position.newBuilder().setLat(event.latE7()).setLon(event.lonE7()));
        }
        if (event.radius() != Participant.ABSENT) {
            state.setRadius(event.radius());
        }
        return state.build();
    }
}
