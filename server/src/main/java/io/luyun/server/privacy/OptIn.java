package io.luyun.server.privacy;

/** What is left out unless it is asked for by name. */
public enum OptIn {
    /** Heights of all positions. */
    ELEVATION,
    /** Number plates, where a field, a text or an id is one. */
    PLATE,
    /** Vehicle identification numbers, likewise. */
    VIN,
    /** Free texts: descriptions of events, names of roads and signals, remarks. */
    TEXT,
    /** Octets nobody can vouch for: raw messages with their topics, TEST, RTCM; texts too. */
    RAW
}
