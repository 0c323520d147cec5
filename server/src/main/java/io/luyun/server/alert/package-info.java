/** Rules over the world, and the life cycle of the alerts they raise. */
@NullMarked
package io.luyun.server.alert;

import org.jspecify.annotations.NullMarked;
