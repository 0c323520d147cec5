/**
 * Simulated road traffic; pure and seeded: the same seed gives the same bytes. No threads, no sockets, no clock: the
 * caller steps the traffic and says what time it is.
 *
 * <pre>
 *  seed ─► ZoneGenerator ─► Zone ◄──► ZoneGeoJson ◄──► file
 *                            │
 *              ┌─────────────┼──────────────┐
 *              ▼             ▼              ▼
 *         MapMessages     Traffic ─────► Roadside ─► RSM, SPAT, RSI, MAP
 *                            │ VehicleView
 *                            ▼
 *                        BsmWriter ─► BSM
 * </pre>
 *
 * One thread owns a {@link io.luyun.simulator.traffic.Traffic} and the roadside units over it.
 */
@NullMarked
package io.luyun.simulator.traffic;

import org.jspecify.annotations.NullMarked;
