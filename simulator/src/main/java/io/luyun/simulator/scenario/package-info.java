/** Named situations and what is expected of the server in them. */
@NullMarked
package io.luyun.simulator.scenario;

import org.jspecify.annotations.NullMarked;
