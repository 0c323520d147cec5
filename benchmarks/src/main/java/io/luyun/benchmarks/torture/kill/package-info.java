/**
 * Servers that are killed, at any instant and between any two steps; and servers that are broken on purpose.
 *
 * <pre>
 *   RandomKills     SIGKILL from outside, at instants that mean nothing to the server
 *   PointKills ──┬▶ Ground: a journal, its vehicles, one kill after the other
 *                ├▶ RetentionKills: the same for journal retain
 *                ├▶ Held: a thread stops for good; what is acknowledged then?
 *                └▶ Forced: what has the kernel not written of what was acknowledged?
 *
 *   FaultAgent ── -javaagent ──▶ Weaver ── Edit: Point, Tamper ──▶ the server's classes ──▶ Passages.pass()
 * </pre>
 */
@NullMarked
package io.luyun.benchmarks.torture.kill;

import org.jspecify.annotations.NullMarked;
