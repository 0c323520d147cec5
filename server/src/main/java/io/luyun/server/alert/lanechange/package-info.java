/**
 * Changing lanes: BSW LCW, applications of phase I.
 *
 * <pre>
 *            intention to the right ──▶ side, where it began           ┌ BSW zone ┐
 *                                            lane begun in   ──────────│────[S]▷──│──────
 *   lights, offset from the link's line      next lane       ─[T]▷─────│──[T]▷────│──────
 *   ─▶ Intention, Beside ─▶ rules                             LCW      └ BSW ─────┘
 * </pre>
 *
 * <p><b>Intention</b> ({@code Intention}). Inputs: turn lights; speed across the link by the history of headings. The subject means
 * to go to a side when it signals to one side alone, or moves there with {@code movesMps} and at 1.2 degrees at least; it goes on
 * to move there down to half of that. Motion goes before lights. Neither counts within junctions, a signal not within 60 m
 * before one, where it tells of the way across, motion not within 25 m of the ends of a link, where one turns. The lane it is about is the one next to where that began:
 * from half a lane to one and a half lanes beside that place, wherever the subject is by then; who is in the lane after is not
 * concerned until the subject has arrived in the next one and still signals a second later. Lanes are not counted: distances
 * across between two vehicles are better known than the lane of each, for most errors of position are common to both.
 *
 * <p>Who merely drives beside is no case: in dense traffic that is everybody all the time, and vehicles see it themselves.
 *
 * <p><b>BSW</b> ({@code BlindSpotRule}). Inputs: intention of the subject; place, size, speed of motor vehicles that go the same
 * way. The case holds while the body of one in that lane overlaps with the stretch from {@code behindMetres} behind the subject's
 * rear bumper to {@code aheadMetres} before its middle, and, if the subject moves without having been warned, it comes nearer to that
 * one: in a bend reports that are late make both seem to leave it. Caution when the subject signals, warning when it moves there. Not
 * of who stands, nor on another level (4 m). Held with a metre more on all sides; over when it is passed, or the subject
 * means no longer to go there, for a second.
 *
 * <p><b>LCW</b> ({@code LaneChangeRule}). Inputs: the same of those behind. With the gap between bumpers and the difference of
 * speeds, gap / (v of the other - v of the subject) is the time until it is beside: caution under 3.5 s, warning under 2 s, left at
 * 1.3 times that. Not when it comes nearer by less than 1.5 m/s. Over when it is beside, falls back, or the subject means no
 * longer to go there, for a second. Who follows close by without coming nearer is in the zone of BSW or no case.
 *
 * <p>All figures are chosen here. A case is looked for when the subject reports.
 */
@NullMarked
package io.luyun.server.alert.lanechange;

import org.jspecify.annotations.NullMarked;
