/**
 * Servers whose time of day jumps, by a library that deceives the process alone; the machine's clock stays as it is.
 *
 * <pre>
 *   ClockSteps ── writes an offset ──▶ file ◀── libfaketime below the server
 * </pre>
 */
@NullMarked
package io.luyun.benchmarks.torture.clock;

import org.jspecify.annotations.NullMarked;
