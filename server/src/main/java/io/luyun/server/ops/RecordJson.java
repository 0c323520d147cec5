package io.luyun.server.ops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.ops.history.Decoded;
import io.luyun.server.ops.history.JournalIndex;
import io.luyun.server.ops.history.Past;

/** A record of the journal as the page is told it. */
final class RecordJson {
    private static final String PREFIX = "RECORD_KIND_";

    private RecordJson() {}

    static ObjectNode of(final Past record, final JournalIndex index) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("sequence", Long.toUnsignedString(record.sequence()));
        json.put("at", AlertJson.time(record.atNs()));
        final RecordKind kind = RecordKind.forNumber(record.kind());
        json.put(
                "kind",
                kind == null ? Integer.toString(record.kind()) : kind.name().substring(PREFIX.length()));
        if (record.deviceIndex() >= 0) {
            json.put("device", index.deviceName(record.deviceIndex()));
        }
        json.set("fields", Decoded.of(record.kind(), record.payload()));
        return json;
    }
}
