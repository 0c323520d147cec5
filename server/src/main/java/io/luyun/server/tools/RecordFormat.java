package io.luyun.server.tools;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.research.RecordCursor;
import java.util.HexFormat;

/** How a record stands in a line. */
enum RecordFormat {
    /** For people. */
    TEXT,
    /** A JSON object a line. */
    NDJSON,
    /** Comma-separated, the payload as JSON in quotes. */
    CSV;

    /** The line before the first record; empty for none. */
    String header() {
        return this == CSV ? "sequence,time,kind,device,number,boot_epoch,payload" : "";
    }

    /**
     * The record a cursor stands at.
     *
     * @param hex the payload's bytes instead of what they say
     */
    String line(final RecordCursor records, final boolean hex) {
        return switch (this) {
            case TEXT -> text(records, hex);
            case NDJSON -> json(records, hex);
            case CSV -> csv(records, hex);
        };
    }

    private static String text(final RecordCursor records, final boolean hex) {
        final JournalReader record = records.record();
        return String.format(
                        "%d %s %s device=%s number=%d %s",
                        record.sequence(),
                        RecordText.time(record.receivedAtNs()),
                        RecordText.kind(record.kind()),
                        records.deviceId().isEmpty() ? "-" : records.deviceId(),
                        record.number(),
                        payload(records, hex))
                .stripTrailing();
    }

    private static String json(final RecordCursor records, final boolean hex) {
        final JournalReader record = records.record();
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("sequence", record.sequence());
        node.put("time", RecordText.time(record.receivedAtNs()));
        node.put("kind", RecordText.kind(record.kind()));
        if (record.deviceIndex() >= 0) {
            node.put("device", records.deviceId());
        }
        if (record.number() != 0) {
            node.put("number", record.number());
            node.put("bootEpoch", record.bootEpoch());
        }
        final byte[] payload = records.payload();
        if (payload.length > 0) {
            if (hex) {
                node.put("payload", HexFormat.of().formatHex(payload));
            } else {
                node.set("payload", RecordText.payload(record.kind(), payload));
            }
        }
        return node.toString();
    }

    private static String csv(final RecordCursor records, final boolean hex) {
        final JournalReader record = records.record();
        return record.sequence() + "," + RecordText.time(record.receivedAtNs()) + "," + RecordText.kind(record.kind())
                + "," + quoted(records.deviceId()) + ","
                + (record.number() == 0 ? "," : record.number() + "," + record.bootEpoch())
                + "," + quoted(payload(records, hex));
    }

    private static String payload(final RecordCursor records, final boolean hex) {
        final byte[] payload = records.payload();
        if (payload.length == 0) {
            return "";
        }
        return hex
                ? HexFormat.of().formatHex(payload)
                : String.valueOf(RecordText.payload(records.record().kind(), payload));
    }

    private static String quoted(final String value) {
        return value.isEmpty() || value.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
                ? value
                : '"' + value.replace("\"", "\"\"") + '"';
    }
}
