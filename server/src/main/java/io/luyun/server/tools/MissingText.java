package io.luyun.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.journal.Missing;
import java.util.List;

/** What is known to be missing, as JSON. */
final class MissingText {
    private MissingText() {}

    static ArrayNode json(final List<Missing> missing) {
        final ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (final Missing entry : missing) {
            final ObjectNode node = array.addObject()
                    .put("firstSequence", entry.firstSequence())
                    .put("lastSequence", entry.lastSequence())
                    .put("records", entry.records())
                    .put("file", entry.file())
                    .put("noted", entry.noted().toString());
            switch (entry.cause()) {
                case Missing.Damaged damaged ->
                    node.put("reason", "damaged")
                            .put("offset", damaged.offset())
                            .put("finding", damaged.finding());
                case Missing.Unsynced unsynced -> node.put("reason", "unsynced").put("offset", unsynced.offset());
                case Missing.Retired retired -> {
                    final ArrayNode classes = node.put("reason", "retired").putArray("classes");
                    retired.classes().forEach(classes::add);
                    node.put("bytes", retired.bytes());
                }
            }
        }
        return array;
    }
}
