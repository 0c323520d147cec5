/**
 * What measurements with several processes have in common.
 *
 * <pre>
 *   command ── Child ──▶ server, generator        ProcessCpu ──▶ /proc/PID/stat     LiveHeap ──▶ jcmd     turns ──▶ Spread
 * Wires ──▶ one event loop, and what is connected on it
 * </pre>
 */
@NullMarked
package io.luyun.benchmarks.rig;

import org.jspecify.annotations.NullMarked;
