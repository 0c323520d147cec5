/**
 * Clients of the server. {@link io.luyun.simulator.link.Uplink} is what carries one device's messages: the native protocol, drawn here, MQTT, or
 * datagrams; {@link io.luyun.simulator.link.Intruder} means harm.
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
