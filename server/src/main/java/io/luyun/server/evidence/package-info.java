/**
 * What happened around an incident, frozen: a window of time and place out of the journals, sealed so that nobody can change or lose any
 * of it unnoticed.
 *
 * <pre>
 *   alerts' journal ─▶ AlertTriggers ─┐
 *   test vehicles ────────────────────┼▶ IncidentDesk ─▶ PendingIncidents (a file and a hold each)
 *   somebody, by hand ────────────────┘                        │ window over, all of it SYNCED
 *                                                              ▼
 *   both journals ─▶ WindowFiles ─▶ DerivedFiles ─▶ Sealer ─▶ PackageStore ─▶ Chain
 *                    raw frames     lines, MCAP,    manifest  packages/ID     each names the one before
 *                                   maps, summary                ▲
 *                                                                └─ PackageCheck
 * </pre>
 *
 * All of it reads the journals as another process would; the line knows nothing of it.
 */
@NullMarked
package io.luyun.server.evidence;

import org.jspecify.annotations.NullMarked;
