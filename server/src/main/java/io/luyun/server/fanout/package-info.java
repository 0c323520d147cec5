/**
 * Subscriptions, outboxes and the delivery policy of each.
 *
 * <pre>
 *   session, subscription records ──▶ FanOut ──▶ Receiver (one a session) ──▶ Subscription (area, topics, kinds, severity)
 *                                       │
 *   alerts, at once ───────────────▶ AlertDesk ──▶ ready: one frame, many sessions ──▶ Outlet
 *                                       │          not ready: bounded queue of the receiver, its policy when full
 *   the road, pulled at a tick ────▶ UpdateDesk ─▶ ready: what changed since the last update of the subscription
 *                                                  not ready: skipped; the next update carries the latest state
 * </pre>
 *
 * Everything here runs on the core's thread. Nothing is encoded while nobody has subscribed to it.
 */
@NullMarked
package io.luyun.server.fanout;

import org.jspecify.annotations.NullMarked;
