package io.luyun.server.journal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a file of whole records that stand one behind the other, each with a checksum of its own bytes alone, as {@code
 * journal cat --output raw} writes them. One thread; closed by whoever opened it.
 */
public final class RawFrames implements AutoCloseable {
    private final InputStream in;
    private final CRC32C crc = new CRC32C();
    private byte[] bytes = new byte[1 << 12];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private long offset;
    private int length;

    /** Opens a file. */
    public RawFrames(final Path file) throws IOException {
        in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    /**
     * Goes to the next record; false at the end of the file.
     *
     * @throws JournalException when what follows is no record, or not what its checksum says
     */
    public boolean next() throws IOException {
        offset += length;
        length = 0;
        final int read = in.readNBytes(bytes, 0, Frame.HEADER_LENGTH);
        if (read == 0) {
            return false;
        }
        final int payload = buffer.getInt(Frame.LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (read < Frame.HEADER_LENGTH
                || buffer.getInt(Frame.MAGIC_OFFSET, ByteOrder.LITTLE_ENDIAN) != Frame.MAGIC
                || payload < 0
                || payload > Frame.PAYLOAD_MAX) {
            throw new JournalException("octet " + offset + ": is not the beginning of a record");
        }
        final int whole = Frame.frameLength(payload);
        if (bytes.length < whole) {
            bytes = Arrays.copyOf(bytes, whole);
            buffer.wrap(bytes);
        }
        if (in.readNBytes(bytes, read, whole - read) < whole - read) {
            throw new JournalException("octet " + offset + ": the file ends within a record");
        }
        crc.reset();
        crc.update(ByteBuffer.wrap(bytes, 0, whole - Frame.CRC_LENGTH));
        if (buffer.getInt(whole - Frame.CRC_LENGTH, ByteOrder.LITTLE_ENDIAN) != (int) crc.getValue()) {
            throw new JournalException("octet " + offset + ": a record with a wrong checksum");
        }
        length = whole;
        return true;
    }

    /** Where in the file the record begins. */
    public long offset() {
        return offset;
    }

    /** How long the whole record is. */
    public int recordLength() {
        return length;
    }

    /** Its sequence. */
    public long sequence() {
        return buffer.getLong(Frame.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** Its receive time, ns since 1970. */
    public long receivedAtNs() {
        return buffer.getLong(Frame.TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** The device's number of the message. */
    public long number() {
        return buffer.getLong(Frame.NUMBER_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** Boot epoch of the number. */
    public long bootEpoch() {
        return buffer.getLong(Frame.EPOCH_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** The device, or -1. */
    public int deviceIndex() {
        return buffer.getInt(Frame.DEVICE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** Its kind, a number of RecordKind. */
    public int kind() {
        return buffer.getShort(Frame.KIND_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /** The bytes of the record from its header on; valid until the next call of next(). */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Where the payload begins. */
    public int payloadOffset() {
        return Frame.HEADER_LENGTH;
    }

    /** How long it is. */
    public int payloadLength() {
        return buffer.getInt(Frame.LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
