package io.luyun.server.mqtt;

import io.luyun.server.payment.PaymentPost;

/**
 * What the MQTT sessions of one loop share.
 *
 * @param states of all loops
 * @param topics of all loops
 * @param reader of this loop
 * @param downlink of this loop
 * @param requests of all loops
 * @param payments of all loops
 * @param stats of all loops
 */
public record MqttShared(
        MqttConfig config,
        SessionStates states,
        TopicTable topics,
        PayloadReader reader,
        Downlink downlink,
        DownRequests requests,
        PaymentPost payments,
        MqttStats stats) {}
