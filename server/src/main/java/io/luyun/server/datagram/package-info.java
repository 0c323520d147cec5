/**
 * What comes in datagrams: whose they are, the frames in them, what was lost on the way. Knows no sockets and never
 * answers. Nothing but the address a datagram comes from says who sent it, so nothing a datagram says or does wrong may
 * cost a device more than that datagram.
 *
 * <pre>
 *   datagram ─▶ DatagramDesk ─ UdpRules ─▶ DatagramSession ─▶ envelope ─▶ UPER frames ─▶ Session.take ══▶ journal
 *                    │ nobody's:                  │ each refusal:                │
 *                    ▼ counted, dropped           ▼ counted, dropped             └─▶ MessageGaps: lost, late, repeated
 * </pre>
 */
@NullMarked
package io.luyun.server.datagram;

import org.jspecify.annotations.NullMarked;
