package io.luyun.server.live;

import java.util.Arrays;

/** Room for a frame, shared by all views of a thread: a frame is handed on before the next one is written. */
final class FrameBytes {
    private static final int FIRST = 4_096;

    private byte[] bytes = new byte[FIRST];

    /** Room of at least this length; what stands there stays. */
    byte[] atLeast(final int length) {
        if (bytes.length < length) {
            bytes = Arrays.copyOf(bytes, Math.max(length, bytes.length * 2));
        }
        return bytes;
    }

    byte[] bytes() {
        return bytes;
    }
}
