/**
 * The line: journal, world, sites, alerts and fan-out in the order of the journal.
 *
 * <pre>
 *   JournalReader ──▶ CoreAgent ──▶ World ──▶ RoadListener ──▶ AlertEngine ──▶ AlertOutput ──▶ alert journal
 *                        │                         │                               └─────────▶ FanOut ──▶ sockets
 *                        │                         └──▶ RoadView ◀── pulled at a tick ─────────┘
 *                        ├── ticks ─▶ Sites ─────▶ (RoadView)                                   │
 *                        ├── VIR, ticks ─▶ SensorSharing ─▶ SSM to the asker ──────────────────┤
 *                        └── sessions, subscriptions ──────────────────────────────────────────┘
 * </pre>
 *
 * One thread at a time runs all of it. Time is that of the records: nothing here knows whether the journal is being
 * written just now or was written last year.
 */
@NullMarked
package io.luyun.server.core;

import org.jspecify.annotations.NullMarked;
