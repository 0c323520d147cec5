package io.luyun.server.exchange.table;

import io.luyun.server.journal.Damage;
import io.luyun.server.research.Records;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Records out of a list. */
final class ListedRecords implements Records {
    @SuppressWarnings("ArrayRecordComponent") // as read, and compared by nobody
    record Entry(
            long sequence, long receivedAtNs, int kind, String device, long number, long bootEpoch, byte[] payload) {}

    private final List<Entry> entries = new ArrayList<>();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[0]);
    private int at = -1;

    void add(final int kind, final String device, final long receivedAtNs, final byte[] payload) {
        final long sequence = entries.size() + 1L;
        final boolean message = kind < CONTROL_KINDS;
        entries.add(
                new Entry(sequence, receivedAtNs, kind, device, message ? 7 * sequence : 0, message ? 99 : 0, payload));
    }

    List<Entry> entries() {
        return entries;
    }

    Entry entry() {
        return entries.get(at);
    }

    @Override
    public boolean next() {
        if (at + 1 == entries.size()) {
            return false;
        }
        at++;
        // behind something else, as in a file
        final byte[] shifted = new byte[entry().payload.length + 13];
        System.arraycopy(entry().payload, 0, shifted, 5, entry().payload.length);
        buffer.wrap(shifted);
        return true;
    }

    @Override
    public long sequence() {
        return entry().sequence;
    }

    @Override
    public long receivedAtNs() {
        return entry().receivedAtNs;
    }

    @Override
    public int kind() {
        return entry().kind;
    }

    @Override
    public String deviceId() {
        return entry().device;
    }

    @Override
    public long number() {
        return entry().number;
    }

    @Override
    public long bootEpoch() {
        return entry().bootEpoch;
    }

    @Override
    public DirectBuffer buffer() {
        return buffer;
    }

    @Override
    public int payloadOffset() {
        return 5;
    }

    @Override
    public int payloadLength() {
        return entry().payload.length;
    }

    @Override
    public List<Damage> damage() {
        return List.of();
    }

    @Override
    public void close() {}
}
