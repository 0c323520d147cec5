package io.luyun.server.exchange.table;

import io.luyun.proto.codec.MessageClock;
import io.luyun.server.research.Records;
import io.luyun.server.research.RoadUsers;
import java.util.HashMap;
import java.util.Map;

/** What all rows of a record have in common, read once for all tables. One thread. */
final class RecordHead {
    /** Nobody sent it, or it does not tell when. */
    static final long NONE = Long.MIN_VALUE;

    private final Map<String, Integer> senders = new HashMap<>();
    private String device = "";
    private int sender;
    private long sentAtNs;

    /** Looks at the record that a row of records stands at. */
    void of(final Records record) {
        device = record.deviceId();
        sender = device.isEmpty() ? -1 : senders.computeIfAbsent(device, _ -> senders.size());
        final int mark = record.kind() < Records.CONTROL_KINDS
                ? MessageClock.secMark(record.kind(), record.buffer(), record.payloadOffset(), record.payloadLength())
                : MessageClock.ABSENT;
        sentAtNs = mark == MessageClock.ABSENT ? NONE : RoadUsers.atNs(record.receivedAtNs(), mark);
    }

    /** Number of the device, from 0 on in the order in which they come; -1 for none. */
    int sender() {
        return sender;
    }

    /** When it was sent by the clock of the device, ns since 1970; NONE where it does not tell. */
    long sentAtNs() {
        return sentAtNs;
    }

    /** Puts the device into a column of texts. */
    void putDevice(final ColumnBuffer column, final int row) {
        if (sender >= 0) {
            column.put(row, column.texts().number(sender, device));
        }
    }

    /** Puts the time at which it was sent into a column. */
    void putSentAt(final ColumnBuffer column, final int row) {
        if (sentAtNs != NONE) {
            column.put(row, sentAtNs);
        }
    }
}
