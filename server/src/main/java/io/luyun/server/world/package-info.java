/** The road and what is on it: zone map, participants, signals, events. */
@NullMarked
package io.luyun.server.world;

import org.jspecify.annotations.NullMarked;
