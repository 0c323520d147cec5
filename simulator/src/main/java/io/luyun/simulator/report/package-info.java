/** What a run says at its end, for people and for programs. */
@NullMarked
package io.luyun.simulator.report;

import org.jspecify.annotations.NullMarked;
