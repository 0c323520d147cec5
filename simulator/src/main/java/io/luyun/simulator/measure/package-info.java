/**
 * Schedules, latencies from the intended send time, and an account of every message.
 *
 * <pre>
 *   Pacer, Timetable ── due ─▶ client ─▶ server
 *     │ lag            │
 *     ▼                ▼ acked, refused, alerts
 *   Meter (one a loop, its loop the only writer) ── take(), on the loop ─▶ Totals (added up)
 *   AlertBook (one a run, thread safe)
 *
 *   Ledger: every message of the run, and the equations that have to close
 *   HistogramLog: the latencies of each second, for HdrHistogram's tools
 * </pre>
 *
 * The load is an open loop: a message is due at its time whatever the server does, and its latency counts from then. How
 * late the generator itself was is reported beside it as lag.
 */
@NullMarked
package io.luyun.simulator.measure;

import org.jspecify.annotations.NullMarked;
