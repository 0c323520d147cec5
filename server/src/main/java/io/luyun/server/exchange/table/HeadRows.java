package io.luyun.server.exchange.table;

import io.luyun.proto.codec.MessageCount;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.exchange.table.Column.Form;
import io.luyun.server.research.Records;
import java.util.Set;

/** A row for each message of a device, of whatever kind: who sent it, when it came, how long it is. One thread. */
final class HeadRows implements RowSource {
    private final TableSchema schema;
    private final int sequence;
    private final int receivedAt;
    private final int kind;
    private final int device;
    private final int number;
    private final int bootEpoch;
    private final int sentAt;
    private final int msgCnt;
    private final int bytes;

    HeadRows(final String table, final String row) {
        final TableCompiler columns = new TableCompiler(Set.of());
        sequence = columns.column("sequence", Form.BIGINT, SiScale.NONE, null, Tables.SEQUENCE, "");
        receivedAt = columns.column("received_at", Form.TIMESTAMP, SiScale.NONE, null, Tables.RECEIVED_AT, "");
        kind = columns.column(
                "kind",
                Form.NAME,
                SiScale.NONE,
                Names.of(RecordKind.getDescriptor()),
                "the record's kind of message",
                "");
        device = columns.column("device", Form.TEXT, SiScale.NONE, null, Tables.DEVICE, "");
        number = columns.column("number", Form.BIGINT, SiScale.NONE, null, Tables.NUMBER, "");
        bootEpoch = columns.column("boot_epoch", Form.BIGINT, SiScale.NONE, null, Tables.BOOT_EPOCH, "");
        sentAt = columns.column("sent_at", Form.TIMESTAMP, SiScale.NONE, null, Tables.SENT_AT, "");
        msgCnt = columns.column("msg_cnt", Form.INTEGER, SiScale.NONE, null, "msg_cnt", "count");
        bytes = columns.column("bytes", Form.INTEGER, SiScale.NONE, null, "length of the message", "byte");
        schema = columns.schema(table, row);
    }

    TableSchema schema() {
        return schema;
    }

    @Override
    public int add(final Records record, final RecordHead head, final Rows rows) {
        rows.next();
        rows.put(sequence, record.sequence());
        rows.put(receivedAt, record.receivedAtNs());
        rows.put(kind, record.kind());
        head.putDevice(rows, device);
        rows.put(number, record.number());
        rows.put(bootEpoch, record.bootEpoch());
        head.putSentAt(rows, sentAt);
        // field 1 of a raw message is a text
        final int count = record.kind() == RecordKind.RECORD_KIND_RAW_VALUE
                ? MessageCount.ABSENT
                : MessageCount.msgCnt(record.buffer(), record.payloadOffset(), record.payloadLength());
        if (count != MessageCount.ABSENT) {
            rows.put(msgCnt, count);
        }
        rows.put(bytes, record.payloadLength());
        return 1;
    }
}
