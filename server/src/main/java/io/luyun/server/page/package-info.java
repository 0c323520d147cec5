/**
 * Packs the operations page while the server is built; no part of the running server, and not in its jar.
 *
 * <pre>
 *  src/main/page/**  ──┐
 *                      ├─▶ PagePacker ──▶ classes/io/luyun/server/ops/page/{index.html.gz, app/**.gz, lib/**.gz, page.json}
 *  WebJars (a few      ┘
 *  files of each)
 * </pre>
 */
@NullMarked
package io.luyun.server.page;

import org.jspecify.annotations.NullMarked;
