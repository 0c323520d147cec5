package io.luyun.server.exchange.pcap;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a pcapng capture of one interface (Ethernet), times in nanoseconds, little-endian. One thread.
 *
 * <pre>
 *   section │ interface │ names of an address │ packet │ packet │ names … │ packet …
 * </pre>
 */
final class CaptureWriter implements AutoCloseable {
    /** What the section says wrote it. */
    static final String APPLICATION = "luyun";

    private static final int ETHERNET = 1;
    private static final int NANOS = 9;
    private static final int OPTION_NAME = 2;
    private static final int BUFFER = 1 << 17;

    private final OutputStream out;
    private final ByteBuffer block = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

    /** Begins a file; what is there is overwritten. */
    CaptureWriter(final Path file) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
        begin(Blocks.SECTION);
        block.putInt(Blocks.BYTE_ORDER).putShort((short) 1).putShort((short) 0).putLong(-1);
        text(Blocks.OPTION_APPLICATION, APPLICATION);
        block.putInt(0);
        end();
        begin(Blocks.INTERFACE);
        block.putShort((short) ETHERNET).putShort((short) 0).putInt(0);
        text(OPTION_NAME, APPLICATION);
        block.putShort((short) Blocks.OPTION_RESOLUTION).putShort((short) 1).putInt(NANOS);
        block.putInt(0);
        end();
    }

    /** Gives an IPv4 address a name, for the packets that follow. */
    void name(final int address, final String name) throws IOException {
        final byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        begin(Blocks.NAMES);
        block.putShort((short) Blocks.RECORD_IPV4).putShort((short) (Integer.BYTES + octets.length + 1));
        block.order(ByteOrder.BIG_ENDIAN).putInt(address).order(ByteOrder.LITTLE_ENDIAN);
        block.put(octets).put((byte) 0);
        pad();
        block.putInt(0);
        end();
    }

    /** Writes a packet. */
    void packet(final long timeNs, final ByteBuffer packet) throws IOException {
        begin(Blocks.ENHANCED_PACKET);
        block.putInt(0).putInt((int) (timeNs >>> Integer.SIZE)).putInt((int) timeNs);
        block.putInt(packet.remaining()).putInt(packet.remaining()).put(packet);
        pad();
        end();
    }

    private void text(final int option, final String text) {
        final byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        block.putShort((short) option).putShort((short) octets.length).put(octets);
        pad();
    }

    private void begin(final int type) {
        block.clear().putInt(type).putInt(0);
    }

    private void pad() {
        while (block.position() % Integer.BYTES != 0) {
            block.put((byte) 0);
        }
    }

    private void end() throws IOException {
        final int length = block.position() + Integer.BYTES;
        block.putInt(length).putInt(Integer.BYTES, length);
        out.write(block.array(), 0, length);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
