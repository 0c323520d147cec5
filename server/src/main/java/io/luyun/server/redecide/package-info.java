/**
 * Alerts decided anew from a journal, and what is different to the recorded ones. Changes nothing but what it is told to write.
 *
 * <pre>
 *                 Beginning: where the state begins to be built up
 *                     │
 *   journal ──┬──▶ Part 1: a core with some of the rules ──┐
 *             ├──▶ Part 2: a core with the others ─────────┼──▶ Decided: steps in the order of one core ──┬──▶ AlertFile (--out)
 *             └──▶ …  each on a thread of its own          ┘                                              ▼
 *   alert journal ───────────────────────────────────────────▶ RecordedAlerts ────────────────────▶ Comparison ──▶ Difference
 *                                                                                                         └──▶ KindCount
 * </pre>
 *
 * <pre>{@code
 * CoreConfig config = new CoreConfig(ZoneMap.load(zoneFile), WorldConfig.DEFAULT, SiteConfig.DEFAULT, AlertConfig.DEFAULT);
 * Task task = Task.of(
 *         Journal.openReadOnly(Path.of("data/journal")), Journal.openReadOnly(Path.of("data/alerts")), config, zoneSha256);
 * Result result = Redecision.of(task, difference -> System.out.println(difference));
 * }</pre>
 *
 * Which alert of one side is which of the other: kind, subject, target, event, node and what else tells cases apart are the same,
 * and they were raised at most a window apart or stood at the same time. Among several the nearest raise counts, as far as it is
 * known two windows after the raise. Memory holds what stands and what was raised or cleared within two windows.
 */
@NullMarked
package io.luyun.server.redecide;

import org.jspecify.annotations.NullMarked;
