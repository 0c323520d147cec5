package io.luyun.server.mqtt;

/**
 * One filter of a subscribe.
 *
 * @param filter as given
 * @param qos highest quality wanted, 0 to 2
 */
public record Wish(String filter, int qos) {}
