/** The line: journal, world, alerts and fan-out in the order of the journal. */
@NullMarked
package io.luyun.server.core;

import org.jspecify.annotations.NullMarked;
