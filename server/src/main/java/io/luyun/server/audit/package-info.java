/**
 * Who did what, when and why, in a file that only grows: one JSON object a line, each with the SHA-256 of the line before, so that a line
 * that is changed, taken out or put in is found.
 *
 * <pre>
 *   {"at":"2026-11-30T08:00:00Z","event":"export-started","actor":"li@desk","details":{…},"before":"0000…"}   ── SHA-256 ─┐
 *   {"at":"2026-11-30T08:00:07Z","event":"export-finished","actor":"li@desk","details":{…},"before":"9f2c…"} ◀────────────┘
 * </pre>
 *
 * The chain does not tell when its end is cut off, or when all of it is written anew by somebody who may write the file: keep the hash of
 * the last line elsewhere, and ask {@link io.luyun.server.audit.AuditChain} whether it is still there.
 */
@NullMarked
package io.luyun.server.audit;

import org.jspecify.annotations.NullMarked;
