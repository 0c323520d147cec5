/**
 * The network edge, the only importer of Netty's channels: listeners, framing, back-pressure, TLS.
 *
 * <pre>
 *           read burst                frame, in place              good record
 *  socket ─────────────▶ DeviceChannel ────────────▶ Session ─────────────────────▶ Line ══▶ journal
 *         ◀─────────────   FrameCutter ◀──────────── answers                                    │
 *           one flush          ▲                        ▲        onAppended, onSynced           │
 *           per burst          └────── NetLoop ─────────┴───────────────────────────────────────┘
 *                                                       one event loop's connections, its line in shared mode
 * </pre>
 *
 * Of connections that come at the same time so many begin at once; the others wait in the {@code Entrance}.
 *
 * <p>In shared mode the one event loop runs the line at the end of each burst; in dedicated mode the line's thread tells
 * the loops through an {@code AppendedQueue} each. An intake that is full stops the reading of the connection that found
 * it so; a peer that takes nothing is not read either, and is closed after a while.
 */
@NullMarked
package io.luyun.server.net;

import org.jspecify.annotations.NullMarked;
