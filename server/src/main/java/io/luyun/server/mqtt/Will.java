package io.luyun.server.mqtt;

/**
 * What a device wants kept when its connection breaks.
 *
 * @param topic one of the topics it may publish to
 * @param payload as given
 * @param delaySeconds how long to wait for it to come back
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Will(String topic, byte[] payload, long delaySeconds) {}
