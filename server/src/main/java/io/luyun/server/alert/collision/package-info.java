/**
 * Collisions with other road users.
 *
 * <p><b>FCW</b> ({@code ForwardCollisionRule}). Inputs: speed, heading, acceleration, size of the subject and of the nearest
 * road user ahead in its lane. Time to collision: the first time at which the gap is closed when both keep their
 * acceleration until they stand. Steps at 4, 2.7 and 1.6 s; left at 1.3 times that. Not below 2 m/s of the subject, when
 * the speeds differ by less than 1 m/s at the impact, or when the subject lacks less than 1 m/s2 of the deceleration with
 * which it would just stay clear (v2/2s while the target stands; 1.5 m/s2 where it would be hit only if it goes on braking):
 * who rolls up to a queue is braking already, if late. Neither while subject or target leaves the lane: the one signals and is
 * half a metre to that side of the other, the other takes another way across the junction and will be out of the way in time.
 *
 * <p><b>EBW</b> ({@code EmergencyBrakeRule}). Inputs: hard-braking event flag or deceleration of a vehicle ahead in the same or
 * the next lane, within the range and the headway. Same lane: warning, critical under 1.5 s of headway; next lane: caution.
 * It is looked at when the braking vehicle reports, so that nobody waits for its own next report. Over when the flag is
 * gone and the deceleration is under 2 m/s2 for 1.5 s, or when the subject has passed.
 *
 * <p><b>ICW</b> ({@code IntersectionCollisionRule}). Inputs: place, speed, heading, acceleration, size of the subject and of
 * every vehicle whose way crosses its own at 25 to 155 degrees. Each has a stretch on which its body touches the
 * strip that the other sweeps ({@code CrossingPaths}); the case holds when the times on these stretches overlap, both
 * keeping their acceleration until they stand, and is as urgent as the time until both are there: steps as in FCW. Whoever
 * stops before it, is on another level (4 m), or has passed makes no case. On a mapped link nothing is looked for until the
 * next junction comes into reach, so that a vehicle which crosses in mid-link is not warned of there. Ways
 * ({@link io.luyun.server.world.Course}) lead along the lane and across the junction by turn signal, else straight on, off the
 * map straight ahead. Who comes from the same link is behind or ahead, not across. Who turns left across the way of an oncoming
 * vehicle is left to LTA; the oncoming one is warned here of the one that turns, as soon as that surely does (see LTA).
 *
 * <p><b>LTA</b> ({@code LeftTurnAssistRule}). The subject turns left, and a vehicle comes to that junction from the other side
 * (approaches at more than 135 degrees). It turns left by turn signal, where its lane leads there alone, or by the way across
 * the junction it is on; ways begin alike there, so that where its lane leads elsewhere too and it does not signal it has to
 * head 15 degrees to the left. Ways, stretches and steps as in ICW, but a second ({@code gapSeconds}, chosen here) has to lie
 * between the one's leaving and the other's coming. A subject that stands waits; as soon as it starts it turns. Lights
 * ({@code StopLine}): whoever of the two will find red at its stop line and can still stop there (5 m/s2) will; where the
 * subject's green is a protected one, an oncoming vehicle whose light is not known is expected to have red. Off the map nobody
 * is known to turn left; there ICW goes on.
 *
 * <p><b>DNPW</b> ({@code DoNotPassRule}). Inputs: place, speed, lights, size of the subject, of the road user ahead in the
 * leftmost lane of the same link and of the oncoming vehicle. The subject passes ({@code Passing}) when it is 1.75 m left of the
 * one ahead and left of the middle of its lane, both being known for 1.5 s, or, on a carriageway of one lane and not within
 * 100 m of a junction, signals to the left; not while it falls back. The way it has to make good on the one ahead is their
 * distance, half of both lengths and 10 m of room to return; it passes at its own speed, but 5 m/s faster than the one ahead at
 * least. It does not fit when the nearest oncoming vehicle in the next lane (up to 5.25 m left of the one ahead, along the road)
 * is met, at its speed and that, sooner than 1.5 s after. Caution while the subject signals only, a warning once it has left
 * its lane, critical then within 4 s. Left at 1.2 times the time. Over when the pass fits, is done or given up, or the oncoming
 * vehicle is behind. Off the map and across junctions nobody passes. All figures are chosen here.
 *
 * <p><b>VRUCW</b> ({@code VulnerableRoadUserRule}). The same with people on foot and on cycles, wherever they cross, walking
 * straight on, with 1.3 m between the bodies: where somebody walks, a metre of error is a second. Also people
 * on foot who are in the strip the subject will sweep, standing or walking, or in its lane, which is known better than where in
 * the lane it drives; but nobody who stands 0.4 m beside every carriageway. The deceleration needed to stop before them must exceed what it brakes already by
 * 1.2 m/s2. The vehicle is warned; a person's own device
 * is not, since a PSM carries no way back.
 *
 * <p><b>VRUSP</b> ({@code CrossingAheadRule}). Inputs: link, lane, speed of the subject; who waits at and is on the crossings of
 * its way ({@link io.luyun.server.site}), among them those whose PSM asks to cross. The nearest crossing where anybody is
 * within 100 m and 8 s: information when they wait, caution when someone is on it, whatever the way they walk. Over when
 * the subject has passed, or nobody is there for a second. It is about the crossing, not about a person.
 */
@NullMarked
package io.luyun.server.alert.collision;

import org.jspecify.annotations.NullMarked;
