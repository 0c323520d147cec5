package io.luyun.server.mqtt;

import com.google.protobuf.CodedInputStream;
import io.luyun.proto.v1.Area;
import io.luyun.proto.v1.Circle;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.Ssm;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.SubscriptionChanged;
import io.luyun.proto.v1.Topic;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts of its surroundings, and which crossings and bus stops, a device is told: those in the area the registry gives it; a roadside unit without one,
 * those around the place it has told last, and everywhere until it has told one; others, everywhere. Owned by its session.
 */
final class AlertWatch {
    private static final int SUBSCRIPTION = 1;
    private static final int CM = 100;
    /** Shortest time between two states of the road. Alerts do not wait for it. */
    private static final int UPDATE_MILLIS = 500;

    private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(10);
    /** A unit that is further than this part of its radius from where it was has moved. */
    private static final double MOVED = 0.1;

    private static final double METRES_PER_DEGREE = 111_320;
    private static final double E7 = 1e7;

    private final Owner owner;
    private final SessionState state;
    private final int radiusMetres;
    private final Set<Topic> topics = EnumSet.noneOf(Topic.class);
    private boolean stands;
    private @Nullable Position around;
    private long nextLookNs;

    AlertWatch(final Owner owner, final SessionState state, final int radiusMetres) {
        this.owner = owner;
        this.state = state;
        this.radiusMetres = radiusMetres;
        around = state.unit(null).place();
    }

    /** The device has subscribed to what the core has under a topic. */
    void want(final Topic topic) {
        if (topics.add(topic)) {
            stands = false;
        }
    }

    /** Tells the core what is not told yet; false when it has to be tried again. */
    boolean settle(final long nowNs) {
        if (!topics.isEmpty() && !stands) {
            final Subscribe.Builder wish = Subscribe.newBuilder()
                    .setSubscriptionId(SUBSCRIPTION)
                    .addAllTopics(topics)
                    .setIntervalMs(UPDATE_MILLIS);
            final Area area = area();
            if (area != null) {
                wish.setArea(area);
            }
            final byte[] record = SubscriptionChanged.newBuilder()
                    .setSessionId(owner.id())
                    .setSubscribe(wish)
                    .build()
                    .toByteArray();
            stands = owner.record(RecordKind.RECORD_KIND_SUBSCRIPTION_CHANGED_VALUE, record, nowNs);
        }
        return topics.isEmpty() || stands;
    }

    /** Looks now and then where the unit is. */
    void onMessage(final int kind, final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        settle(nowNs);
        if (nowNs < nextLookNs || owner.role() != Role.ROLE_RSU) {
            return;
        }
        final Position place = placeIn(kind, buffer, offset, length);
        if (place == null) {
            return;
        }
        nextLookNs = nowNs + LOOK_NS;
        final Position before = around;
        if (before == null || metres(before, place) > MOVED * radiusMetres) {
            around = place;
            state.onPlace(place);
            stands = stands && (owner.area() != null || radiusMetres == 0);
        }
        settle(nowNs);
    }

    private @Nullable Area area() {
        final Area granted = owner.area();
        if (granted != null || owner.role() != Role.ROLE_RSU || around == null || radiusMetres == 0) {
            return granted;
        }
        return Area.newBuilder()
                .setCircle(Circle.newBuilder().setCenter(around).setRadiusCm(radiusMetres * CM))
                .build();
    }

    private static @Nullable Position placeIn(
            final int kind, final DirectBuffer buffer, final int offset, final int length) {
        if (kind != MessageKind.MESSAGE_KIND_RSM_VALUE
                && kind != MessageKind.MESSAGE_KIND_RSI_VALUE
                && kind != MessageKind.MESSAGE_KIND_SSM_VALUE) {
            return null;
        }
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        final CodedInputStream in = CodedInputStream.newInstance(bytes);
        try {
            return switch (kind) {
                case MessageKind.MESSAGE_KIND_RSM_VALUE -> Rsm.parseFrom(in).getRefPos();
                case MessageKind.MESSAGE_KIND_RSI_VALUE -> Rsi.parseFrom(in).getRefPos();
                default -> Ssm.parseFrom(in).getSensorPos();
            };
        } catch (final IOException e) {
            throw new IllegalStateException("a message that has been checked", e);
        }
    }

    private static double metres(final Position a, final Position b) {
        final double north = (a.getLat() - b.getLat()) / E7 * METRES_PER_DEGREE;
        final double east =
                (a.getLon() - (double) b.getLon()) / E7 * METRES_PER_DEGREE * Math.cos(Math.toRadians(a.getLat() / E7));
        return Math.hypot(north, east);
    }
}
