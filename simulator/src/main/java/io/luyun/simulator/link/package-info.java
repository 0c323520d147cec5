/** Clients of the server, one for each protocol. */
@NullMarked
package io.luyun.simulator.link;

import org.jspecify.annotations.NullMarked;
