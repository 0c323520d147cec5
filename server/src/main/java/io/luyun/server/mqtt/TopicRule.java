package io.luyun.server.mqtt;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one topic is for: a row of the table.
 *
 * @param family name of its family
 * @param template the topic with {id} where the device's id stands, or without
 * @param up whether the device publishes to it; otherwise it subscribes to it
 * @param form how its payload is written
 * @param content what a JSON payload is: a name {@code io.luyun.proto.json.RoadsideJson} knows
 * @param carries what goes down on it: names of message kinds, ALERT, CROSSING, ARRIVAL, CONFIG, QUERY
 * @param ack whether the other side may ask for an acknowledgement on the same topic with /ack
 */
record TopicRule(
        String family, String template, boolean up, Form form, String content, Set<String> carries, boolean ack) {
    static final String ACK_SUFFIX = "/ack";

    private static final String ID = "{id}";

    /** How a payload is written. */
    enum Form {
        /** The canonical {@code Message}, without number. */
        MESSAGE,
        /** Alerts as {@code AlertDelivery}. */
        ALERT,
        /** One UPER MessageFrame. */
        FRAME,
        /** The envelope of deployed units around one frame. */
        ENVELOPE,
        /** The same with a count of frames. */
        ENVELOPES,
        /** One UPER MessageFrame of phase II with a VPM: handed on, and only the canonical message kept. */
        PAYMENT,
        /** JSON. */
        JSON,
        /** Kept, or handed on, as it is. */
        RAW,
        /** The device's acknowledgement of what went down. */
        ACK
    }

    String topic(final String deviceId) {
        return template.replace(ID, deviceId);
    }

    String prefix() {
        final int at = template.indexOf(ID);
        return at < 0 ? template : template.substring(0, at);
    }

    /** What follows the id; null when there is no id. */
    @Nullable
    String suffix() {
        final int at = template.indexOf(ID);
        return at < 0 ? null : template.substring(at + ID.length());
    }
}
