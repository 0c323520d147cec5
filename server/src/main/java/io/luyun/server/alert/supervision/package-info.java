/**
 * How vehicles and roadside units behave, for those who run the zone. All formulas and figures are chosen here.
 *
 * <p><b>WRONG_WAY</b> ({@code WrongWayRule}). Inputs: place, heading and speed of the subject; all carriageways near it, whatever
 * their direction ({@code AgainstTraffic}). The subject is on one that leads the other way (less than 30 degrees off; 1 m more on
 * its outer side) and 1.75 m beside every one that leads its way: receivers err by metres for minutes, and of those that drive
 * next to the middle of a road without a divide some seem to be over it. Who drives next to the middle on the other side is
 * found only where it seems to be half a lane away from its own. It is critical when it has gone 20 m against the direction, in at least 8 reports, not
 * slower than 3 m/s. Where less than 1 m lies between the two carriageways, passing is usual: 200 m. Whoever heads the right way
 * and moves back is not found. Cleared when it is no longer there for 2 s; standing there is no end.
 *
 * <p><b>STOPPED_VEHICLE</b> ({@code StoppedVehicleRule}). Inputs: place and speed of the subject and of the one ahead in its lane,
 * signals. It stands (0.5 m/s) with the mean of its positions within the carriageway (up to
 * 1 m beyond its left edge: what stands there is in the way of somebody), and for 30 s none of these was the
 * reason: a light ahead within 250 m that is not green or not known, somebody ahead in the lane within 20 m and
 * not faster than 5 m/s. Where waiting is
 * usual it takes 180 s: within a junction, 40 m before one without signals, 20 m before a crossing, 30 m from a bus stop in
 * the rightmost lane. A warning; of a queue only its first is told. Cleared when it moves at 1.5 m/s for 1 s. A queue of
 * vehicles that nobody hears or sees is not known; neither is the heading of a vehicle that sends none while it stands.
 *
 * <p><b>ABNORMAL_DRIVING</b> ({@code AbnormalDrivingRule}). Harsh braking and acceleration: what the vehicle sends reaches 6 or
 * 4.5 m/s2 in 3 reports in a row; a caution; cleared 3 s after it is below 70 % of that. Weaving: the heading (mean of 0.4 s)
 * against that of the road (of a chord from 1 s behind to 1 s ahead; off the map against the mean of the last 3 s, which lags in
 * a bend) changes from 3 degrees to one side to 3 degrees to the other 4 times within 12 s, at 6 m/s or more; a warning; cleared
 * 3 s after it is fewer. Each reason is an alert of its own.
 *
 * <p><b>OFF_APPROVED_ROAD</b> ({@code ApprovedRoadRule}). Inputs: the devices of the settings, what the zone file approves. Not
 * matched to an approved link and more than 2 m outside of every approved surface, in 20 reports in a row: off the road. Moving
 * outside of the hours of the settings: outside hours. Warnings, each an alert of its own; cleared after 2 s.
 *
 * <p><b>SIGNAL_CONFLICT</b> ({@code SignalConflictRule}). Inputs: lights of SPAT; courses of the movements in the zone file with
 * their phases, from it or from MAP. Phases conflict whose courses from different links cross ({@code Conflicts}); a straight
 * way also with the phase of a crossing over it; left turns that face each other do not. Critical when both are green in 2 SPAT
 * in a row, unless one is a turn under permissive green, which gives way. Nothing is looked for while the controller says that
 * it fails or is off. Cleared after 1 s without; gone when the signals are silent for 10 s.
 *
 * <p><b>RSU_RATE</b> ({@code BroadcastRateRule}). Inputs: when a roadside unit sends messages of each kind, by receive time.
 * Watched are the kinds of the settings that a unit has sent so often without a silence that it must be meant. Silent: no
 * message for 5 intervals and at least 5 s, a warning. Slow: twice in a row under half of the messages expected in 20 s, a
 * caution. RSM and SSM are missed only while a road user that reports itself is within 50 m of the unit. Cleared when
 * messages come again for 3 s, or are as many as they should be; gone after an hour of silence.
 *
 * <p><b>SPAT_MAP_MISMATCH</b> ({@code SpatMapRule}). Inputs: phases of SPAT; phases of the node in its last MAP and in the zone as
 * MAP messages have left it. From 15 s after the first SPAT, in 5 in a row: no map has the node; no map of the node has a phase
 * of the SPAT; the SPAT lacks a phase of the MAP (of the zone file where there is no MAP). Cautions, each reason an alert of its
 * own that names the least phase. Cleared after 2 s without; gone when the signals are silent for 10 s.
 */
@NullMarked
package io.luyun.server.alert.supervision;

import org.jspecify.annotations.NullMarked;
