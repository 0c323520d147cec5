package io.luyun.server.session;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.AlertAcknowledged;
import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.SubscriptionChanged;
import io.luyun.proto.v1.Unsubscribe;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a device asks for besides having its messages taken: subscriptions and acknowledgements of alerts. Turns each
 * request into the record that tells the core. Owned by one session.
 */
final class Requests {
    private final int maxSubscriptions;
    private final Set<Integer> subscriptions = new HashSet<>();
    private byte @Nullable [] record;
    private int recordKind;
    private int subscribing;
    private int unsubscribing;

    Requests(final int maxSubscriptions) {
        this.maxSubscriptions = maxSubscriptions;
    }

    /** Why the request is refused; null when it is good, and {@link #record} then holds what the line is to take. */
    @Nullable
    Refusal onRequest(
            final int body, final byte[] bytes, final long sessionId, final DeviceEntry entry, final Refusal refusal) {
        record = null;
        subscribing = 0;
        unsubscribing = 0;
        try {
            return switch (body) {
                case DeviceFrame.SUBSCRIBE_FIELD_NUMBER ->
                    onSubscribe(Subscribe.parseFrom(bytes), sessionId, entry, refusal);
                case DeviceFrame.UNSUBSCRIBE_FIELD_NUMBER -> onUnsubscribe(Unsubscribe.parseFrom(bytes), sessionId);
                default -> onAlertAcknowledgement(AlertAcknowledgement.parseFrom(bytes), sessionId, entry, refusal);
            };
        } catch (final InvalidProtocolBufferException e) {
            return refusal.set(ErrorCode.ERROR_CODE_MALFORMED, "frame", "", String.valueOf(e.getMessage()));
        }
    }

    /** Payload of the record the last request became; null when nothing needs to be told. */
    byte @Nullable [] record() {
        return record;
    }

    int recordKind() {
        return recordKind;
    }

    /** The line has taken the record. */
    void onTaken() {
        if (subscribing != 0) {
            subscriptions.add(subscribing);
        }
        subscriptions.remove(unsubscribing);
    }

    private @Nullable Refusal onSubscribe(
            final Subscribe subscribe, final long sessionId, final DeviceEntry entry, final Refusal refusal) {
        final int number = subscribe.getSubscriptionId();
        if (!entry.subscribes()) {
            return refusal.set(
                    ErrorCode.ERROR_CODE_NOT_ALLOWED, "subscribe", "", "must be allowed by the role or the registry");
        }
        if (!subscriptions.contains(number) && subscriptions.size() >= maxSubscriptions) {
            return refusal.set(
                    ErrorCode.ERROR_CODE_LIMIT,
                    "subscribe.subscription_id",
                    Integer.toString(number),
                    "at most " + maxSubscriptions + " subscriptions at once");
        }
        subscribing = number;
        recordKind = RecordKind.RECORD_KIND_SUBSCRIPTION_CHANGED_VALUE;
        record = SubscriptionChanged.newBuilder()
                .setSessionId(sessionId)
                .setSubscribe(subscribe)
                .build()
                .toByteArray();
        return null;
    }

    private @Nullable Refusal onUnsubscribe(final Unsubscribe unsubscribe, final long sessionId) {
        if (subscriptions.contains(unsubscribe.getSubscriptionId())) {
            unsubscribing = unsubscribe.getSubscriptionId();
            recordKind = RecordKind.RECORD_KIND_SUBSCRIPTION_CHANGED_VALUE;
            record = SubscriptionChanged.newBuilder()
                    .setSessionId(sessionId)
                    .setUnsubscribe(unsubscribe)
                    .build()
                    .toByteArray();
        }
        return null;
    }

    private @Nullable Refusal onAlertAcknowledgement(
            final AlertAcknowledgement acknowledgement,
            final long sessionId,
            final DeviceEntry entry,
            final Refusal refusal) {
        if (!entry.acknowledgesAlerts()) {
            return refusal.set(
                    ErrorCode.ERROR_CODE_NOT_ALLOWED, "alert_acknowledgement", "", "must come from an operator");
        }
        recordKind = RecordKind.RECORD_KIND_ALERT_ACKNOWLEDGED_VALUE;
        record = AlertAcknowledged.newBuilder()
                .setSessionId(sessionId)
                .setAcknowledgement(acknowledgement)
                .build()
                .toByteArray();
        return null;
    }
}
