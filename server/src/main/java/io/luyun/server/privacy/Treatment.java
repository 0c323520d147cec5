package io.luyun.server.privacy;

/** What is done about a field. */
enum Treatment {
    /** Nothing: a number that names nobody. */
    KEEP,
    /** Id of a device; a pseudonym in its place. */
    DEVICE,
    /** Maker, model and software of a device; a pseudonym. */
    AGENT,
    /** Temporary id of who sends the message, 8 octets; a pseudonym. */
    OWN_ID,
    /** Temporary id of another road user, 8 octets; a pseudonym, and not there while that one is where nothing may be seen. */
    OTHERS_ID,
    /** Id of a platoon; a pseudonym. */
    PLATOON,
    /** Number of a road user in the server; a pseudonym. */
    PARTICIPANT,
    /** Number of a session; a pseudonym. */
    SESSION,
    /** Number of an alert; a pseudonym. */
    ALERT,
    /** Boot epoch of a device; a pseudonym. */
    EPOCH,
    /** Number that a unit gave whom it sees, up to 65,535; a pseudonym. */
    SEEN,
    /** Fingerprint of the zone; a pseudonym. */
    ZONE,
    /** Left out without {@link OptIn#TEXT}. */
    TEXT,
    /** Left out without {@link OptIn#RAW}. */
    RAW,
    /** Left out without {@link OptIn#PLATE}. */
    PLATE,
    /** Left out without {@link OptIn#VIN}. */
    VIN,
    /** Point in time, ns since 1970; made coarse. */
    TIME_NS,
    /** Millisecond within the minute; made coarse. */
    MILLI_OF_MINUTE,
    /** Minute within the hour; made coarse. */
    MINUTE_OF_HOUR,
    /** Minute within the year; made coarse. */
    MINUTE_OF_YEAR,
    /** Tenth of a second within the hour, or more than an hour; made coarse. */
    TENTH_OF_HOUR,
    /** How far away or how near in time a place of the road is, or what tells that; left out where places are made coarse. */
    NEARNESS,
    /** A point: without its height, made coarse, looked for in what is redacted. */
    POSITION,
    /** A message to go through. */
    MESSAGE,
    /** Left out whatever it is: not of the schema, not of the form that the schema says, or not asked for. */
    LEFT_OUT
}
