/**
 * Road networks of other tools into zone files. Pure: files in, the text of a zone file out; the same files and options
 * give the same bytes.
 *
 * <pre>
 *  .net.xml ─▶ XmlFile ─▶ SumoReader ──────▶ SumoNet ──────▶ SumoZone ──────┐
 *                                                          (ways, signals)  ├─▶ ZoneDraft ─▶ ZoneWriter ─▶ GeoJSON
 *  .xodr ────▶ XmlFile ─▶ OpenDriveReader ─▶ OpenDriveNet ─▶ OpenDriveZone ─┘   (metres)       │
 *                                 (PlanView)             (links, lanes, nodes)           MapProjection
 * </pre>
 *
 * <p>What is wrong in a file ends the import with an {@link io.luyun.server.zone.ImportException} that names file, line,
 * element, attribute, value and rule. What is sound but has no place in a zone is left out and counted in
 * {@link io.luyun.server.zone.ImportNotes}. Nothing here is shared between threads.
 */
@NullMarked
package io.luyun.server.zone;

import org.jspecify.annotations.NullMarked;
