/**
 * The same load on Luyun and on what else one might take, each a process of its own on loopback, in turn.
 *
 * <pre>
 *   Match ─▶ Hosts ─▶ luyun, echo, mosquitto, nats-server, redis-server, Kafka, HiveMQ      Processes: all that was started, and its end
 *     │
 *     └─ each turn: a process of its own ─▶ Turn ─▶ LoadRun ─ report when it is due ─▶ Client ══▶ system
 *                                            │                                          │
 *                                            │                    sent, acknowledged,   ▼
 *                                            │                          delivered ─▶ Account, by second
 *                                            └─▶ Watch ─ each second ─▶ Machine (/proc)      │
 *                                                    └──────────▶ TurnResult: the quiet seconds ─▶ MatchResult ─▶ Report
 * </pre>
 *
 * <p>In a process that generates, one event loop owns client, account and reports; {@code Watch} has a thread of its own.
 */
@NullMarked
package io.luyun.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
