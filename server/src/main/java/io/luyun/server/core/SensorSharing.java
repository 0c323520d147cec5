package io.luyun.server.core;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.DriveRequest;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.RequestStatus;
import io.luyun.proto.v1.Vir;
import io.luyun.server.fanout.FanOut;
import io.luyun.server.fanout.SharingConfig;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.world.Participant;
import io.luyun.server.world.World;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * SDS: whoever asks to be told what others perceive (VIR, {@code sensor_sharing}) gets an SSM with what they see on the stretches
 * it names, again and again until the request ends. Told are road users that roadside units or other vehicles see and that do
 * not report themselves, and obstacles, within the reach of the asker; who reports itself is heard without the server.
 * Answers are no records: a replay sends none. Core's thread; allocates for requests and answers alone.
 */
final class SensorSharing {
    private static final long LIFE_STEP_NS = 10_000_000L;
    /** How long a request holds that does not say. */
    private static final long DEFAULT_NS = 2_000_000_000L;

    private static final long NANOS_A_MILLI = 1_000_000L;

    private final World world;
    private final FanOut fanOut;
    private final SharingConfig config;
    private final Counters counters;
    private final Map<Key, Request> open = new LinkedHashMap<>();

    private record Key(int device, int number) {}

    private static final class Request {
        final int device;
        final long bsmId;
        final SharedStretches stretches;
        final long endNs;
        double x;
        double y;
        int count;
        long nextNs;

        Request(
                final int device,
                final long bsmId,
                final SharedStretches stretches,
                final double x,
                final double y,
                final long endNs) {
            this.device = device;
            this.bsmId = bsmId;
            this.stretches = stretches;
            this.x = x;
            this.y = y;
            this.endNs = endNs;
        }
    }

    SensorSharing(final World world, final FanOut fanOut, final Counters counters) {
        this.world = world;
        this.fanOut = fanOut;
        this.counters = counters;
        config = fanOut.sharing();
    }

    void clear() {
        open.clear();
    }

    /** Takes the requests of a VIR; false when there are too many. */
    boolean onVir(final long receivedAtNs, final int device, final Vir vir) {
        boolean room = true;
        for (final DriveRequest request : vir.getIntAndReq().getReqsList()) {
            if (config.enabled() && request.hasSensorSharing()) {
                room &= take(receivedAtNs, device, vir, request);
            }
        }
        return room;
    }

    private boolean take(final long receivedAtNs, final int device, final Vir vir, final DriveRequest request) {
        final Key key = new Key(device, request.getReqId());
        final Request before = open.get(key);
        if (request.getStatus() == RequestStatus.REQUEST_STATUS_CANCEL
                || request.getStatus() == RequestStatus.REQUEST_STATUS_COMPLETE) {
            open.remove(key);
            return true;
        }
        if (before == null && open.size() >= config.maxRequests()) {
            return false;
        }
        final long lifeNs = request.hasLifeTime() ? request.getLifeTime() * LIFE_STEP_NS : DEFAULT_NS;
        final Request now = new Request(
                device,
                asLong(vir.getId()),
                new SharedStretches(world.zone().plane(), request.getSensorSharing()),
                world.zone().plane().x(vir.getRefPos().getLon()),
                world.zone().plane().y(vir.getRefPos().getLat()),
                receivedAtNs + lifeNs);
        if (before != null) {
            now.count = before.count;
            now.nextNs = before.nextNs;
        }
        open.put(key, now);
        return true;
    }

    /** Answers what is due. */
    void onTick(final long nowNs) {
        if (open.isEmpty()) {
            return;
        }
        open.values().removeIf(request -> nowNs >= request.endNs);
        for (final Request request : open.values()) {
            if (nowNs >= request.nextNs) {
                request.nextNs = nowNs + config.periodMillis() * NANOS_A_MILLI;
                answer(request, nowNs);
            }
        }
    }

    private void answer(final Request request, final long nowNs) {
        final Participant asker = world.byBsmId(request.bsmId);
        if (asker != null) {
            request.x = asker.x();
            request.y = asker.y();
        }
        final SharedSsm ssm = new SharedSsm(world.zone().plane(), request.count++, nowNs, request.x, request.y);
        request.stretches.forEach(world, p -> {
            if (p.device() < 0 && p != asker && isNear(p, request)) {
                ssm.add(p);
            }
        });
        final boolean sent = fanOut.toDevice(
                request.device, Message.newBuilder().setSsm(ssm.build()).build());
        counters.increment(sent ? Counter.SHARES_SENT : Counter.SHARES_SKIPPED);
    }

    private boolean isNear(final Participant p, final Request request) {
        final double dx = p.x() - request.x;
        final double dy = p.y() - request.y;
        return dx * dx + dy * dy <= (double) config.reachMetres() * config.reachMetres();
    }

    private static long asLong(final ByteString id) {
        return id.asReadOnlyByteBuffer().getLong();
    }
}
