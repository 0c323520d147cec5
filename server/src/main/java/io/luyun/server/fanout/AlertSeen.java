package io.luyun.server.fanout;

import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.AlertAcknowledgementDelivery;

/** An operator has acknowledged an alert. Immutable. */
final class AlertSeen implements AlertNews {
    private final AlertAcknowledgementDelivery delivery;

    AlertSeen(final AlertAcknowledgement acknowledgement, final String deviceId, final long atNs) {
        delivery = AlertAcknowledgementDelivery.newBuilder()
                .setAcknowledgement(acknowledgement)
                .setDeviceId(deviceId)
                .setAtNs(atNs)
                .build();
    }

    long alertId() {
        return delivery.getAcknowledgement().getAlertId();
    }

    /** As it goes to receivers whose subscriptions of these numbers were shown the alert. */
    byte[] bytes(final int[] subscriptionIds, final int count) {
        final AlertAcknowledgementDelivery.Builder told = delivery.toBuilder();
        for (int i = 0; i < count; i++) {
            told.addSubscriptionIds(subscriptionIds[i]);
        }
        return told.build().toByteArray();
    }
}
