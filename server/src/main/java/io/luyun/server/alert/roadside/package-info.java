/**
 * What roadside units and the map tell of the road.
 *
 * <p><b>HLW</b> ({@code HazardousLocationRule}). Inputs: events of RSI while their time span holds and they are repeated.
 * Inside: warning. Within 300 m of way and 15 s, or within 30 m: caution; under 5 s: warning; one step more for urgent
 * priorities. The way is along the links that lead there; off the map, straight ahead. Left at 1.2 times that.
 *
 * <p><b>SLW</b> ({@code SpeedLimitRule}). Inputs: speed; the limit of a sign that holds where the subject is, else of its lane,
 * else of its link (MAP or zone file); limits for trucks and for the night where they concern it; the limit of an area of the zone file within its hours (of {@code utcOffsetMinutes})
 * where that is lower. Raised above the limit
 * by more than 3 km/h and 5 %, warning at 20 %, critical at 50 %; over 2 km/h below that.
 *
 * <p><b>IVS</b> ({@code InVehicleSignageRule}). Inputs: signs of RSI while their time span holds and they are repeated. Shown once,
 * at the lowest severity, from 150 m before the place where a sign holds until the subject has left it (chosen here; no
 * formula). The way leads along the subject's link and on as far as there is only one from its lane, so signs of a branch
 * that may not be taken are not shown yet; off the map, straight ahead. Signs of a speed limit are shown like others; SLW
 * stays apart. Taken away 2 s after the sign is no longer ahead or around, or when it is no longer sent.
 *
 * <p><b>TJW</b> ({@code TrafficJamRule}). Inputs: events of RSI of the types that are jams (707); else the jams that the world sees in
 * the queues of the lanes ({@code world.Traffic}: at least 5 slow vehicles over 50 m for 20 s, before signals only beyond 150 m
 * from the stop line), told as an event of the same type without a sender, at the rear bumper of the last vehicle. The way
 * is that of IVS, with the lane: a queue in the next lane is none. Caution within 500 m and 30 s or within 50 m, warning
 * under 6 s (chosen here), left at 1.2 times that. Who is slow is not warned anew. Cleared 2 s after the subject has passed
 * the rear end of the queue, or has left the event behind, or the way to it; with the event when it ends.
 *
 * <p><b>ROAD_OBSTACLE</b> ({@code RoadObstacleRule}), road abnormal condition. Inputs: obstacles of SSM with place and size; the way the
 * subject is expected to take ({@link io.luyun.server.world.Course}), its width and speed. The way leads over an obstacle when
 * that lies nearer to it than half the subject's width and half the obstacle's larger measure (which way it lies is not told),
 * in five reports in a row: how a unit's places lie to those of vehicles is learned within seconds
 * ({@code world.Unit}). The gap from bumper to obstacle by the speed: caution under 8 s, warning under 4 s, left at 1.3 times that
 * and at 0.4 m more across. Whether the obstacle moves is not reckoned with. Not below 2 m/s of the subject, nor on another level. Over 1.5 s
 * after it is passed or the way leads beside it; gone when no unit tells of it for {@code world.participantTimeoutMillis}. FCW looks
 * at obstacles with a speed as well. All figures are chosen here.
 */
@NullMarked
package io.luyun.server.alert.roadside;

import org.jspecify.annotations.NullMarked;
