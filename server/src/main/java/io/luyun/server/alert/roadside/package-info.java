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
 */
@NullMarked
package io.luyun.server.alert.roadside;

import org.jspecify.annotations.NullMarked;
