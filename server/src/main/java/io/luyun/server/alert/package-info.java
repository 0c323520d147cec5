/**
 * Rules over the world, and the life cycle of the alerts they raise.
 *
 * <pre>
 *  world ── onMoved ──▶ AlertEngine ──▶ rules, one class each ── severity for a subject ──▶ AlertBook ── Alert ──▶ listener
 *        ── onGone, onEventGone, onTick ─────────────────────────────────────────────────▶     │
 *                                                                                          ActiveAlert (pooled)
 * </pre>
 *
 * A rule looks at one subject and says how severe its case is now: 0 for none. The book keeps the life of each case:
 *
 * <pre>
 *                confirmReports in a row            more severe, confirmed; less severe for holdMillis
 *   (nothing) ──────────────────────────▶ RAISED ──────────────────────────────────────────────────▶ UPDATED ──┐
 *                                            │                                                          │  ▲────┘
 *                                            └──── none for holdMillis: CLEARED, over; subject, target ◀┘
 *                                                  or event silent: CLEARED, gone
 * </pre>
 *
 * Nothing is repeated while nothing changes. All decisions rest on the records and their times only, so a replay gives the
 * same alerts byte for byte. While no alert is raised nothing is allocated.
 *
 * <p><b>Who is ahead</b> ({@code Ahead}): on the same link or further along links that join, by the way along the road and the
 * difference of the offsets from the centre line; where the map does not tell, in the subject's own frame, across the
 * mean of both headings (exact on an arc). Gaps are from bumper to bumper by the lengths sent. A target whose heading
 * differs by more than 45 degrees is not ahead, nor is one whose body would overlap with the subject's: that is the same
 * vehicle seen twice, or a position error.
 *
 * <p><b>FCW</b> ({@code ForwardCollisionRule}). Inputs: speed, heading, acceleration, size of the subject and of the nearest
 * road user ahead in its lane. Time to collision: the first time at which the gap is closed when both keep their
 * acceleration until they stand. Steps at 4, 2.7 and 1.6 s; left at 1.3 times that. Not below 2 m/s of the subject or when
 * the speeds differ by less than 1 m/s at the impact.
 *
 * <p><b>EBW</b> ({@code EmergencyBrakeRule}). Inputs: hard-braking event flag or deceleration of a vehicle ahead in the same or
 * the next lane, within the range and the headway. Same lane: warning, critical under 1.5 s of headway; next lane: caution.
 * It is looked at when the braking vehicle reports, so that nobody waits for its own next report. Over when the flag is
 * gone and the deceleration is under 2 m/s2 for 1.5 s, or when the subject has passed.
 *
 * <p><b>ICW</b> ({@code IntersectionCollisionRule}). Inputs: place, speed, heading, acceleration, size of the subject and of
 * every vehicle whose straight way crosses its own at 25 to 155 degrees. Each has a stretch on which its body touches the
 * strip that the other sweeps ({@code CrossingPaths}); the case holds when the times on these stretches overlap, both
 * keeping their acceleration until they stand, and is as urgent as the time until both are there: steps as in FCW. Whoever
 * stops before it, is on another level (4 m), or has passed makes no case. On a mapped link nothing is looked for until the
 * next junction comes into reach, so that a vehicle which crosses in mid-link is not warned of there. A turn is not
 * foreseen: ways are straight.
 *
 * <p><b>VRUCW</b> ({@code VulnerableRoadUserRule}). The same with people on foot and on cycles, wherever they cross; also people
 * on foot who are in the strip the subject will sweep, standing or walking. The vehicle is warned; a person's own device
 * is not, since a PSM carries no way back.
 *
 * <p><b>HLW</b> ({@code HazardousLocationRule}). Inputs: events of RSI while their time span holds and they are repeated.
 * Inside: warning. Within 300 m of way and 15 s, or within 30 m: caution; under 5 s: warning; one step more for urgent
 * priorities. The way is along the links that lead there; off the map, straight ahead. Left at 1.2 times that.
 *
 * <p><b>SLW</b> ({@code SpeedLimitRule}). Inputs: speed; the limit of a sign that holds where the subject is, else of its lane,
 * else of its link (MAP or zone file); limits for trucks and for the night where they concern it. Raised above the limit
 * by more than 3 km/h and 5 %, warning at 20 %, critical at 50 %; over 2 km/h below that.
 */
@NullMarked
package io.luyun.server.alert;

import org.jspecify.annotations.NullMarked;
