/** Counters, histograms and the error log; depends on nothing. */
@NullMarked
package io.luyun.server.monitor;

import org.jspecify.annotations.NullMarked;
