package io.luyun.server.research;

import com.google.protobuf.MessageLite;
import io.luyun.server.journal.Damage;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Records out of a list, in place of a journal. */
public final class ListedRecords implements Records {
    /** Boot epoch of all messages. */
    public static final long BOOT_EPOCH = 4_711;

    private static final int OFFSET = 5;
    private static final int BEHIND = 8;

    /** A record. */
    @SuppressWarnings("ArrayRecordComponent") // as read, and compared by nobody
    public record Entry(
            long sequence, long receivedAtNs, int kind, String device, long number, long bootEpoch, byte[] payload) {}

    private final List<Entry> entries = new ArrayList<>();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[0]);
    private int at = -1;

    /** Adds a record; the sequences count from 1, the numbers of messages by sevens. */
    public ListedRecords add(final int kind, final String device, final long receivedAtNs, final byte[] payload) {
        final long sequence = entries.size() + 1L;
        final boolean message = kind < CONTROL_KINDS;
        entries.add(new Entry(
                sequence, receivedAtNs, kind, device, message ? 7 * sequence : 0, message ? BOOT_EPOCH : 0, payload));
        return this;
    }

    /** The same of a message. */
    public ListedRecords add(final int kind, final String device, final long receivedAtNs, final MessageLite payload) {
        return add(kind, device, receivedAtNs, payload.toByteArray());
    }

    /** Goes back before the first. */
    public void rewind() {
        at = -1;
    }

    /** All of them. */
    public List<Entry> entries() {
        return entries;
    }

    private Entry entry() {
        return entries.get(at);
    }

    @Override
    public boolean next() {
        if (at + 1 == entries.size()) {
            return false;
        }
        at++;
        // behind something else, as in a file
        final byte[] shifted = new byte[OFFSET + entry().payload.length + BEHIND];
        System.arraycopy(entry().payload, 0, shifted, OFFSET, entry().payload.length);
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
        return OFFSET;
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
