/**
 * Servers that are killed, at any instant and between any two steps.
 *
 * <pre>
 *   RandomKills   SIGKILL from outside, at instants that mean nothing to the server
 * </pre>
 */
@NullMarked
package io.luyun.benchmarks.torture.kill;

import org.jspecify.annotations.NullMarked;
