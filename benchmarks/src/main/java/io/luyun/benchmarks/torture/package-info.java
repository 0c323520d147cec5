/**
 * Faults on purpose, against the real server process, and the books that are kept outside of it.
 *
 * <pre>
 *   fault ── starts, kills, starves ──▶ Subject (a server process)
 *             Convoy ── Vehicle × n ──▶ its socket            what was acknowledged ──▶ Ledger
 *             Books  ◀── its journal, read when the fault is over      ──▶ Account: lost, twice, out of order, altered
 * </pre>
 *
 * The faults themselves live in rooms below, which know this package and not each other; {@code TortureCommand} lists the rooms.
 */
@NullMarked
package io.luyun.benchmarks.torture;

import org.jspecify.annotations.NullMarked;
