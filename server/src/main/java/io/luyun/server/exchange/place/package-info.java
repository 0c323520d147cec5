/**
 * Where road users were, in files that map programs and traffic simulations open. What an export holds in memory is bounded whatever the
 * length of the journal.
 *
 * <pre>
 *   Records ─▶ RoadUsers ─┬─▶ PointsExporter ───────────────▶ GeoJSON, a point an observation
 *                         ├─▶ TracksExporter ─▶ OpenTracks ─▶ GeoJSON, a line a track
 *                         ├─▶ GpxExporter    ─▶ OpenTracks ─▶ GPX 1.1
 *                         └─▶ FcdExporter    ─▶ steps ──────▶ SUMO FCD
 *   alerts, RSI ──────────────▶ EventFeatures ──────────────▶ both GeoJSON files
 * </pre>
 */
@NullMarked
package io.luyun.server.exchange.place;

import org.jspecify.annotations.NullMarked;
