/**
 * Near-field payment (VNFP) as far as a server goes: it hands the frames of a dialogue from one side to the other and keeps
 * no more of them than that they were sent.
 *
 * <pre>
 *   unit    offer (RST)            ─▶ every vehicle that pays and is near what is offered
 *   vehicle answer (VSI)           ─▶ the unit it names
 *   unit    request (Action-Req.)  ─▶ the vehicle it names, by the id of its answer
 *   vehicle response (Action-Resp.)─▶ the unit it names
 * </pre>
 *
 * What goes on is the frame as it came, octet for octet; it passes through memory only. What the journal takes is the
 * canonical {@code Vpm}, which has no field for what identifies or charges the payer. Who holds which id is learned from
 * the dialogue itself and forgotten after a minute of silence; an id that is held is nobody else's.
 */
@NullMarked
package io.luyun.server.payment;

import org.jspecify.annotations.NullMarked;
