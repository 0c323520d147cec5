/**
 * Recordings of other languages as messages of the house.
 *
 * <pre>
 *   file of frames ─▶ UperFile ──────────────────────┐
 *                                                    ├─▶ UperFrames ─▶ FeedFrame … with the time each is due
 *   capture ─▶ CaptureFile (by the server's reader) ─┘                     │
 *                                                                          ▼
 *   schema ─▶ ClockField ─▶ ClockLayout ─▶ Restamp: a message moved to another time
 * </pre>
 */
@NullMarked
package io.luyun.simulator.recording;

import org.jspecify.annotations.NullMarked;
