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
 *  MAP ──▶ MapIntake ──▶ RoadNetwork ◀── ZoneMap (GeoJSON)
 * </pre>
 *
 * <p>A road user is there once: a thing a roadside unit sees is joined to the vehicle that reports itself, or to what other
 * units see, by its id or by place, speed and heading; see {@link io.luyun.server.world.Sightings}.
 *
 * <p>Times: a report older than the last one of the same road user by the sender's clock is late, counted and left
 * unused; all spans are reckoned in receive time. Positions are smoothed: each is weighed against the one expected from
 * speed and heading, so that noise of a metre or two does not look like a change of lane.
 */
@NullMarked
package io.luyun.server.world;

import org.jspecify.annotations.NullMarked;
