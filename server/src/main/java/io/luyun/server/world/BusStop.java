package io.luyun.server.world;

/**
 * A bus stop in the rightmost lane of a link.
 *
 * @param index place among {@link World#busStops}
 * @param name its name; unique in a zone
 * @param link the link
 * @param alongMetres way from the link's begin
 * @param x where its post stands on the zone's plane, metres to the east
 * @param y metres to the north
 */
public record BusStop(int index, String name, Link link, double alongMetres, double x, double y) {}
