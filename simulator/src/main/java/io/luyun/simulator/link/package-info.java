/**
 * Clients of the server: the native one, drawn here, and one that publishes over MQTT.
 *
 * <pre>
 *   offer(kind, bytes, intended) ─▶ Outstanding ─▶ pump() ─▶ socket
 *                                    │   ▲   ▲
 *              released by Ack  ─────┘   │   └── Error: refused, not sent again
 *                                        └────── reconnected: sent again from Welcome.last_number + 1
 * </pre>
 *
 * A client lives on one Netty event loop, which is its only thread; thousands share a loop. A frame is encoded once,
 * into a pooled buffer that stays with the client until the server has answered for it.
 */
@NullMarked
package io.luyun.simulator.link;

import org.jspecify.annotations.NullMarked;
