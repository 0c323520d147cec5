package io.luyun.server.world;

import io.luyun.proto.v1.DriveRequest;
import io.luyun.proto.v1.RequestStatus;
import io.luyun.proto.v1.Vir;
import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Which vehicles wish for green, by temporary id. Owned by {@link World}. Taking one in allocates; looking up does not. */
final class PriorityRequests {
    private static final PriorityRequest[] NONE = {};
    /** How long a request holds that does not say. */
    private static final long DEFAULT_NS = 2_000_000_000L;

    private final int max;
    private final Long2ObjectHashMap<PriorityRequest[]> ofVehicle = new Long2ObjectHashMap<>();
    private int count;

    PriorityRequests(final int max) {
        this.max = max;
    }

    /** Takes one in; false when there are too many. */
    boolean onVir(final long sequence, final long receivedAtNs, final int device, final Vir vir) {
        final long bsmId = PriorityRequest.asLong(vir.getId());
        final long saidNs = vir.hasSecMark() ? MessageTime.ofSecMark(vir.getSecMark(), receivedAtNs) : receivedAtNs;
        boolean room = true;
        for (final DriveRequest request : vir.getIntAndReq().getReqsList()) {
            if (!request.hasSignalPriority()) {
                continue;
            }
            final RequestStatus status = request.getStatus();
            if (status == RequestStatus.REQUEST_STATUS_CANCEL || status == RequestStatus.REQUEST_STATUS_COMPLETE) {
                remove(bsmId, request.getReqId());
                continue;
            }
            final PriorityRequest open = open(bsmId, request.getReqId());
            if (open == null) {
                room = false;
            } else {
                // a clock that leads makes it hold no longer
                open.take(sequence, Math.min(saidNs, receivedAtNs), device, request, DEFAULT_NS);
            }
        }
        return room;
    }

    private @Nullable PriorityRequest open(final long bsmId, final int requestId) {
        final PriorityRequest[] before = ofVehicle.getOrDefault(bsmId, NONE);
        for (final PriorityRequest known : before) {
            if (known.requestId == requestId) {
                return known;
            }
        }
        if (count >= max) {
            return null;
        }
        final PriorityRequest[] all = Arrays.copyOf(before, before.length + 1);
        all[before.length] = new PriorityRequest(bsmId, requestId);
        ofVehicle.put(bsmId, all);
        count++;
        return all[before.length];
    }

    private void remove(final long bsmId, final int requestId) {
        final PriorityRequest[] before = ofVehicle.getOrDefault(bsmId, NONE);
        final PriorityRequest[] rest = Arrays.stream(before)
                .filter(each -> each.requestId != requestId)
                .toArray(PriorityRequest[]::new);
        count -= before.length - rest.length;
        if (rest.length == 0) {
            ofVehicle.remove(bsmId);
        } else {
            ofVehicle.put(bsmId, rest);
        }
    }

    void onTick(final long nowNs) {
        if (ofVehicle.isEmpty()) {
            return;
        }
        ofVehicle.values().removeIf(all -> {
            for (final PriorityRequest each : all) {
                if (each.holdsAt(nowNs)) {
                    return false;
                }
            }
            count -= all.length;
            return true;
        });
    }

    /** Those of a vehicle; some may be over. Not to be changed. */
    PriorityRequest[] of(final Participant p) {
        if (!p.hasBsmId) {
            return NONE;
        }
        final PriorityRequest[] all = ofVehicle.get(p.bsmId);
        return all == null ? NONE : all;
    }
}
