/**
 * Networks that do harm, peers that do harm, and more of both than there is room for.
 *
 * <pre>
 *   Commuters ──▶ TcpRelay ──▶ server      Weather says what the relay does: delay, cut, vanish, hold, squeeze
 *   datagrams ──▶ UdpRelay ──▶ server      what it drops, doubles and swaps is known, and held against the server's counters
 *   Pests     ───────────────▶ server      half handshakes, drips, garbage, floods of connections
 *   Face      ◀─────────────── its HTTP    readiness and counters
 * </pre>
 */
@NullMarked
package io.luyun.benchmarks.torture.net;

import org.jspecify.annotations.NullMarked;
