/**
 * Places that are told of the road: crossings and who waits, walks and drives there, links and the traffic on them.
 *
 * <pre>
 *   tick ─▶ Sites ─▶ Crossings ─▶ people: by place      ─▶ CrossingSite ─▶ subscribers, units, HTTP
 *                        └──────▶ vehicles: Approaches  ─▶      │
 *                        └──────▶ World.signal (light)  ─▶      └──▶ board: immutable, for other threads
 *                     Arrivals ─▶ WayToStop, Journey            ─▶ StopSite ─▶ subscribers, units, HTTP
 *                     TrafficSites ◀── World.traffic            ─▶ TrafficSite ─▶ subscribers, board
 * </pre>
 *
 * Pure: a function of the road and of the times of ticks. One thread drives all of it, once in a tick, so that messages
 * cost nothing here; a tick allocates nothing unless a state has to be put into words.
 *
 * <p><b>Who waits.</b> People on foot and on cycles within {@code waitMetres} of an end of the crossing who stand, or walk within
 * 50 degrees of the way across; those whose PSM asks to cross, within {@code requestMetres} and whatever they do. Who has said
 * to have finished does not wait. Everybody counts once: for the crossing they are on, else for the one whose end is nearest.
 *
 * <p><b>Who is on it.</b> People not further than {@code halfWidthMetres} beside its line, {@code kerbMetres} from its ends.
 *
 * <p><b>Who comes.</b> Motor vehicles on the links it lies across and on those that lead there from their lane, within
 * {@code reachMetres}; the one that arrives first at the speed it has. One that stands does not arrive.
 *
 * <p><b>When the bus comes.</b> A vehicle of a line has a next stop: at first the nearest, then the one after it once it has stood
 * there and goes on, or has passed it. To that and further stops the shortest way is driven in thought ({@code Journey}), link by
 * link; see docs/sites.md for what each costs.
 *
 * <p><b>Traffic.</b> What {@code world.Traffic} reckons of links and lanes, put into words when a figure has changed by a step worth
 * telling: one vehicle, 20 vehicles an hour, 0.5 m/s, 0.5 vehicles a kilometre, 1 m of queue.
 */
@NullMarked
package io.luyun.server.site;

import org.jspecify.annotations.NullMarked;
