/**
 * What each application ought to do in a scene, worked out from the noiseless motion alone. Knows nothing of the server; pure.
 *
 * <pre>
 *  Scene ─▶ Meaning (Collision, Place, …) ── what may have to be warned of, and whether it holds ──▶ Cases ─▶ Case
 *               └ Other: any of Matter × Relation (Ahead, Oncoming, Behind, Crossing, …)
 *                                                             Case: who is to be warned of whom, between which times it is not
 *                                                                   wrong, and between which it is due
 * </pre>
 *
 * A meaning says for each {@link io.luyun.simulator.truth.Border} whether something holds: outside of the wide one a warning is
 * wrong, inside of the narrow one it is due, what lies between is left to the server. {@code Cases} asks and draws the
 * stretches of time; {@code Reach}, {@code OnWay}, {@code Lasting} and {@code Ground} are what meanings are made of.
 */
@NullMarked
package io.luyun.simulator.truth;

import org.jspecify.annotations.NullMarked;
