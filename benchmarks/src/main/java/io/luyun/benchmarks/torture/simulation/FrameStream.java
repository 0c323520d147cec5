package io.luyun.benchmarks.torture.simulation;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.ServerFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.Consumer;

/** Frames out of octets that come in any pieces, as a device reads them. */
final class FrameStream {
    private static final int VALUE = 0x7F;
    private static final int BITS = 7;

    private byte[] waiting = new byte[0];

    /** Takes octets and hands over the frames that are complete. */
    void take(final byte[] bytes, final Consumer<ServerFrame> sink) {
        final byte[] all = Arrays.copyOf(waiting, waiting.length + bytes.length);
        System.arraycopy(bytes, 0, all, waiting.length, bytes.length);
        int from = 0;
        while (true) {
            int at = from;
            int length = 0;
            int shift = 0;
            boolean complete = false;
            while (at < all.length && !complete) {
                length |= (all[at] & VALUE) << shift;
                shift += BITS;
                complete = all[at++] >= 0;
            }
            if (!complete || all.length - at < length) {
                waiting = Arrays.copyOfRange(all, from, all.length);
                return;
            }
            from = at + length;
            sink.accept(parse(Arrays.copyOfRange(all, at, from)));
        }
    }

    static byte[] delimited(final DeviceFrame frame) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            frame.writeDelimitedTo(out);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static ServerFrame parse(final byte[] bytes) {
        try {
            return ServerFrame.parseFrom(bytes);
        } catch (final InvalidProtocolBufferException e) {
            throw new Violation("the server sent a frame that is none: " + e.getMessage());
        }
    }
}
