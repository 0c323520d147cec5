/**
 * The line: journal, world, sites, alerts and fan-out in the order of the journal.
 *
 * <pre>
 *   JournalReader ──▶ CoreAgent ──▶ World ──▶ RoadListener ──▶ AlertEngine ──▶ Audience
 *                        │                         └───────────────────────────────▲
 *                        ├── ticks ─▶ Sites                                        │
 *                        └── MAP, VIR, ticks, sessions, subscriptions ─────────────┘
 *
 *   the audience of a live server:
 *   Subscribers ──▶ AlertOutput ──▶ alert journal
 *        ├───────────────▼
 *        ├──────────▶ FanOut ──▶ sockets
 *        │               └── at a tick ──▶ RoadView
 *        └──────────▶ SensorSharing ──▶ SSM to the asker
 * </pre>
 *
 * One thread at a time runs all of it. Time is that of the records: nothing here knows whether the journal is being
 * written just now or was written last year.
 */
@NullMarked
package io.luyun.server.core;

import org.jspecify.annotations.NullMarked;
