package io.luyun.server.exchange.table;

import io.luyun.proto.codec.WireCursor;
import io.luyun.proto.v1.Alert;
import io.luyun.server.research.Records;

/** Rows out of alerts, with how long after its newest cause each step was decided. One thread. */
final class AlertRows implements RowSource {
    private static final int PLAIN = Alert.CAUSE_SEQUENCES_FIELD_NUMBER << 3 | 1;
    private static final int PACKED = Alert.CAUSE_SEQUENCES_FIELD_NUMBER << 3 | 2;

    private final RowSource steps;
    private final ReceiveTimes received;
    private final int latency;
    private final WireCursor cursor = new WireCursor();

    /**
     * @param steps makes the row
     * @param received when the last records came in
     * @param latency where the latency goes, ns
     */
    AlertRows(final RowSource steps, final ReceiveTimes received, final int latency) {
        this.steps = steps;
        this.received = received;
        this.latency = latency;
    }

    @Override
    public int add(final Records record, final RecordHead head, final Rows rows) {
        final int added = steps.add(record, head, rows);
        final long newest = newestCause(record);
        final long causedAtNs = received.of(newest);
        if (newest != 0 && causedAtNs != ReceiveTimes.UNKNOWN) {
            rows.put(latency, record.receivedAtNs() - causedAtNs);
        }
        return added;
    }

    /** The causes stand in their list with the newest first; 0 for none. */
    private long newestCause(final Records record) {
        cursor.wrap(record.buffer(), record.payloadOffset(), record.payloadLength());
        int tag;
        while ((tag = cursor.tag()) != 0) {
            if (tag == PLAIN) {
                return cursor.fixed64();
            }
            if (tag == PACKED) {
                cursor.enter();
                return cursor.fixed64();
            }
            cursor.skip(tag);
        }
        return 0;
    }
}
