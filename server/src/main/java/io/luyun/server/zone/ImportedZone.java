package io.luyun.server.zone;

/**
 * The outcome of an import.
 *
 * @param text the zone file
 * @param notes what was left out
 */
public record ImportedZone(String text, ImportNotes notes) {}
