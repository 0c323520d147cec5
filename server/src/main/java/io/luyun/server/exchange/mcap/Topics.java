package io.luyun.server.exchange.mcap;

import java.util.HashMap;
import java.util.Map;

/** The topics of Foxglove's own messages, each begun when it is first written to. One thread. */
final class Topics {
    private static final String FRAME = "zone";

    private final McapWriter writer;
    private final byte[] descriptors = FoxgloveSchemas.descriptors();
    private final Map<String, Integer> schemas = new HashMap<>();
    private final Map<String, Integer> channels = new HashMap<>();

    Topics(final McapWriter writer) {
        this.writer = writer;
    }

    /** The channel of a topic. */
    int channel(final String topic, final String schema) {
        final Integer known = channels.get(topic);
        if (known != null) {
            return known;
        }
        final int id = writer.channel(
                schemas.computeIfAbsent(schema, name -> writer.schema(name, descriptors)), topic, Map.of());
        channels.put(topic, id);
        return id;
    }

    /** The frame of the scene: x metres to the east, y to the north. */
    static String frame() {
        return FRAME;
    }

    /** Writes a message as a whole. */
    void write(
            final String topic,
            final String schema,
            final long sequence,
            final long logNs,
            final long publishNs,
            final Octets content) {
        final int begun = writer.begin(channel(topic, schema), sequence, logNs, publishNs);
        writer.content().bytes(content.array(), 0, content.length());
        writer.end(begun);
    }
}
