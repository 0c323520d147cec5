package io.luyun.server.research;

import io.luyun.server.journal.JournalReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Writes records whole, as they stand in their file, one behind the other, but for the checksum: in the file the place of the record
 * is mixed into it, here it is the CRC-32C of all before it and no more. One thread.
 */
public final class RawRecords implements RecordPrinter {
    private static final int CRC_LENGTH = 4;

    private final CRC32C crc = new CRC32C();
    private byte[] frame = new byte[1 << 12];

    @Override
    public void print(final TextBytes out, final Records record) {
        final JournalReader stored = record.stored();
        if (stored == null) {
            throw new IllegalStateException("record " + record.sequence() + " does not stand in a file");
        }
        final int length = stored.recordLength();
        if (frame.length < length) {
            frame = new byte[length];
        }
        stored.buffer().getBytes(stored.recordOffset(), frame, 0, length - CRC_LENGTH);
        crc.reset();
        crc.update(frame, 0, length - CRC_LENGTH);
        ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).putInt(length - CRC_LENGTH, (int) crc.getValue());
        out.put(frame, length);
    }
}
