/**
 * More than a server can take, and all it can take for long.
 *
 * <pre>
 *   Overload   Column ── Sender × n, by schedule or as fast as answers come ──▶ server on a core of its own
 *              Audience, who must hear of alerts all the same                  OverloadAccount judges
 *   Soak       Crowd, paced ──▶ TcpRelay, in bad weather now and then ──▶ server, killed now and then
 *              Laggards, who stop to read now and then ─────────────────▶    Lives, Trend and SoakAccount judge
 * </pre>
 *
 * It puts together what the rooms {@code crowd} and {@code net} have; no other room knows it.
 */
@NullMarked
package io.luyun.benchmarks.torture.load;

import org.jspecify.annotations.NullMarked;
