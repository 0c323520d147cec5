/**
 * Scripts: what every device of a load sends in each step, whatever carries it.
 *
 * <pre>
 *   Traffic, Roadside ─▶ ZoneScript ─▶ StepFrames (canonical messages, by device)
 *                            ▲
 *                            └── alerts, for those that react to them
 * </pre>
 *
 * Pure: no sockets, no clock but the time a step is given, the same seed the same messages.
 */
@NullMarked
package io.luyun.simulator.script;

import org.jspecify.annotations.NullMarked;
