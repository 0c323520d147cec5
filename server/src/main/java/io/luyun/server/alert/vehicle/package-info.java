/**
 * What vehicles tell of themselves, and whom it concerns. All figures are chosen here. A case is looked for when the vehicle
 * that it is about reports, so that nobody waits for its own next report; both have to be on the same level (4 m).
 *
 * <p><b>AVW</b> ({@code AbnormalVehicleRule}). Inputs: event flags (hazard lights, flat tyre, disabled, airbag) or hazard lights
 * of a vehicle ahead in the same or the next lane of the carriageway, place and speed of both. Time to reach it: gap by
 * difference of speeds. Caution under 10 s, in the same lane a warning under 5 s; left at 1.3 times that. Not when the
 * subject is slower than 3 m/s or comes nearer by less than 1 m/s, nor of who is more than 1 m beside the carriageway. Also about a
 * vehicle that drives against the direction of the subject's carriageway ({@link io.luyun.server.world.AgainstTraffic}), a
 * step more urgent, by the gap and the sum of the speeds; it must seem to be 1.75 m beside its own, or come at the subject
 * itself (1.2 m across), since receivers err. Who stands or crawls without saying so is not looked for here. Over
 * when it is passed or its flags are gone for 1.5 s.
 *
 * <p><b>CLW</b> ({@code ControlLossRule}). Inputs: event flags of ABS, traction control and stability control of a vehicle on the
 * subject's way, place and speed of both. Ahead and heading the same way: the time until the subject is where it is now, a
 * caution under 8 s in the same and the next lane, a warning under 4 s in the same lane. Oncoming or turned in the road and
 * within 5.5 m of the way the subject will take ({@link io.luyun.server.world.Course}): the same by the time until they meet.
 * Over when it is passed or the flags are gone for 1.5 s.
 *
 * <p><b>EVW</b> ({@code EmergencyVehicleRule}). Inputs: class 60 to 69, siren or light bar in use, place, speed and way of the
 * emergency vehicle and the subject. From behind, within 8 m across: the time until it is where the subject is now, a caution
 * under 12 s, a warning under 6 s; further away than 60 m only when it comes nearer. Across: their ways cross
 * ({@code CrossingPaths}) and they would be there within 3 s of each other; the time until both have come. Who stands is not
 * warned of one that crosses. Over when it has passed or is on duty no longer for 2 s.
 */
@NullMarked
package io.luyun.server.alert.vehicle;

import org.jspecify.annotations.NullMarked;
