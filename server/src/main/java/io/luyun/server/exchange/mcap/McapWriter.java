package io.luyun.server.exchange.mcap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes an MCAP file: messages of channels in compressed chunks, each with an index, and at the end what a reader needs to find its
 * way. One thread.
 *
 * <pre>
 *   magic │ header │ metadata │ chunk, its message indexes │ … │ data end │ schemas │ channels │ statistics │ metadata index
 *         │ chunk indexes │ summary offsets │ footer │ magic
 * </pre>
 */
final class McapWriter implements AutoCloseable {
    /** Chunks are about so long before they are compressed. */
    static final int CHUNK_SIZE = 2 << 20;

    static final int LEVEL = -1;
    private static final String PROTOBUF = "protobuf";
    private static final int MOST_CHANNELS = 0xFFFF;

    private final McapOutput out;
    private final SpooledIndex chunks;
    private final Chunk chunk = new Chunk(CHUNK_SIZE, LEVEL);
    private final Octets record = new Octets(1 << 12);
    /** For the summary. */
    private final Octets schemas = new Octets(1 << 16);

    private final Octets channels = new Octets(1 << 12);
    private final Octets metadataIndex = new Octets(256);
    private long[] counts = new long[64];
    private int schemaCount;
    private int channelCount;
    private int metadataCount;
    private long messages;
    private long firstNs = Long.MAX_VALUE;
    private long lastNs;
    private boolean closed;

    /** Begins a file; what is there is overwritten. */
    McapWriter(final Path file, final String library) throws IOException {
        out = new McapOutput(file);
        chunks = new SpooledIndex(file);
        record.u64(Opcode.MAGIC);
        final int begun = record.begin(Opcode.HEADER);
        record.text("");
        record.text(library);
        record.end(begun);
        flush();
    }

    /** Writes texts about the file as a whole; before the first message. */
    void metadata(final String name, final Map<String, String> texts) throws IOException {
        final int begun = record.begin(Opcode.METADATA);
        record.text(name);
        record.map(texts);
        record.end(begun);
        final int index = metadataIndex.begin(Opcode.METADATA_INDEX);
        metadataIndex.u64(out.position());
        metadataIndex.u64(record.length());
        metadataIndex.text(name);
        metadataIndex.end(index);
        metadataCount++;
        flush();
    }

    /**
     * Adds a schema.
     *
     * @param name full name of the message
     * @param descriptors a FileDescriptorSet in which it is, with all it needs
     * @return its number
     */
    int schema(final String name, final byte[] descriptors) {
        final int id = ++schemaCount;
        final int start = schemas.length();
        final int begun = schemas.begin(Opcode.SCHEMA);
        schemas.u16(id);
        schemas.text(name);
        schemas.text(PROTOBUF);
        schemas.u32(descriptors.length);
        schemas.bytes(descriptors);
        schemas.end(begun);
        chunk.records().bytes(schemas.array(), start, schemas.length() - start);
        return id;
    }

    /** Adds a channel of protobuf messages; answers its number. */
    int channel(final int schema, final String topic, final Map<String, String> metadata) {
        final int id = channelCount++;
        if (id > MOST_CHANNELS) {
            throw new IllegalStateException("more than " + MOST_CHANNELS + " channels");
        }
        counts = id < counts.length ? counts : Arrays.copyOf(counts, 2 * counts.length);
        final int start = channels.length();
        final int begun = channels.begin(Opcode.CHANNEL);
        channels.u16(id);
        channels.u16(schema);
        channels.text(topic);
        channels.text(PROTOBUF);
        channels.map(metadata);
        channels.end(begun);
        chunk.records().bytes(channels.array(), start, channels.length() - start);
        return id;
    }

    /** Begins a message: its content is what is written into {@link #content} until {@link #end}. Answers what ends it. */
    int begin(final int channel, final long sequence, final long logNs, final long publishNs) {
        counts[channel]++;
        messages++;
        firstNs = Math.min(firstNs, logNs);
        lastNs = Math.max(lastNs, logNs);
        return chunk.beginMessage(channel, sequence, logNs, publishNs);
    }

    /** Where the content of a message goes. */
    Octets content() {
        return chunk.records();
    }

    void end(final int begun) {
        chunk.endMessage(begun);
    }

    /** Writes the chunk when it is full. */
    void roll() throws IOException {
        if (chunk.records().length() >= CHUNK_SIZE) {
            chunk.write(out, chunks);
        }
    }

    /** Finishes the file. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out;
                chunks;
                chunk) {
            if (chunk.records().length() > 0) {
                chunk.write(out, chunks);
            }
            final int begun = record.begin(Opcode.DATA_END);
            record.u32(out.crc());
            record.end(begun);
            flush();
            summary();
        }
    }

    private void summary() throws IOException {
        out.startCrc();
        final long start = out.position();
        final Octets offsets = new Octets(256);
        group(offsets, Opcode.SCHEMA, schemas);
        group(offsets, Opcode.CHANNEL, channels);
        statistics();
        final Octets statistics = new Octets(record.length());
        statistics.bytes(record.array(), 0, record.length());
        record.length(0);
        group(offsets, Opcode.STATISTICS, statistics);
        group(offsets, Opcode.METADATA_INDEX, metadataIndex);
        final long chunksAt = out.position();
        chunks.copy(out);
        offset(offsets, Opcode.CHUNK_INDEX, chunksAt, chunks.length());
        final long offsetsAt = out.position();
        out.write(offsets);
        record.u8(Opcode.FOOTER);
        record.u64(2 * Long.BYTES + Integer.BYTES);
        record.u64(start);
        record.u64(offsetsAt);
        flush();
        record.u32(out.crc());
        record.u64(Opcode.MAGIC);
        flush();
    }

    private void group(final Octets offsets, final int opcode, final Octets records) throws IOException {
        final long at = out.position();
        out.write(records);
        offset(offsets, opcode, at, records.length());
    }

    private static void offset(final Octets offsets, final int opcode, final long at, final long length) {
        if (length > 0) {
            final int begun = offsets.begin(Opcode.SUMMARY_OFFSET);
            offsets.u8(opcode);
            offsets.u64(at);
            offsets.u64(length);
            offsets.end(begun);
        }
    }

    private void statistics() {
        final int begun = record.begin(Opcode.STATISTICS);
        record.u64(messages);
        record.u16(schemaCount);
        record.u32(channelCount);
        record.u32(0);
        record.u32(metadataCount);
        record.u32((int) chunks.count());
        record.u64(messages == 0 ? 0 : firstNs);
        record.u64(lastNs);
        record.u32(channelCount * (Short.BYTES + Long.BYTES));
        for (int channel = 0; channel < channelCount; channel++) {
            record.u16(channel);
            record.u64(counts[channel]);
        }
        record.end(begun);
    }

    private void flush() throws IOException {
        out.write(record);
        record.length(0);
    }
}
