package io.luyun.server.mqtt;

/**
 * A message to a device.
 *
 * @param topic where it goes
 * @param payload not to be changed
 * @param qos 0 or 1
 * @param retained whether it is what had been kept for those who come later
 */
@SuppressWarnings("ArrayRecordComponent") // shared by all receivers, never compared
public record Outgoing(String topic, byte[] payload, int qos, boolean retained) {
    private static final int OVERHEAD_BYTES = 16;

    /** Size of its packet at most. */
    int packetBytes() {
        return OVERHEAD_BYTES + 3 * topic.length() + payload.length;
    }
}
