package io.luyun.simulator.script;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * All messages of one step, encoded, by device. Filled by the thread that steps the traffic, then read by the loops; the
 * feed sees to it that these times do not overlap.
 */
public final class StepFrames {
    private static final int FIRST_MESSAGES = 256;
    private static final int FIRST_BYTES = 64 << 10;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FIRST_BYTES]);
    private byte[] bytes = buffer.byteArray();
    private int[] firstOfDevice = new int[FIRST_MESSAGES];
    private int[] kinds = new int[FIRST_MESSAGES];
    private int[] offsets = new int[FIRST_MESSAGES + 1];
    private int devices;
    private int messages;

    /** Begins a step. */
    public void clear() {
        devices = 0;
        messages = 0;
        offsets[0] = 0;
    }

    /** Messages added from here on are the next device's. */
    public void nextDevice() {
        if (devices + 2 > firstOfDevice.length) {
            firstOfDevice = Arrays.copyOf(firstOfDevice, firstOfDevice.length * 2);
        }
        firstOfDevice[devices++] = messages;
        firstOfDevice[devices] = messages;
    }

    /** Adds a message of the device at hand, by the number of its MessageKind. */
    public void add(final int kind, final MessageLite message) {
        final int size = message.getSerializedSize();
        final int offset = room(size);
        final CodedOutputStream out = CodedOutputStream.newInstance(bytes, offset, size);
        try {
            message.writeTo(out);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        added(kind, size);
    }

    /** The same of one that is encoded already. */
    public void add(final int kind, final byte[] message) {
        final int offset = room(message.length);
        System.arraycopy(message, 0, bytes, offset, message.length);
        added(kind, message.length);
    }

    /** Makes room for a message; where it goes. */
    private int room(final int size) {
        final int offset = offsets[messages];
        if (messages == kinds.length) {
            kinds = Arrays.copyOf(kinds, messages * 2);
            offsets = Arrays.copyOf(offsets, messages * 2 + 1);
        }
        if (offset + size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, offset + size));
            buffer.wrap(bytes);
        }
        return offset;
    }

    private void added(final int kind, final int size) {
        kinds[messages++] = kind;
        offsets[messages] = offsets[messages - 1] + size;
        firstOfDevice[devices] = messages;
    }

    /** Number of devices so far. */
    public int devices() {
        return devices;
    }

    /** Number of messages so far. */
    public int messages() {
        return messages;
    }

    /** First message of a device; its last is before the first of the next one. */
    public int first(final int device) {
        return firstOfDevice[device];
    }

    /** Number of a message's MessageKind. */
    public int kind(final int message) {
        return kinds[message];
    }

    /** What the messages lie in. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Where a message begins. */
    public int offset(final int message) {
        return offsets[message];
    }

    /** Its bytes. */
    public int length(final int message) {
        return offsets[message + 1] - offsets[message];
    }
}
