package io.luyun.server.exchange.mcap;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Unpacks chunks, one at a time. What a chunk says of its lengths is believed only within bounds: nothing larger than {@link #MOST}
 * is ever set aside. One thread.
 */
final class ChunkReader {
    /** Longest chunk that is read, packed or not, octets. */
    static final int MOST = 64 << 20;

    private static final int TIMES = 2 * Long.BYTES;
    private static final int HEAD = TIMES + Long.BYTES + 2 * Integer.BYTES;
    private static final int LONGEST_NAME = 32;

    private final CRC32 crc = new CRC32();
    private final OctetReader octets = new OctetReader();
    private byte[] packed = new byte[1 << 16];
    private byte[] records = new byte[1 << 16];
    private int length;

    /** The records; another array after the next chunk. */
    byte[] records() {
        return records;
    }

    /** Octets of them. */
    int length() {
        return length;
    }

    /**
     * Reads a chunk, all of it.
     *
     * @param content octets of its record
     * @throws McapException why it cannot be read; the file then stands behind it
     */
    void read(final McapInput in, final long content) throws IOException {
        length = 0;
        final long end = in.position() + content;
        try {
            unpack(in, content);
        } finally {
            in.skip(end - in.position());
        }
    }

    private void unpack(final McapInput in, final long content) throws IOException {
        if (content < HEAD) {
            throw new McapException("a chunk of " + content + " octets");
        }
        in.read(room(packed, HEAD), HEAD);
        octets.on(packed, 0, HEAD).skip(TIMES);
        final long size = octets.u64();
        final int checksum = octets.u32();
        final int nameLength = octets.u32();
        if (nameLength < 0 || nameLength > LONGEST_NAME || content < HEAD + nameLength + Long.BYTES) {
            throw new McapException("a compression with a name of " + Integer.toUnsignedString(nameLength) + " octets");
        }
        final int tail = nameLength + Long.BYTES;
        in.read(packed, tail);
        final String compression = new String(packed, 0, nameLength, java.nio.charset.StandardCharsets.UTF_8);
        octets.on(packed, nameLength, Long.BYTES);
        final long packedSize = octets.u64();
        if (packedSize != content - HEAD - tail) {
            throw new McapException("a chunk of " + content + " octets that says it has "
                    + Long.toUnsignedString(packedSize) + " of records");
        }
        if (size < 0 || size > MOST || packedSize > MOST) {
            throw new McapException("a chunk of " + Long.toUnsignedString(size) + " octets, packed "
                    + Long.toUnsignedString(packedSize) + "; at most " + MOST + " are read");
        }
        packed = room(packed, (int) packedSize);
        in.read(packed, (int) packedSize);
        unpack(compression, (int) packedSize, (int) size);
        crc.reset();
        crc.update(records, 0, (int) size);
        if (checksum != 0 && checksum != (int) crc.getValue()) {
            throw new McapException("a chunk with a wrong checksum");
        }
        length = (int) size;
    }

    private void unpack(final String compression, final int packedSize, final int size) throws McapException {
        switch (compression) {
            case "" -> {
                if (packedSize != size) {
                    throw new McapException("a chunk of " + size + " octets in " + packedSize);
                }
                records = room(records, size);
                System.arraycopy(packed, 0, records, 0, size);
            }
            case "zstd" -> {
                // what the frame says is checked before anything is set aside
                final long told = Zstd.getFrameContentSize(packed, 0, packedSize);
                if (told > 0 && told != size) {
                    throw new McapException("a chunk of " + size + " octets that unpacks to " + told);
                }
                records = room(records, size);
                try {
                    final long got = Zstd.decompressByteArray(records, 0, size, packed, 0, packedSize);
                    if (Zstd.isError(got) || got != size) {
                        throw new McapException("a chunk that does not unpack");
                    }
                } catch (final ZstdException e) {
                    throw new McapException("a chunk that does not unpack: " + e.getMessage());
                }
            }
            default ->
                throw new McapException("compression " + compression
                        + ", which is not read here; mcap compress --compression zstd makes it one that is");
        }
    }

    private static byte[] room(final byte[] array, final int count) {
        return count <= array.length ? array : Arrays.copyOf(array, Math.clamp(2L * array.length, count, MOST));
    }
}
