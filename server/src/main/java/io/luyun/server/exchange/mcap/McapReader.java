package io.luyun.server.exchange.mcap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of an MCAP file in the order in which they stand, also of a file that was not finished. What is damaged it steps
 * over and remembers in {@link #losses}. Needs at most some 200 MiB, whatever the file says of its lengths. One thread.
 */
final class McapReader implements AutoCloseable {
    /** Longest record outside chunks that is looked at, octets. */
    private static final int LONGEST = 16 << 20;

    private static final int LONGEST_NAME = 256;
    private static final int MESSAGE_HEAD = Short.BYTES + Integer.BYTES + 2 * Long.BYTES;
    private static final int MOST_LOSSES = 20;
    private static final int MAGIC_LENGTH = Long.BYTES;
    private static final int FOOTER_CONTENT = 2 * Long.BYTES + Integer.BYTES;
    private static final int FOOTER = Opcode.HEAD + FOOTER_CONTENT + MAGIC_LENGTH;

    private final McapInput in;
    private final ChunkReader chunk = new ChunkReader();
    private final OctetReader octets = new OctetReader();
    private final Map<Integer, String> schemas = new HashMap<>();
    private final Map<Integer, McapChannel> channels = new HashMap<>();
    private final List<String> losses = new ArrayList<>();
    private final byte[] head = new byte[Opcode.HEAD];
    private byte[] single = new byte[1 << 12];
    private long lost;
    private boolean ended;
    private int chunkAt;
    private long chunkPosition;

    private @Nullable McapChannel channel;
    private long sequence;
    private long logNs;
    private byte[] bytes = single;
    private int offset;
    private int length;

    /**
     * Opens a file.
     *
     * @throws McapException when it is no MCAP file
     */
    McapReader(final Path file) throws IOException {
        in = new McapInput(file, 0);
        try {
            if (in.remaining() < MAGIC_LENGTH) {
                throw new McapException(file + ": is no MCAP file");
            }
            in.read(single, MAGIC_LENGTH);
            if (octets.on(single, 0, MAGIC_LENGTH).u64() != Opcode.MAGIC) {
                throw new McapException(file + ": is no MCAP file");
            }
            readSummary(file);
        } catch (final IOException e) {
            in.close();
            throw e;
        }
    }

    /** Takes schemas and channels from the end of the file, so that a damaged chunk takes none of them away. */
    private void readSummary(final Path file) throws IOException {
        final long size = in.position() + in.remaining();
        final long footer = size - FOOTER;
        if (footer < MAGIC_LENGTH) {
            return;
        }
        final long start;
        try (McapInput end = new McapInput(file, footer)) {
            end.read(single, FOOTER);
            octets.on(single, 0, FOOTER);
            final boolean is = octets.u8() == Opcode.FOOTER && octets.u64() == FOOTER_CONTENT;
            start = octets.u64();
            if (!is || start < MAGIC_LENGTH || start >= footer) {
                return;
            }
        }
        try (McapInput summary = new McapInput(file, start)) {
            while (summary.position() + Opcode.HEAD <= footer) {
                summary.read(head, Opcode.HEAD);
                octets.on(head, 0, Opcode.HEAD);
                final int opcode = octets.u8();
                final long content = octets.u64();
                if (content < 0 || content > footer - summary.position()) {
                    return;
                }
                if ((opcode == Opcode.SCHEMA || opcode == Opcode.CHANNEL) && content <= LONGEST) {
                    readSingle(summary, content);
                    take(opcode, single, 0, (int) content);
                } else {
                    summary.skip(content);
                }
            }
        } catch (final McapException e) {
            lose("in the summary: " + e.getMessage());
        }
    }

    private void readSingle(final McapInput from, final long content) throws IOException {
        if (content > single.length) {
            single = new byte[(int) Math.max(content, Math.min(LONGEST, 2L * single.length))];
        }
        from.read(single, (int) content);
    }

    /**
     * Goes to the next message; false when there is none.
     *
     * @throws IOException when the file cannot be read; damage is no such thing
     */
    boolean next() throws IOException {
        while (true) {
            if (chunkAt < chunk.length()) {
                if (nextInChunk()) {
                    return true;
                }
            } else if (ended) {
                return false;
            } else if (nextInFile()) {
                return true;
            }
        }
    }

    /** Of the message it stands at. */
    McapChannel channel() {
        final McapChannel current = channel;
        if (current == null) {
            throw new IllegalStateException("no message");
        }
        return current;
    }

    long sequence() {
        return sequence;
    }

    long logNs() {
        return logNs;
    }

    /** What its content lies in, until the next one. */
    byte[] bytes() {
        return bytes;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /** What could not be read, a line each; the first ones, and how many more there are. */
    List<String> losses() {
        final List<String> lines = new ArrayList<>(losses);
        if (lost > losses.size()) {
            lines.add("and " + (lost - losses.size()) + " more");
        }
        return lines;
    }

    /** Octets of the file that have been read. */
    long octetsRead() {
        return in.position();
    }

    /** How many there were. */
    long lost() {
        return lost;
    }

    private boolean nextInChunk() {
        try {
            octets.on(chunk.records(), chunkAt, chunk.length() - chunkAt);
            final int opcode = octets.u8();
            final long content = octets.u64();
            final int at = octets.position();
            octets.skip(content);
            chunkAt = octets.position();
            return take(opcode, chunk.records(), at, (int) content);
        } catch (final McapException e) {
            lose("in the chunk at octet " + chunkPosition + ": " + e.getMessage());
            chunkAt = chunk.length();
            return false;
        }
    }

    private boolean nextInFile() throws IOException {
        final long at = in.position();
        final int crc = in.crc();
        if (in.remaining() < Opcode.HEAD) {
            end("the file ends at octet " + at + " without its end");
            return false;
        }
        in.read(head, Opcode.HEAD);
        octets.on(head, 0, Opcode.HEAD);
        final int opcode = octets.u8();
        final long content = octets.u64();
        if (content < 0 || content > in.remaining()) {
            end("the file ends within the record at octet " + at);
            return false;
        }
        try {
            return readRecord(opcode, content, at, crc);
        } catch (final McapException e) {
            lose("at octet " + at + ": " + e.getMessage());
            return false;
        }
    }

    private boolean readRecord(final int opcode, final long content, final long at, final int crc) throws IOException {
        return switch (opcode) {
            case Opcode.CHUNK -> {
                chunkAt = 0;
                chunkPosition = at;
                chunk.read(in, content);
                yield false;
            }
            case Opcode.SCHEMA, Opcode.CHANNEL, Opcode.MESSAGE -> {
                if (content > LONGEST) {
                    in.skip(content);
                    throw new McapException("a record of " + content + " octets; at most " + LONGEST + " are read");
                }
                readSingle(in, content);
                yield take(opcode, single, 0, (int) content);
            }
            case Opcode.DATA_END -> {
                dataEnd(content, crc);
                yield false;
            }
            case Opcode.FOOTER -> {
                ended = true;
                yield false;
            }
            default -> {
                in.skip(content);
                yield false;
            }
        };
    }

    private void dataEnd(final long content, final int crc) throws IOException {
        ended = true;
        if (content < Integer.BYTES) {
            throw new McapException("an end of the data of " + content + " octets");
        }
        in.read(single, Integer.BYTES);
        final int told = octets.on(single, 0, Integer.BYTES).u32();
        if (told != 0 && told != crc && lost == 0) {
            throw new McapException("the checksum of the file is wrong, though that of each chunk holds");
        }
    }

    private boolean take(final int opcode, final byte[] in, final int at, final int count) throws McapException {
        octets.on(in, at, count);
        switch (opcode) {
            case Opcode.SCHEMA -> {
                final int id = octets.u16();
                schemas.putIfAbsent(id, octets.text(LONGEST_NAME));
            }
            case Opcode.CHANNEL -> takeChannel();
            case Opcode.MESSAGE -> {
                return takeMessage(in, at, count);
            }
            default -> {
                // nothing else carries messages
            }
        }
        return false;
    }

    private void takeChannel() throws McapException {
        final int id = octets.u16();
        final String schema = schemas.getOrDefault(octets.u16(), "");
        final String topic = octets.text(LONGEST_NAME);
        final String encoding = octets.text(LONGEST_NAME);
        int kind = 0;
        String device = "";
        final int end = octets.u32();
        final int from = octets.remaining();
        while (end > 0 && from - octets.remaining() < end) {
            final String key = octets.text(LONGEST_NAME);
            final String value = octets.text(LONGEST_NAME);
            if (key.equals(RawTopics.KIND) && value.matches("[1-9]\\d{0,4}")) {
                kind = Integer.parseInt(value) & 0xFFFF;
            } else if (key.equals("device")) {
                device = value;
            }
        }
        channels.putIfAbsent(id, new McapChannel(topic, schema, encoding, kind, device));
    }

    private boolean takeMessage(final byte[] in, final int at, final int count) throws McapException {
        if (count < MESSAGE_HEAD) {
            throw new McapException("a message of " + count + " octets");
        }
        final int id = octets.u16();
        final McapChannel known = channels.get(id);
        if (known == null) {
            lose("a message of channel " + id + ", which is not known");
            return false;
        }
        channel = known;
        sequence = Integer.toUnsignedLong(octets.u32());
        logNs = octets.u64();
        octets.u64();
        bytes = in;
        offset = at + MESSAGE_HEAD;
        length = count - MESSAGE_HEAD;
        return true;
    }

    private void end(final String why) {
        ended = true;
        lose(why);
    }

    private void lose(final String what) {
        lost++;
        if (losses.size() < MOST_LOSSES) {
            losses.add(what);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
