package io.luyun.simulator.traffic;

/** A point on the ground in the integers of the message set: north and east positive, 1e-7 degrees. */
public record GeoPoint(int latE7, int lonE7) {}
