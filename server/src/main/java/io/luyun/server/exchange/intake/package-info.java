/**
 * Brings what other files hold into a new journal: each file is a row of records with times, the rows are merged by time, and what
 * comes out is a journal like a server's, which every tool reads.
 *
 * <pre>
 *   ImportSource (MCAP, capture, FCD) ─┐
 *   ImportSource …                    ─┴▶ by time ─▶ NewRecording ─▶ journal: sessions, messages in their numbering
 *                                                               └──▶ alerts
 * </pre>
 */
@NullMarked
package io.luyun.server.exchange.intake;

import org.jspecify.annotations.NullMarked;
