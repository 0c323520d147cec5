/**
 * The HTTP face: health and metrics for machines, the operations page for people, and the API that does all the page does.
 *
 * <pre>
 *   Admission ─▶ HttpConnection ─▶ Reception ─▶ Door      rate, login, scope, Origin
 *                     │                 ├─▶ PageFiles      the page, packed at build time
 *                     │                 └─▶ Router ─▶ …Routes
 *                     │                       QUICK: on the face's thread, out of memory
 *                     │                       SLOW:  Workers, out of journals, packages and devices
 *                     │                       changes: written to the audit log before and after
 *                     └─▶ Live ─▶ BrowserSockets ─▶ the room that knows what browsers look at
 * </pre>
 *
 * What is asked of the running server comes through sources that the root gives: nothing here holds the line.
 */
@NullMarked
package io.luyun.server.ops;

import org.jspecify.annotations.NullMarked;
