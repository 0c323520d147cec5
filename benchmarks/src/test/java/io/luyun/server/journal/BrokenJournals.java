package io.luyun.server.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Breaks journals from within, as wrong code would: what finds faults has to find these. */
public final class BrokenJournals {
    private BrokenJournals() {}

    /** The writer knows no number of any device any more. */
    public static void forgetNumbers(final Journal journal) {
        try {
            final Field once = JournalWriter.class.getDeclaredField("once");
            once.setAccessible(true);
            once.set(journal.writer(), new OnceTable());
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the last message of the journal once more; false when there is none. */
    public static boolean repeatLast(final Journal journal) {
        try (JournalReader reader = journal.reader(1)) {
            byte[] payload = null;
            long number = 0;
            long epoch = 0;
            int device = 0;
            int kind = 0;
            while (reader.next()) {
                if (reader.kind() < JournalWriter.CONTROL_KINDS) {
                    payload = new byte[reader.payloadLength()];
                    reader.buffer().getBytes(reader.payloadOffset(), payload);
                    number = reader.number();
                    epoch = reader.bootEpoch();
                    device = reader.deviceIndex();
                    kind = reader.kind();
                }
            }
            if (payload == null) {
                return false;
            }
            final Method write = JournalWriter.class.getDeclaredMethod(
                    "write",
                    int.class,
                    int.class,
                    long.class,
                    long.class,
                    long.class,
                    DirectBuffer.class,
                    int.class,
                    int.class);
            write.setAccessible(true);
            final DirectBuffer buffer = new UnsafeBuffer(payload);
            return (boolean) write.invoke(journal.writer(), kind, device, number, epoch, 0L, buffer, 0, payload.length);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives every frame of a file the checksum that fits it, whatever is in it: as if nobody looked at checksums. */
    public static void seal(final Path file) {
        try {
            final byte[] bytes = Files.readAllBytes(file);
            final ByteBuffer data = ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.LITTLE_ENDIAN);
            data.put(bytes).clear();
            final CRC32C crc = new CRC32C();
            for (int at = 0; at + Frame.HEADER_LENGTH < bytes.length; at += 4) {
                if (data.getInt(at) == Frame.MAGIC) {
                    final int length = data.getInt(at + Frame.LENGTH_OFFSET);
                    if (length >= 0 && length <= Frame.PAYLOAD_MAX && at + Frame.frameLength(length) <= bytes.length) {
                        final int sum = Frame.checksum(crc, data, at, length, at);
                        data.putInt(at + Frame.frameLength(length) - Frame.CRC_LENGTH, sum);
                    }
                }
            }
            data.get(0, bytes);
            Files.write(file, bytes);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
