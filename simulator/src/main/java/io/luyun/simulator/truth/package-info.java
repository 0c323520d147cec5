/**
 * What each application ought to do in a scene, worked out from the noiseless motion alone. Knows nothing of the server; pure.
 *
 * <pre>
 *  Scene ─▶ Meaning (Collision, Ahead, …) ─▶ Case: who is to be warned of whom, from when at the latest allowed, from when at
 *                                                  the latest due, and when it is too late
 * </pre>
 *
 * Every meaning knows two thresholds: a wide one, outside of which a warning is wrong, and a narrow one, inside of which it is
 * due. What lies between is left to the server.
 */
@NullMarked
package io.luyun.simulator.truth;

import org.jspecify.annotations.NullMarked;
