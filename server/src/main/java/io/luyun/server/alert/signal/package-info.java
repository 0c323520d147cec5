/**
 * Signals ahead: MAP, or zone file, and SPAT, joined by {@code world.SignalAhead}. No alert where the SPAT is older than
 * {@code world.signalTimeoutMillis}, not reliable, or says nothing of the phase. Ways are those that may be taken from the
 * subject's lane; within 1 m of its middle only these, else those of all lanes, because positions are no better. The stop
 * line counts from the front bumper. A light ends when it is likely to, else at the latest; all figures are chosen here.
 *
 * <p><b>RLVW</b> ({@code RedLightRule}). Inputs: speed, acceleration, lane, way to the stop line d, lights. Raised when every way it may
 * take is red, or yellow, now and red at the arrival d / v, and the subject does not stop: the deceleration needed,
 * v² / 2 (d + 2 m), is at least 3 m/s² and the subject brakes with less than 0.8 of it; where no acceleration is told,
 * that of the speeds over 0.5 s, at first 3 m/s². Not for ways without a phase, nor for right turns on red where these are allowed, unless the lane also leads
 * straight on and the subject is too fast to turn: above 8 m/s at the stop line after 2.5 m/s². Caution under 5 s, warning
 * under 2.7 s, critical under 1.6 s to the stop line, each left at 1.3 times that. Over when it brakes enough, needs less than
 * 2 m/s², finds green, is slower than 3 m/s or has passed the line, each for 0.5 s.
 *
 * <p><b>GLOSA</b> ({@code GreenSpeedRule}). Inputs: way to the stop line d, limit of lane or link, the states announced of the one phase
 * that governs all ways it may take. The band of the first green [b, e] that an allowed speed arrives in: from
 * max(20 km/h, d / (e - 1 s)) to min(limit, d / (b + 1 s)), in whole km/h; without one only the countdown. After a red that
 * nothing is said to follow a green of 8 s is reckoned with. From 300 m to 25 m before the line, above 4 m/s. Told again
 * when the light changes, and at most every 2 s when a speed differs by 5 km/h, the end of the light by 1 s, or the phase.
 * Ends after 1.5 s behind or near the line, of several phases, of a light without an end, below 2 m/s, or when a queue of more
 * than 12 m stands before the line in its lane.
 *
 * <p><b>CHPVP</b> ({@code PriorityPassingRule}). Inputs: requests of VIR for priority at a signal, from the device that reports the
 * vehicle; class, place and speed of the vehicle; RSC and SPAT for the answer. Raised while the request holds (its life time, 2 s
 * where none is told; not cancelled nor complete) for buses and emergency vehicles within 500 m of the stop line: at the stop line in
 * d / v by the map, as far as there is only one way; else as the vehicle says itself. The alert is the request: it names node,
 * phase (of the request, else of the map), level and class, and goes to the vehicle and, as all alerts of their surroundings, to
 * the roadside units there. It is told again when the arrival shifts by 1 s, not more often than every second, and when it is
 * answered: granted is what a unit has told the vehicle by RSC (bit 7), or a SPAT of the node whose status says that it gives
 * priority. Caution for emergency vehicles, information for buses. Over 1 s after the request has ended or the stop line is
 * passed. Whose class is not entitled asks in vain: nothing is raised. All figures are chosen here.
 */
@NullMarked
package io.luyun.server.alert.signal;

import org.jspecify.annotations.NullMarked;
