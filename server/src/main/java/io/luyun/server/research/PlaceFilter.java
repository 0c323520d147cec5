package io.luyun.server.research;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.codec.SpatReader;
import io.luyun.proto.codec.Wire;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapNode;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Pam;
import io.luyun.proto.v1.PamNode;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ReferencePath;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.RoadSign;
import io.luyun.proto.v1.Rsc;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Vir;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;

/**
 * Where records are that tell of no road users:
 *
 * <pre>
 *   RSI    its events and signs, and the points of the stretches they concern; the unit where none of them has a place
 *   MAP    its nodes
 *   SPAT   its nodes, where a MAP that was read before tells their place
 *   RSC    the unit
 *   VIR    the vehicle
 *   PAM    its nodes
 * </pre>
 *
 * One of several places is enough. All other kinds are nowhere. One thread; allocates for all kinds but SPAT, which are rare.
 */
final class PlaceFilter {
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final RoadUserFilter areas;
    private final SpatReader spat = new SpatReader();
    private final Long2LongHashMap nodes = new Long2LongHashMap(UNKNOWN);

    PlaceFilter(final RoadUserFilter areas) {
        this.areas = areas;
    }

    /** Learns where nodes are. */
    void learn(final Records records) throws InvalidProtocolBufferException {
        for (final MapNode node : MapData.parseFrom(records.payload()).getNodesList()) {
            if (node.hasRefPos()) {
                nodes.put(key(node.getId()), place(node.getRefPos()));
            }
        }
    }

    /** Whether a record is within all areas. */
    boolean within(final Records records) throws InvalidProtocolBufferException {
        return switch (records.kind()) {
            case RecordKind.RECORD_KIND_RSI_VALUE -> within(Rsi.parseFrom(records.payload()));
            case RecordKind.RECORD_KIND_MAP_VALUE ->
                MapData.parseFrom(records.payload()).getNodesList().stream()
                        .anyMatch(node -> node.hasRefPos() && within(node.getRefPos()));
            case RecordKind.RECORD_KIND_SPAT_VALUE -> spat(records);
            case RecordKind.RECORD_KIND_RSC_VALUE -> {
                final Rsc rsc = Rsc.parseFrom(records.payload());
                yield rsc.hasRefPos() && within(rsc.getRefPos());
            }
            case RecordKind.RECORD_KIND_VIR_VALUE -> {
                final Vir vir = Vir.parseFrom(records.payload());
                yield vir.hasRefPos() && within(vir.getRefPos());
            }
            case RecordKind.RECORD_KIND_PAM_VALUE ->
                Pam.parseFrom(records.payload()).getNodesList().stream()
                        .filter(PamNode::hasRefPos)
                        .anyMatch(node -> within(node.getRefPos()));
            default -> false;
        };
    }

    private boolean within(final Rsi rsi) {
        boolean placed = false;
        for (final RoadEvent event : rsi.getEventsList()) {
            placed |= event.hasPos() || event.getReferencePathsCount() > 0;
            if ((event.hasPos() && within(event.getPos())) || within(event.getReferencePathsList())) {
                return true;
            }
        }
        for (final RoadSign sign : rsi.getSignsList()) {
            placed |= sign.hasPos() || sign.getReferencePathsCount() > 0;
            if ((sign.hasPos() && within(sign.getPos())) || within(sign.getReferencePathsList())) {
                return true;
            }
        }
        return !placed && rsi.hasRefPos() && within(rsi.getRefPos());
    }

    private boolean within(final List<ReferencePath> paths) {
        return paths.stream().anyMatch(path -> path.getActivePathList().stream().anyMatch(this::within));
    }

    boolean within(final Position position) {
        return areas.within(position.getLat(), position.getLon());
    }

    /** Whether a node is, as far as a MAP has told where. */
    boolean within(final NodeReference node) {
        return within(nodes.get(key(node)));
    }

    private boolean within(final long place) {
        return place != UNKNOWN && areas.within((int) (place >> Integer.SIZE), (int) place);
    }

    private boolean spat(final Records records) {
        boolean found = false;
        boolean more = spat.wrap(records.buffer(), records.payloadOffset(), records.payloadLength());
        while (more && !found) {
            more = spat.nextIntersection();
            found = more && within(nodes.get(key(spat.region() == Wire.ABSENT ? 0 : spat.region(), spat.nodeId())));
        }
        return found;
    }

    private static long key(final NodeReference node) {
        return key(node.getRegion(), node.getId());
    }

    private static long key(final int region, final int id) {
        return (long) region << Integer.SIZE | (id & 0xFFFF_FFFFL);
    }

    private static long place(final Position position) {
        return (long) position.getLat() << Integer.SIZE | (position.getLon() & 0xFFFF_FFFFL);
    }
}
