/**
 * What it costs a server that browsers watch it, and what that does to the alerts.
 *
 * <pre>
 *   Rounds ─▶ turns of 0, 1 and N browsers ─┬─ Crowd ═ WebSockets, read and thrown away ═▶ server ◀─ LoadRun, a process of its own
 *                                           └─ WatchTurn: TurnResult of the load, Sight of the crowd ─▶ WatchReport
 * </pre>
 *
 * <p>The crowd lives in the process that measures: what it costs to read is neither the server's nor the generator's.
 */
@NullMarked
package io.luyun.benchmarks.browsers;

import org.jspecify.annotations.NullMarked;
