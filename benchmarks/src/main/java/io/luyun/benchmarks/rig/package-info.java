/**
 * What measurements with several processes have in common.
 *
 * <pre>
 *   command ── Child ──▶ server, generator        ProcessCpu ──▶ /proc/PID/stat        turns ──▶ Spread
 * </pre>
 */
@NullMarked
package io.luyun.benchmarks.rig;

import org.jspecify.annotations.NullMarked;
