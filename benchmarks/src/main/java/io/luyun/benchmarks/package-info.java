/** One JMH class for each stage of the line, and the whole line. */
@NullMarked
package io.luyun.benchmarks;

import org.jspecify.annotations.NullMarked;
