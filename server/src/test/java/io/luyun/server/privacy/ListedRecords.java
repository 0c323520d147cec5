package io.luyun.server.privacy;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.luyun.server.journal.Damage;
import io.luyun.server.research.Records;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Records out of a list, each at its offset in a buffer of its own. */
final class ListedRecords implements Records {
    private static final int OFFSET = 5;

    record Item(int kind, String device, long receivedAtNs, ByteString payload) {}

    private final List<Item> items = new ArrayList<>();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[0]);
    private int at = -1;

    ListedRecords add(final int kind, final String device, final long receivedAtNs, final MessageLite message) {
        items.add(new Item(kind, device, receivedAtNs, message.toByteString()));
        return this;
    }

    ListedRecords add(final Item item) {
        items.add(item);
        return this;
    }

    @Override
    public boolean next() {
        if (++at >= items.size()) {
            return false;
        }
        final byte[] bytes = new byte[OFFSET + items.get(at).payload.size()];
        items.get(at).payload.copyTo(bytes, OFFSET);
        buffer.wrap(bytes);
        return true;
    }

    @Override
    public long sequence() {
        return at + 1L;
    }

    @Override
    public long receivedAtNs() {
        return items.get(at).receivedAtNs;
    }

    @Override
    public int kind() {
        return items.get(at).kind;
    }

    @Override
    public String deviceId() {
        return items.get(at).device;
    }

    @Override
    public long number() {
        return at + 1L;
    }

    @Override
    public long bootEpoch() {
        return 4_711;
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
        return items.get(at).payload.size();
    }

    @Override
    public List<Damage> damage() {
        return List.of();
    }

    @Override
    public void close() {}
}
