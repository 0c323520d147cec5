/**
 * The road and what is on it: zone map, participants, signals, events. Pure: records in, state and changes out, no clock.
 *
 * <pre>
 *  BSM ─▶ Report ──────────────▶ Roster ─▶ RoadNetwork (link, lane)     ─▶ listener: onMoved, onGone
 *  RSM ─▶ Report ─▶ Sightings ──▶  │ ▲      Grid (who is near)
 *                   (Track: unit   │ └─ Participant, pooled
 *                    and number)   └─ silent for too long: gone
 *  SPAT ─▶ SignalState                                                  ─▶ listener: onSignal
 *  RSI ──▶ RoadEvents ─▶ EventReaches ─▶ RoadEventState                 ─▶ listener: onEvent, onEventGone
 *  MAP ──▶ MapIntake ──▶ RoadNetwork ◀── ZoneMap (GeoJSON) ──▶ Places
 *
 *  Link ──▶ Movement (lanes, phase) ──▶ Link      Places: Crossing, BusStop, Area, what is approved
 *             └─▶ connector, a Link too            SignalAhead: Participant ▶ Link ▶ Movement ▶ SignalState
 * </pre>
 *
 * <p>A road user is there once: a thing a roadside unit sees is joined to the vehicle that reports itself, or to what other
 * units see, by its id or by place, speed and heading; see {@link io.luyun.server.world.Sightings}.
 *
 * <p>Signals are joined to the road by region, node and phase ({@link io.luyun.server.world.SignalAhead}): the first stop line
 * ahead, the phases of the movements that may be taken from the lane, what they show at the time asked for. A light lasts
 * until its latest end, or its likely one where no latest is said; then the state that was announced to follow counts, and
 * after the last one nothing is known. Countdowns run from the receipt of their SPAT.
 *
 * <p>Times: a report older than the last one of the same road user by the sender's clock is late, counted and left
 * unused; all spans are reckoned in receive time. Positions are smoothed: each is weighed against the one expected from
 * speed and heading, so that noise of a metre or two does not look like a change of lane.
 */
@NullMarked
package io.luyun.server.world;

import org.jspecify.annotations.NullMarked;
