/** Schedules, latencies from the intended send time, and missed rates. */
@NullMarked
package io.luyun.simulator.measure;

import org.jspecify.annotations.NullMarked;
