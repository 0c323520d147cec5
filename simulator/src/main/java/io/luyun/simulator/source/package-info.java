/**
 * Scripts whose traffic comes from elsewhere: files of floating car data, SUMO itself, journals.
 *
 * <pre>
 *   FCD file ─┐
 *             ├─▶ FcdInput ─▶ FcdWindow (two time steps) ─▶ RoadUser, a moment of each ─▶ FcdScript ─▶ BSM, PSM
 *   SUMO ─────┘                                             Slots: whose device is whose
 *
 *   journal ─▶ JournalCast (who is in it) ─▶ JournalTape, one a copy ─▶ JournalScript ─▶ the recorded messages, moved
 * </pre>
 *
 * A script belongs to the thread that writes its steps, which also reads the files. The same file, options and steps give the same
 * messages.
 */
@NullMarked
package io.luyun.simulator.source;

import org.jspecify.annotations.NullMarked;
