/**
 * What devices say over MQTT: sessions that outlive connections, the topics of the families in use, payloads of every
 * form. An endpoint, not a broker: what is published goes into the journal, what a device may subscribe to is what the
 * server has for it. Knows no sockets.
 *
 * <pre>
 *   PUBLISH ─▶ MqttSession ─ TopicTable ─▶ PayloadReader ─▶ canonical messages ─▶ Session.take ══▶ journal
 *   PUBACK  ◀─ PendingAcks ◀───────────────────────────────── acknowledge(number) ◀──────────────────┘
 *   PUBLISH ◀─ Outbox ◀─ Downlink ◀─ alerts of the core, messages and requests of the operator
 * </pre>
 */
@NullMarked
package io.luyun.server.mqtt;

import org.jspecify.annotations.NullMarked;
