/**
 * Vehicles that drive as one: CPM, of phase II.
 *
 * <pre>
 *   CLPMM of the leader  ─▶ Platoon: who is in it, from the first to the last ─▶ World.platooning(vehicle) ─▶ CPM
 *   CLPMM of each member ─▶ PlatoonVehicle: role, status                      ─┘
 * </pre>
 *
 * <p><b>CPM</b> ({@code PlatoonKeepingRule}). Inputs: CLPMM of leader and members; places and speeds of the members and of who is
 * between them. Of a member that says it follows (status), is in its leader's list and drives at least 3 m/s, the gap d to the member
 * before it in the list, bumper to bumper along the road, is looked at with its speed v:
 * <ul>
 *   <li>too wide: d over 25 m and over 2 s times v; caution;
 *   <li>too close: d below 0.25 s times v; warning;
 *   <li>cut in: a motor vehicle that is not of the platoon is between them, not more than 1.4 m to the side of the follower; warning.
 * </ul>
 * Who says that it follows and is not in the list of the leader: caution. When a member of the list has sent no CLPMM for 2 s, its
 * leader: caution. Who joins, leaves or is free is not looked at, nor a platoon whose leader has been silent for
 * {@code world.eventTimeoutMillis}. Raised after 8 reports that agree; a gap is right again within its threshold by a
 * factor of 1.2. Over 1 s after the last report that says so, or when a vehicle is gone. All figures are chosen here.
 */
@NullMarked
package io.luyun.server.alert.platoon;

import org.jspecify.annotations.NullMarked;
