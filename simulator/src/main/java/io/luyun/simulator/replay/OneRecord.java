package io.luyun.simulator.replay;

import io.luyun.server.journal.Damage;
import io.luyun.server.research.Records;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A message as it is sent, looked at as a record. One object for many; one thread. */
final class OneRecord implements Records {
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private String device = "";
    private int kind;
    private long sequence;
    private long atNs;

    OneRecord of(
            final String newDevice,
            final int newKind,
            final byte[] message,
            final long newSequence,
            final long newAtNs) {
        device = newDevice;
        kind = newKind;
        sequence = newSequence;
        atNs = newAtNs;
        buffer.wrap(message);
        return this;
    }

    @Override
    public boolean next() {
        return false;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long receivedAtNs() {
        return atNs;
    }

    @Override
    public int kind() {
        return kind;
    }

    @Override
    public String deviceId() {
        return device;
    }

    /** It is numbered anew by whoever takes it. */
    @Override
    public long number() {
        return 0;
    }

    @Override
    public long bootEpoch() {
        return 0;
    }

    @Override
    public DirectBuffer buffer() {
        return buffer;
    }

    @Override
    public int payloadOffset() {
        return 0;
    }

    @Override
    public int payloadLength() {
        return buffer.capacity();
    }

    @Override
    public List<Damage> damage() {
        return List.of();
    }

    @Override
    public void close() {
        // nothing is held
    }
}
