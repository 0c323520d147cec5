package io.luyun.benchmarks.peers;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reports that hold nothing but vehicle and number. */
final class NumberedReports implements Reports {
    private static final int BYTES = 120;

    private final byte[] frame = new byte[BYTES];
    private long number;

    @Override
    public void next(final int vehicle, final long epochNs, final boolean tooFast) {
        ByteBuffer.wrap(frame).putInt(vehicle).putLong(++number);
    }

    @Override
    public byte[] frame() {
        return frame;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public int kind() {
        return 0;
    }

    @Override
    public DirectBuffer body() {
        return new UnsafeBuffer(frame);
    }

    @Override
    public int bodyOffset() {
        return 0;
    }

    @Override
    public int bodyLength() {
        return frame.length;
    }

    @Override
    public int vehicleIn(final byte[] of) {
        return ByteBuffer.wrap(of).getInt();
    }

    @Override
    public long numberIn(final byte[] of) {
        return ByteBuffer.wrap(of).getLong(Integer.BYTES);
    }
}
