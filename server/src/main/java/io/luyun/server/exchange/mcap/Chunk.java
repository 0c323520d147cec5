package io.luyun.server.exchange.mcap;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The chunk that is being filled: schemas, channels and messages, and where each message lies. Written as a whole, compressed, with
 * its index behind it.
 *
 * <pre>
 *   chunk: first time, last time, octets, CRC32, "zstd", compressed records │ message index of a channel: (time, place) … │ …
 * </pre>
 */
final class Chunk implements AutoCloseable {
    private static final String ZSTD = "zstd";
    private static final int HEAD_ROOM = 128;

    /** Where the messages of a channel lie in the chunk. */
    private static final class Places {
        private long[] timesAndOffsets = new long[64];
        private int used;

        void add(final long time, final long offset) {
            if (used == timesAndOffsets.length) {
                timesAndOffsets = Arrays.copyOf(timesAndOffsets, 2 * used);
            }
            timesAndOffsets[used++] = time;
            timesAndOffsets[used++] = offset;
        }
    }

    private final Octets records;
    private final Octets head = new Octets(HEAD_ROOM);
    private final Octets index = new Octets(1 << 16);
    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private final CRC32 crc = new CRC32();
    private final List<Places> places = new ArrayList<>();
    private byte[] compressed = new byte[0];
    private long firstNs = Long.MAX_VALUE;
    private long lastNs = Long.MIN_VALUE;

    Chunk(final int size, final int level) {
        records = new Octets(size + size / 4);
        zstd.setLevel(level);
    }

    /** What goes into it. */
    Octets records() {
        return records;
    }

    /** Begins a message; what is written behind it is its content. Answers what {@link #endMessage} wants. */
    int beginMessage(final int channel, final long sequence, final long logNs, final long publishNs) {
        while (places.size() <= channel) {
            places.add(new Places());
        }
        places.get(channel).add(logNs, records.length());
        firstNs = Math.min(firstNs, logNs);
        lastNs = Math.max(lastNs, logNs);
        return records.beginMessage(channel, sequence, logNs, publishNs);
    }

    void endMessage(final int begun) {
        records.end(begun);
    }

    /** Writes it and begins anew; adds to what stands in the summary. */
    void write(final McapOutput out, final SpooledIndex summary) throws IOException {
        final int length = records.length();
        final int bound = (int) Zstd.compressBound(length);
        if (compressed.length < bound) {
            compressed = new byte[bound];
        }
        final int size = zstd.compressByteArray(compressed, 0, bound, records.array(), 0, length);
        crc.reset();
        crc.update(records.array(), 0, length);
        final boolean empty = firstNs > lastNs;
        final long start = out.position();
        head.length(0);
        final int begun = head.begin(Opcode.CHUNK);
        head.u64(empty ? 0 : firstNs);
        head.u64(empty ? 0 : lastNs);
        head.u64(length);
        head.u32((int) crc.getValue());
        head.text(ZSTD);
        head.u64(size);
        head.u64At(begun, head.length() - begun - Long.BYTES + (long) size);
        out.write(head);
        out.write(compressed, size);
        final long chunkLength = out.position() - start;
        writeIndex(out, summary, entry(empty, start, chunkLength), length, size);
        records.length(0);
        firstNs = Long.MAX_VALUE;
        lastNs = Long.MIN_VALUE;
    }

    /** Begins the chunk's record in the summary. */
    private Octets entry(final boolean empty, final long start, final long chunkLength) {
        head.length(0);
        head.u64(empty ? 0 : firstNs);
        head.u64(empty ? 0 : lastNs);
        head.u64(start);
        head.u64(chunkLength);
        return head;
    }

    private void writeIndex(
            final McapOutput out, final SpooledIndex summary, final Octets entry, final int length, final int size)
            throws IOException {
        index.length(0);
        final int mapAt = entry.length();
        entry.u32(0);
        for (int channel = 0; channel < places.size(); channel++) {
            final Places of = places.get(channel);
            if (of.used > 0) {
                entry.u16(channel);
                entry.u64(out.position() + index.length());
                final int begun = index.begin(Opcode.MESSAGE_INDEX);
                index.u16(channel);
                index.u32(of.used * Long.BYTES);
                for (int i = 0; i < of.used; i++) {
                    index.u64(of.timesAndOffsets[i]);
                }
                index.end(begun);
                of.used = 0;
            }
        }
        entry.u32At(mapAt, entry.length() - mapAt - Integer.BYTES);
        entry.u64(index.length());
        entry.text(ZSTD);
        entry.u64(size);
        entry.u64(length);
        out.write(index);
        summary.add(entry);
    }

    @Override
    public void close() {
        zstd.close();
    }
}
