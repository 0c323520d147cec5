/** Traffic, load and measurement against any server. */
@NullMarked
package io.luyun.simulator;

import org.jspecify.annotations.NullMarked;
