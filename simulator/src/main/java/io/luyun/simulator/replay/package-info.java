/**
 * A journal played again: its messages to a target, at their pace or another.
 *
 * <pre>
 *   journal ─▶ ReadAhead ══▶ Player ─▶ Transmitter ─▶ Target: ServerTarget, MqttTarget, UdpTarget, StreamTarget, LineTarget
 *               │            ▲  │        │  Stamps (Restamp)       │
 *               │       keys ┘  │        └─────────▶ Account ◀─────┘ acknowledgements, refusals
 *               ▼               ▼
 *            Devices         Schedule, PaceMeter
 *            Remap, Roles
 *   ══▶ a bounded queue between the thread that reads and the loop that plays
 * </pre>
 *
 * The player and all behind it live on one loop, which is their only thread: an event loop of Netty where a target is a server, a
 * thread of the JDK otherwise. Times of the journal are nanoseconds since 1970, times of the player those of a clock that only runs.
 */
@NullMarked
package io.luyun.simulator.replay;

import org.jspecify.annotations.NullMarked;
