/**
 * What browsers are shown of the road, live or out of the journal. Pure of sockets.
 *
 * <pre>
 *   core's thread          bounded, never waits            the thread of the HTTP face
 *   CoreAgent ─▶ LiveFeed ═══ LivePipe (Batch) ═══▶ Picture ─▶ Browser (View) ─▶ Outbox ─▶ a socket
 *                                                      ▲
 *   a replay's thread                                  │ one for the live road, one for each replay
 *   journal ─▶ Replay ─▶ CoreAgent ─▶ LiveFeed ════════┘
 *   alert journal ─▶ RecordedAlerts ─▲
 *
 *   LiveHub keeps browsers and replays together and is polled while anybody watches
 * </pre>
 *
 * Positions are latest values: whoever is slow gets fewer of them. Alerts, acknowledgements and notices are kept for a slow
 * browser up to a bound, behind which its connection is closed.
 */
@NullMarked
package io.luyun.server.live;

import org.jspecify.annotations.NullMarked;
