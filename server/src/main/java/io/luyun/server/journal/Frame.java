package io.luyun.server.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Layout of a record, little-endian, inside one document of a Chronicle file.
 *
 * <pre>
 *  0        4        8          16         24         32         40       44     46      48
 *  +--------+--------+----------+----------+----------+----------+--------+------+-------+---//----+-----+--------+
 *  | magic  | length | sequence | time ns  | number   | boot     | device | kind |  lag  | payload | 0-3 | CRC32C |
 *  |        | payload|          |          |          | epoch    |        |      |       |         | pad |        |
 *  +--------+--------+----------+----------+----------+----------+--------+------+-------+---//----+-----+--------+
 * </pre>
 *
 * The checksum covers everything before it and, mixed in, the place of the frame in its file, so that neither a block
 * written to a wrong place nor a frame inside a payload passes for a record. A record says by itself whose message it
 * is (device, boot epoch, number): no other record is needed to tell a duplicate. Its lag says how many records the last
 * sync was behind when it was written: what it proves to have been synced by then tells a loss that a power cut may cause
 * from one that it must not ({@link Recovery}).
 */
final class Frame {
    static final int MAGIC = 0x314A_594C; // "LYJ1"
    static final int MAGIC_OFFSET = 0;
    static final int LENGTH_OFFSET = 4;
    static final int SEQUENCE_OFFSET = 8;
    static final int TIME_OFFSET = 16;
    static final int NUMBER_OFFSET = 24;
    static final int EPOCH_OFFSET = 32;
    static final int DEVICE_OFFSET = 40;
    static final int KIND_OFFSET = 44;
    static final int LAG_OFFSET = 46;
    static final int HEADER_LENGTH = 48;
    static final int CRC_LENGTH = 4;

    /** Longest payload; well below what Chronicle maps beyond the end of a block of 1 MiB. */
    static final int PAYLOAD_MAX = 128 * 1024;

    static final int FRAME_MAX = HEADER_LENGTH + PAYLOAD_MAX + CRC_LENGTH;

    /** So far behind or more: nothing is said of what has been synced. */
    private static final int LAG_MAX = 0xFFFF;

    private Frame() {}

    /** The lag of a record that is written when records up to the other sequence have been synced. */
    static int lag(final long sequence, final long synced) {
        return (int) Math.min(sequence - synced, LAG_MAX);
    }

    /**
     * Up to which sequence records had been synced when this one was written, as it says; 0 when it does not. Records written
     * before there was a lag have 0: all before them counts as synced.
     */
    static long synced(final long sequence, final int lag) {
        return lag == LAG_MAX ? 0 : sequence - Math.max(1, lag);
    }

    static int padded(final int payloadLength) {
        return (payloadLength + 3) & ~3;
    }

    static int frameLength(final int payloadLength) {
        return HEADER_LENGTH + padded(payloadLength) + CRC_LENGTH;
    }

    /** Writes the header; the checksum comes when the place is known. */
    static void header(
            final MutableDirectBuffer frame,
            final int payloadLength,
            final long sequence,
            final long timeNs,
            final long number,
            final long bootEpoch,
            final int device,
            final int kind,
            final int lag) {
        frame.putInt(MAGIC_OFFSET, MAGIC);
        frame.putInt(LENGTH_OFFSET, payloadLength);
        frame.putLong(SEQUENCE_OFFSET, sequence);
        frame.putLong(TIME_OFFSET, timeNs);
        frame.putLong(NUMBER_OFFSET, number);
        frame.putLong(EPOCH_OFFSET, bootEpoch);
        frame.putInt(DEVICE_OFFSET, device);
        frame.putShort(KIND_OFFSET, (short) kind);
        frame.putShort(LAG_OFFSET, (short) lag);
    }

    static void payload(
            final MutableDirectBuffer frame, final DirectBuffer buffer, final int offset, final int length) {
        frame.putBytes(HEADER_LENGTH, buffer, offset, length);
        for (int i = HEADER_LENGTH + length; i < HEADER_LENGTH + padded(length); i++) {
            frame.putByte(i, (byte) 0);
        }
    }

    /** The checksum of a frame that lies at this position of its file and at this index of a buffer. */
    static int checksum(
            final CRC32C crc, final ByteBuffer buffer, final int index, final int payloadLength, final long position) {
        final int end = index + HEADER_LENGTH + padded(payloadLength);
        crc.reset();
        buffer.limit(end).position(index);
        crc.update(buffer);
        buffer.clear();
        return (int) crc.getValue() ^ place(position);
    }

    private static int place(final long position) {
        return (int) ((position * 0x9E37_79B9_7F4A_7C15L) >>> 32);
    }
}
