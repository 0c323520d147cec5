/**
 * Rules over the world and the roadside units, and the life cycle of the alerts they raise.
 *
 * <pre>
 *  world ── onMoved ──▶ life.AlertEngine ──▶ rules, one class each ── Finding ──▶ life.AlertBook ── Alert ──▶ listener
 *        ── onGone, onEventGone, onSignal, onMap, onUnitMessage, onTick ─────────▶     │
 *                                                                                 ActiveAlert (pooled)
 *
 *  alert            which applications run, and their settings
 *    collision      with other road users: FCW EBW ICW LTA DNPW VRUCW VRUSP
 *    lanechange     with those beside and behind, when changing lanes: BSW LCW
 *    vehicle        what vehicles tell of themselves: AVW CLW EVW
 *    signal         signals ahead: RLVW GLOSA CHPVP
 *    roadside       what roadside units and the map tell: HLW SLW IVS TJW ROAD_OBSTACLE
 *    coordination   what units coordinate and vehicles ask of one another: CLC CVM CIP DLM
 *    platoon        vehicles that drive as one: CPM
 *    supervision    how vehicles and roadside units behave, for who runs the zone: WRONG_WAY STOPPED_VEHICLE
 *                   ABNORMAL_DRIVING OFF_APPROVED_ROAD SIGNAL_CONFLICT RSU_RATE SPAT_MAP_MISMATCH
 *    geometry       who is where to whom; for the rules
 *    life           engine, book, what a rule is; knows no rule
 * </pre>
 *
 * The package of each rule tells its inputs, geometry, formula, thresholds and what clears it. Rules know {@code geometry} and
 * {@code life}, never each other.
 */
@NullMarked
package io.luyun.server.alert;

import org.jspecify.annotations.NullMarked;
