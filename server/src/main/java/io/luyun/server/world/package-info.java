/**
 * The road and what is on it: zone map, participants, signals, events. Pure: records in, state and changes out, no clock.
 *
 * <pre>
 *  BSM ─▶ Report ─▶ SelfReports ▶ Roster ─▶ RoadNetwork (link, lane)     ─▶ listener: onMoved, onGone
 *  RSM ─▶ Report ─▶ Sightings ──▶  │ ▲      Grid (who is near)
 *                   (Track: unit   │ └─ Participant, pooled
 *                    and number)   └─ silent for too long: gone
 *  SPAT ─▶ SignalState                                                  ─▶ listener: onSignal
 *  RSI ──▶ RoadEvents ─▶ EventReaches ─▶ RoadEventState                 ─▶ listener: onEvent, onEventGone
 *  MAP ──▶ MapIntake ──▶ RoadNetwork ◀── ZoneMap (GeoJSON) ──▶ Places
 *  tick ─▶ Traffic: Roster ─▶ TrafficState of links and lanes (flow, speed, density, queue, jam)
 *
 *  Link ──▶ Movement (lanes, phase) ──▶ Link      Places: Crossing, BusStop, Area, what is approved
 *             └─▶ connector, a Link too            SignalAhead: Participant ▶ Link ▶ Movement ▶ SignalState
 * </pre>
 *
 * <p>A road user is there once: a thing a roadside unit sees is joined to the vehicle that reports itself, or to what other
 * units see, by its id or by place, speed and heading; see {@link io.luyun.server.world.Sightings}. A vehicle whose reports
 * come over several devices is moved by those of the first until that one is silent for half a second; see
 * {@link io.luyun.server.world.SelfReports}.
 *
 * <p>An obstacle that an SSM tells of is a participant, too, with a type of its own: at a place and of a size, on a link and lane,
 * heard of last at some time. Several units' obstacles are joined as road users are, but an obstacle and a road user never.
 *
 * <p>Signals are joined to the road by region, node and phase ({@link io.luyun.server.world.SignalAhead}): the first stop line
 * ahead, the phases of the movements that may be taken from the lane, what they show at the time asked for. A light lasts
 * until its latest end, or its likely one where no latest is said; then the state that was announced to follow counts, and
 * after the last one nothing is known. Countdowns run from the receipt of their SPAT.
 *
 * <p>Times. All spans are reckoned in receive time. The stamps of a sender tell how much longer one report took than
 * others, whatever its clock says ({@link io.luyun.server.world.StampClock}):
 * <ul>
 *   <li>a report older than the last one used of the same road user is late: counted ({@code world_late}), left unused;
 *   <li>one that took longer than others by more than {@code staleMillis} is stale: counted ({@code world_stale}), left
 *       unused, as is a backlog; when all of a sender are so for a second at the pace of time, its clock was set back, and
 *       they are used again;
 *   <li>any other is used, its position moved on by its speed for the time it took longer.
 * </ul>
 * What a roadside unit lags behind, and how far it sees aside, is learned from road users that are known otherwise, and put
 * right ({@link io.luyun.server.world.Unit}). Positions are smoothed: each is weighed against the one expected from speed
 * and heading.
 *
 * <p>There are units whose headings turn the other way round or point backwards, or whose speeds are in another unit, all the
 * time. Where what a unit says of something contradicts the places at which it sees it, for eight reports in a row, the places
 * are believed, counted ({@code world_motion}); see {@link io.luyun.server.world.Motion}. Two recordings of deployed units are so.
 *
 * <p>Link and lane are found by history: see {@link io.luyun.server.world.RoadNetwork} and
 * {@link io.luyun.server.world.LaneMatch}. With positions off by 1.5 m (one sigma each way), headings by 1 degree and speeds
 * by 0.2 m/s at ten reports a second on the demonstration's zone, the link is right in 99.9 % of reports and the lane in
 * 99.8 %; with errors that last for 5 s and headings that are 0.5 degrees off for good besides, 99.7 % and 96 %. Within
 * junctions it is 98 % and 96 %, for ways that part there begin alike (LaneMatchTest of the simulator measures it).
 *
 * <p>Silence. A rule sees everybody where it was last reported to be. Whoever is silent for 0.2 s coasts from the next tick
 * on: it is marked so and goes on with its last speed and heading. After {@code coastMillis} no rule looks at it any more;
 * when it comes back it is the same one. After {@code participantTimeoutMillis} it is gone.
 */
@NullMarked
package io.luyun.server.world;

import org.jspecify.annotations.NullMarked;
