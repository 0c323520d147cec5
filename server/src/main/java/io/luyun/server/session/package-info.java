/**
 * Who is talking: identity, rights, numbering, clock offset. Knows neither sockets nor the journal.
 *
 * <pre>
 *                 hello good:                record safe:
 *                 SESSION_OPENED offered     Welcome sent                 Bye
 *  AWAITS_HELLO ─────────────────▶ OPENING ───────────────▶ OPEN ─────────────────────▶ LEAVING
 *       │                             │                      │ refusals that close,        │ everything
 *       │ anything else               │ time-out             │ take-over, revocation,      │ acknowledged
 *       ▼                             ▼                      ▼ idle, end of connection     ▼
 *     ENDED ◀──────────────────────────────────────────────────────────────────────────────┘
 * </pre>
 *
 * {@code Session} is what every device's session is, whatever its language; {@code FrameSession} speaks the server's own.
 */
@NullMarked
package io.luyun.server.session;

import org.jspecify.annotations.NullMarked;
