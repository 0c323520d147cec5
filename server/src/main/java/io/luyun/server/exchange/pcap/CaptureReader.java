package io.luyun.server.exchange.pcap;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a capture packet by packet, classic pcap or pcapng, in constant memory. One thread.
 *
 * <pre>
 *   pcap     magic, versions, zone, accuracy, longest, link type │ seconds, fraction, captured, length, packet │ …
 *   pcapng   type, length, body, length │ …   with sections, interfaces (link type, resolution), names, packets
 * </pre>
 */
public final class CaptureReader implements AutoCloseable {
    private static final int MAGIC_MICROS = 0xA1B2_C3D4;
    private static final int MAGIC_NANOS = 0xA1B2_3C4D;
    private static final int PCAP_HEADER = 24;
    private static final int PCAP_PACKET = 16;
    private static final int LINK_TYPE_AT = 20;
    private static final long NANOS_A_SECOND = 1_000_000_000L;

    /** Longest packet or block that is read, octets; capture programs cut at 256 KiB. */
    private static final int MOST = 4 << 20;

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final InputStream in;
    private final Blocks blocks = new Blocks();
    private ByteBuffer room = ByteBuffer.allocate(BUFFER);
    private long position;
    private boolean isBlocks;
    private boolean nanos;
    private int linkType;
    private long timeNs;
    private ByteBuffer packet = ByteBuffer.allocate(0);

    /**
     * Opens a capture.
     *
     * @throws CaptureException when it is none
     */
    public CaptureReader(final Path file) throws IOException {
        this.file = file;
        in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            begin();
        } catch (final IOException e) {
            in.close();
            throw e;
        }
    }

    private void begin() throws IOException {
        try {
            if (!fill(Integer.BYTES)) {
                throw none();
            }
            final int magic = room.getInt(0);
            final int reversed = Integer.reverseBytes(magic);
            isBlocks = magic == Blocks.SECTION;
            if (isBlocks) {
                return;
            }
            final boolean little = reversed == MAGIC_MICROS || reversed == MAGIC_NANOS;
            if (!little && magic != MAGIC_MICROS && magic != MAGIC_NANOS) {
                throw none();
            }
            room.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            nanos = (little ? reversed : magic) == MAGIC_NANOS;
            if (!fill(PCAP_HEADER - Integer.BYTES)) {
                throw none();
            }
            linkType = room.getInt(LINK_TYPE_AT - Integer.BYTES) & 0xFFFF;
        } catch (final EOFException e) {
            throw none();
        }
    }

    private CaptureException none() {
        return new CaptureException(file + " is neither a pcap nor a pcapng capture");
    }

    /**
     * Goes to the next packet; false when there is none.
     *
     * @throws CaptureException when it ends within one, or is none from here on
     */
    public boolean next() throws IOException {
        final long at = position;
        try {
            return isBlocks ? nextBlock() : nextPacket();
        } catch (final EOFException
                | BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException e) {
            throw new CaptureException(file + ": the capture ends within a packet at octet " + at);
        }
    }

    private boolean nextPacket() throws IOException {
        if (!fill(PCAP_PACKET)) {
            return false;
        }
        final long seconds = Integer.toUnsignedLong(room.getInt(0));
        final long fraction = Integer.toUnsignedLong(room.getInt(4));
        final int captured = room.getInt(8);
        timeNs = seconds * NANOS_A_SECOND + (nanos ? fraction : 1_000 * fraction);
        content(captured);
        packet = room.slice(0, captured);
        return true;
    }

    private boolean nextBlock() throws IOException {
        while (true) {
            final long at = position;
            // the magic of the first section has been read
            final boolean first = at == Integer.BYTES;
            if (!first && !fill(Integer.BYTES)) {
                return false;
            }
            final int type = room.getInt(0);
            if (type == Blocks.SECTION) {
                section();
                continue;
            }
            content(Integer.BYTES);
            final int length = room.getInt(0);
            if (length < Blocks.LEAST || length % Integer.BYTES != 0 || length - Blocks.LEAST > MOST) {
                throw new CaptureException(file + ": the block at octet " + at + " has a length of " + length);
            }
            content(length - Blocks.LEAST);
            final ByteBuffer body = room.slice(0, length - Blocks.LEAST).order(room.order());
            final boolean is = blocks.take(type, body);
            if (is) {
                timeNs = blocks.timeNs();
                linkType = blocks.linkType();
                packet = body.slice(blocks.packetAt(), blocks.packetLength());
            }
            skip(Integer.BYTES);
            if (is) {
                return true;
            }
        }
    }

    private void section() throws IOException {
        content(2 * Integer.BYTES);
        final ByteOrder order = room.order(ByteOrder.BIG_ENDIAN).getInt(4) == Blocks.BYTE_ORDER
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN;
        if (room.order(order).getInt(4) != Blocks.BYTE_ORDER) {
            throw new CaptureException(file + ": a section without its byte order");
        }
        final int length = room.getInt(0);
        if (length < Blocks.LEAST_SECTION || length > MOST) {
            throw new CaptureException(file + ": a section that begins with a length of " + length);
        }
        final int rest = length - Blocks.LEAST - Integer.BYTES;
        content(rest);
        blocks.section(room.slice(0, rest).order(order));
        skip(Integer.BYTES);
    }

    /** Reads so many octets to the beginning of the room; there must be as many. */
    private void content(final int count) throws IOException {
        if (count < 0 || count > MOST) {
            throw new CaptureException(file + ": a packet of " + Integer.toUnsignedString(count) + " octets at octet "
                    + position + "; at most " + MOST + " are read");
        }
        if (count > room.capacity()) {
            room = ByteBuffer.allocate(Math.max(count, 2 * room.capacity())).order(room.order());
        }
        if (!fill(count)) {
            throw new EOFException();
        }
    }

    /** Reads so many octets; false when there is nothing at all. */
    private boolean fill(final int count) throws IOException {
        final int read = in.readNBytes(room.array(), 0, count);
        position += read;
        if (read > 0 && read < count) {
            throw new EOFException();
        }
        return read == count;
    }

    private void skip(final int count) throws IOException {
        in.skipNBytes(count);
        position += count;
    }

    /** When the packet was captured, ns since 1970. */
    public long timeNs() {
        return timeNs;
    }

    /** What the packet begins with, as captures number it. */
    public int linkType() {
        return linkType;
    }

    /** The packet, as far as it was captured; until the next one. */
    public ByteBuffer packet() {
        return packet;
    }

    /** The name that the capture gives an IPv4 address; empty for none. */
    public String nameOf(final int address) {
        return blocks.nameOf(address);
    }

    /** Octets of the file that have been read. */
    public long octetsRead() {
        return position;
    }

    /** The program that wrote the capture, as it says. */
    public String application() {
        return blocks.application();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
