/**
 * More devices than a machine is used to: those that do not read what they have asked for, those that are there all at once, those
 * that all come back at once.
 *
 * <pre>
 *   Crowd ── Member, each with its ledger ──▶ ┌────────┐ ──▶ Audience ── Watcher, each counts what it was told
 *   Scout: drives too fast, and not ────────▶ │ server │ ──▶ Laggards: read everything, or a byte a second, or nothing
 *                                             └────────┘
 *   Sides: times without and with a fault, measured in turns, and what may be said of a limit between them
 * </pre>
 */
@NullMarked
package io.luyun.benchmarks.torture.crowd;

import org.jspecify.annotations.NullMarked;
