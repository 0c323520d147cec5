/**
 * The line: journal, world, alerts and fan-out in the order of the journal.
 *
 * <pre>
 *   JournalReader ──▶ CoreAgent ──▶ World ──▶ RoadListener ──▶ AlertEngine ──▶ AlertOutput ──▶ alert journal
 *                        │                         │                               └─────────▶ FanOut ──▶ sockets
 *                        │                         └──▶ RoadView ◀── pulled at a tick ─────────┘
 *                        └── sessions, subscriptions ──────────────────────────────────────────┘
 * </pre>
 *
 * One thread at a time runs all of it. Time is that of the records: nothing here knows whether the journal is being
 * written just now or was written last year.
 */
@NullMarked
package io.luyun.server.core;

import org.jspecify.annotations.NullMarked;
