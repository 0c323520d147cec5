/**
 * What the journals hold of the past, kept small enough to be asked at once: nothing here is written, and nothing knows of HTTP.
 *
 * <pre>
 *   journal ─▶ JournalIndex (own thread, paced, from the first question on) ─▶ messages by time, acknowledgements, names
 *   alerts  ─▶ AlertHistory (read on at each question)                      ─▶ alerts with their steps, the newest first
 *   record  ─▶ Decoded ─▶ JSON with units
 * </pre>
 */
@NullMarked
package io.luyun.server.ops.history;

import org.jspecify.annotations.NullMarked;
