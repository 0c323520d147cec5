/** Simulated road traffic; pure and seeded. */
@NullMarked
package io.luyun.simulator.traffic;

import org.jspecify.annotations.NullMarked;
