/**
 * Scenes whose truth is known: a scenario says in YAML who moves how and who tells what, a scene is one draw of its numbers.
 * Pure and seeded: the same scenario and seed give the same scene, down to the noise and the messages that get lost. No sockets,
 * no threads, no clock.
 *
 * <pre>
 *  fcw.yaml ─▶ ScenarioReader ─▶ Scenario ── seed ──▶ Scene ─┬─▶ Actor, Motion: where everybody really is (truth)
 *             (Fields, Formula)                │              ├─▶ StageZone: its tile of the zone the server gets
 *                                    Layouts ──┘              └─▶ Playbill ─▶ messages: with Noise, late, lost, jumping
 * </pre>
 *
 * Metres of a scene are east and north of the middle of its tile; tiles lie so far apart that nothing is seen across.
 */
@NullMarked
package io.luyun.simulator.stage;

import org.jspecify.annotations.NullMarked;
