/**
 * Where road users were, in files that map programs and traffic simulations open, and the files of one such simulation back. What an
 * export holds in memory is bounded whatever the length of the journal; an import holds a line a road user, as the journal does.
 *
 * <pre>
 *   Records ─▶ RoadUsers ─┬─▶ PointsExporter ───────────────▶ GeoJSON, a point an observation
 *                         ├─▶ TracksExporter ─▶ OpenTracks ─▶ GeoJSON, a line a track
 *                         ├─▶ GpxExporter    ─▶ OpenTracks ─▶ GPX 1.1
 *                         └─▶ FcdExporter    ─▶ steps ──────▶ SUMO FCD
 *   alerts, RSI ──────────────▶ EventFeatures ──────────────▶ both GeoJSON files
 *
 *   SUMO FCD ─▶ FcdFile ─▶ FcdUsers ─▶ FcdImport ─▶ BSM, PSM of each road user (intake)
 *                              └──▶ the load simulator
 * </pre>
 */
@NullMarked
package io.luyun.server.exchange.place;

import org.jspecify.annotations.NullMarked;
