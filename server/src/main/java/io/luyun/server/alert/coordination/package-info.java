/**
 * What roadside units coordinate, and vehicles ask of one another: CLC CVM CIP DLM, applications of phase II.
 *
 * <pre>
 *   RSC ─▶ World.coordinationsTo(vehicle)      ─▶ Advice ─▶ CLC (bits 0, 2)  CVM (bit 1)  CIP (bit 3)
 *      └─▶ World.coordinationsOnLanes(vehicle) ──────────▶ DLM (bits 4, 5, 6, or a speed)
 *   VIR ─▶ World.laneChangeWishes()            ─▶ CLC, for those on the lane
 *   places, map ─▶ Merges                      ─▶ CVM, where no unit coordinates
 * </pre>
 *
 * An alert that rests on a unit's word carries it ({@code CoordinationAdvice}) and is told anew when the word changes. A word
 * to stop is a warning, any other one caution. All thresholds are chosen here.
 *
 * <p><b>CLC</b> ({@code CooperativeLaneChangeRule}). Inputs: RSC to the subject for a lane change; VIR of others that ask for
 * one. A wish concerns the vehicle it names, as caution; of the others, for information, who is on the lane wished for (a lane
 * to that side of who wishes: both positions err alike), on the same link, not more than {@code rearMetres} behind and
 * {@code frontMetres} ahead of who wishes. It ends with the word or wish, or when the subject is out of these bounds times {@code clearFactor}.
 *
 * <p><b>CVM</b> ({@code CooperativeMergeRule}). Inputs: RSC to the subject for a merge; places and speeds of two vehicles on
 * links of which one is a slip road on, and that lead to the same link without a lane for each ({@code Merges}). With s the way
 * to where they meet and v the speed, each is there in s / v; within {@code reachSeconds} and not more than {@code gapSeconds}
 * apart, the later is cautioned and the earlier informed. It ends when the gap is larger than that times {@code clearFactor},
 * or one has passed.
 *
 * <p><b>CIP</b> ({@code CooperativePassingRule}). Inputs: RSC to the subject for passing a junction without signals. Ends with
 * the word.
 *
 * <p><b>DLM</b> ({@code LaneManagementRule}). Inputs: RSC to lanes (dynamic lane, reservation, restriction, or a recommended
 * speed) and where the subject is. Information within {@code reachMetres} before the stretch; caution on lanes that are reserved or
 * restricted. Ends behind the stretch, on another lane, or with the word.
 */
@NullMarked
package io.luyun.server.alert.coordination;

import org.jspecify.annotations.NullMarked;
