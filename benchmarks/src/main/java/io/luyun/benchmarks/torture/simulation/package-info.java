/**
 * The line on a machine that is made up: the real sessions, journal and core on a disk, a network, a time and a scheduler that a
 * seed decides on. One thread; the same seed does the same.
 *
 * <pre>
 *                 seed ─▶ Simulation ─▶ who runs next, what fails when
 *                             │
 *   SimulatedDevice ◀─ Wire ─▶│ Life: ServerLine with the real net, session, journal, core
 *      │ DeviceLedger         │   └─ SimulatedDisk (what survives), SimulatedTime (clocks)
 *      ▼                      ▼
 *   what was promised ─▶ Examination ◀─ JournalContent, what is there; alerts as decided and as replayed
 * </pre>
 */
@NullMarked
package io.luyun.benchmarks.torture.simulation;

import org.jspecify.annotations.NullMarked;
