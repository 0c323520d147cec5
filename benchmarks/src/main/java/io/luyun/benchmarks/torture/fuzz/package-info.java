/**
 * Every decoder of the server, fed with inputs that are nearly right.
 *
 * <pre>
 *   Seeds ─▶ Mutator ─▶ Target: a decoder, or a connection without its socket ─▶ FuzzResult
 *            seeded     ready() · accept(bytes)                                   inputs/s, uncaught, slowest, largest, leaks
 *                               ▲
 *   FuzzEntry ──────────────────┘  the same targets for Jazzer, which is guided by what an input reaches
 * </pre>
 */
@NullMarked
package io.luyun.benchmarks.torture.fuzz;

import org.jspecify.annotations.NullMarked;
