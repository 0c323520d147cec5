/**
 * Packs the operations page while the server is built; no part of the running server, and not in its jar.
 *
 * <pre>
 *  src/main/page/**  ──┐
 *                      ├─▶ PagePacker ──▶ classes/io/luyun/server/ops/page/page.json, index.html.gz, HASH/**.gz, lib/**.gz
 *  WebJars (a few      ┘
 *  files of each)
 * </pre>
 */
@NullMarked
package io.luyun.server.page;

import org.jspecify.annotations.NullMarked;
