/**
 * MCAP, the file of Foxglove: written by {@link io.luyun.server.exchange.mcap.McapExporter}, read back by
 * {@link io.luyun.server.exchange.mcap.McapImport}. docs/mcap.md has topics and messages.
 *
 * <pre>
 *   Records ─┬▶ RawTopics     the record itself, its head before it     ─┐
 *            ├▶ RoadScene     road users: positions, boxes, labels       ├▶ McapWriter ─▶ Chunk (zstd) ─▶ McapOutput
 *            └▶ AlertScene    alerts: pulses, log lines                 ─┘       └─ SpooledIndex
 *
 *   file ─▶ McapReader (chunks, checksums) ─▶ McapImport ─▶ a journal
 * </pre>
 *
 * The only importer of zstd-jni.
 */
@NullMarked
package io.luyun.server.exchange.mcap;

import org.jspecify.annotations.NullMarked;
