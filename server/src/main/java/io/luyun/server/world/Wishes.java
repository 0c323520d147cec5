package io.luyun.server.world;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.DriveRequest;
import io.luyun.proto.v1.RequestStatus;
import io.luyun.proto.v1.Vir;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who asks to change lanes, by vehicle and number of the request, in the order in which they came. Allocates. */
final class Wishes {
    private static final LaneChangeWish[] NONE = {};
    private static final long LIFE_STEP_NS = 10_000_000L;
    /** How long a request holds that does not say. */
    private static final long DEFAULT_NS = 2_000_000_000L;

    private final int max;
    private final Map<Key, LaneChangeWish> open = new LinkedHashMap<>();
    private LaneChangeWish[] all = NONE;

    private record Key(long bsmId, int request) {}

    Wishes(final int max) {
        this.max = max;
    }

    /** Takes one in; false when there are too many. */
    boolean onVir(final long receivedAtNs, final Vir vir) {
        final long id = asLong(vir.getId());
        boolean room = true;
        for (final DriveRequest request : vir.getIntAndReq().getReqsList()) {
            if (!request.hasLaneChange()) {
                continue;
            }
            final Key key = new Key(id, request.getReqId());
            final RequestStatus status = request.getStatus();
            if (status == RequestStatus.REQUEST_STATUS_CANCEL || status == RequestStatus.REQUEST_STATUS_COMPLETE) {
                open.remove(key);
            } else if (open.size() < max || open.containsKey(key)) {
                final long lifeNs = request.hasLifeTime() ? request.getLifeTime() * LIFE_STEP_NS : DEFAULT_NS;
                final boolean named = request.hasTargetVeh();
                open.put(
                        key,
                        new LaneChangeWish(
                                id,
                                request.getLaneChange(),
                                named,
                                named ? asLong(request.getTargetVeh()) : 0,
                                receivedAtNs + lifeNs));
            } else {
                room = false;
            }
        }
        settle();
        return room;
    }

    void onTick(final long nowNs) {
        if (!open.isEmpty() && open.values().removeIf(wish -> !wish.holdsAt(nowNs))) {
            settle();
        }
    }

    /** Those there are; some may be over. Not to be changed. */
    LaneChangeWish[] all() {
        return all;
    }

    private void settle() {
        all = open.values().toArray(NONE);
    }

    private static long asLong(final ByteString id) {
        return id.asReadOnlyByteBuffer().getLong();
    }
}
