package io.luyun.simulator.recording;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A capture, classic pcap or pcapng. UDP payloads are UPER frames or envelopes; every other packet is a frame with its problem.
 *
 * <pre>
 *   pcap     magic, versions, zone, accuracy, longest, link type │ seconds, fraction, captured, length, packet │ …
 *   pcapng   type, length, body, length │ …   with sections, interfaces (link type, resolution), packets
 * </pre>
 */
public final class CaptureFile {
    private static final int MAGIC_MICROS = 0xA1B2_C3D4;
    private static final int MAGIC_NANOS = 0xA1B2_3C4D;
    private static final int SECTION = 0x0A0D_0D0A;
    private static final int BYTE_ORDER = 0x1A2B_3C4D;
    private static final int INTERFACE = 1;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int OPTION_RESOLUTION = 9;
    private static final int PCAP_HEADER = 24;
    private static final int LEAST_BLOCK = 12;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Of an interface that does not say: millionths of a second. */
    private static final int MICROS = 6;

    private final ByteBuffer in;
    private final UperFrames frames;
    private final int port;
    private final List<FeedFrame> read = new ArrayList<>();
    private final List<Long> timesNs = new ArrayList<>();
    private final List<Interface> interfaces = new ArrayList<>();

    private record Interface(int linkType, int resolution) {}

    private CaptureFile(final ByteBuffer in, final UperFrames frames, final int port) {
        this.in = in;
        this.frames = frames;
        this.port = port;
    }

    /**
     * All packets of a capture.
     *
     * @param port only datagrams to this port; 0 for all
     * @param speed how much faster than captured
     * @throws IOException when it cannot be read or is no capture
     */
    public static Recording read(final Path file, final UperFrames frames, final int port, final double speed)
            throws IOException {
        final ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
        final CaptureFile capture = new CaptureFile(in, frames, port);
        try {
            capture.read(file);
        } catch (final BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(file + ": the capture ends within a packet at octet " + in.position(), e);
        }
        return Recording.timed(
                capture.read,
                capture.timesNs.stream().mapToLong(Long::longValue).toArray(),
                speed);
    }

    private void read(final Path file) throws IOException {
        final int magic = in.getInt(0);
        final int reversed = Integer.reverseBytes(magic);
        if (magic == SECTION) {
            blocks(file);
        } else if (magic == MAGIC_MICROS || magic == MAGIC_NANOS) {
            packets(magic == MAGIC_NANOS);
        } else if (reversed == MAGIC_MICROS || reversed == MAGIC_NANOS) {
            in.order(ByteOrder.LITTLE_ENDIAN);
            packets(reversed == MAGIC_NANOS);
        } else {
            throw new IOException(file + " is neither a pcap nor a pcapng capture");
        }
    }

    private void packets(final boolean nanos) {
        final int linkType = in.getInt(PCAP_HEADER - Integer.BYTES) & 0xFFFF;
        in.position(PCAP_HEADER);
        while (in.hasRemaining()) {
            final long seconds = Integer.toUnsignedLong(in.getInt());
            final long fraction = Integer.toUnsignedLong(in.getInt());
            final int captured = in.getInt();
            in.getInt();
            packet(linkType, seconds * NANOS_PER_SECOND + (nanos ? fraction : 1_000 * fraction), captured);
        }
    }

    private void packet(final int linkType, final long timeNs, final int length) {
        final byte[] packet = new byte[length < 0 || length > in.remaining() ? underflow() : length];
        in.get(packet);
        final Datagram datagram = Datagram.of(linkType, packet);
        timesNs.add(timeNs);
        if (datagram.problem() != null) {
            read.add(UperFrames.Decoded.problem(datagram.problem()));
        } else if (port != 0 && datagram.port() != port) {
            read.add(UperFrames.Decoded.problem("to another port"));
        } else {
            read.add(frames.read(datagram.payload()));
        }
    }

    private static int underflow() {
        throw new BufferUnderflowException();
    }

    private void blocks(final Path file) throws IOException {
        while (in.hasRemaining()) {
            final int begin = in.position();
            if (in.getInt() == SECTION) {
                section(file);
            }
            in.position(begin);
            final int type = in.getInt();
            final int length = in.getInt();
            if (length < LEAST_BLOCK || length > in.limit() - begin) {
                throw new IOException(file + ": the block at octet " + begin + " has a length of " + length);
            }
            switch (type) {
                case INTERFACE -> interfaces.add(interfaceBlock(begin + length - Integer.BYTES));
                case ENHANCED_PACKET -> enhancedPacket();
                case SIMPLE_PACKET -> {
                    final int captured = Math.min(in.getInt(), length - LEAST_BLOCK - Integer.BYTES);
                    packet(interfaces.get(0).linkType(), timesNs.isEmpty() ? 0 : timesNs.getLast(), captured);
                }
                default -> {
                    // statistics, names: nothing that was sent
                }
            }
            in.position(begin + length);
        }
    }

    private void section(final Path file) throws IOException {
        in.getInt();
        in.order(ByteOrder.BIG_ENDIAN);
        final int order = in.getInt();
        if (order != BYTE_ORDER) {
            in.order(ByteOrder.LITTLE_ENDIAN);
        }
        if (order != BYTE_ORDER && Integer.reverseBytes(order) != BYTE_ORDER) {
            throw new IOException(file + ": a section without its byte order");
        }
        interfaces.clear();
    }

    private Interface interfaceBlock(final int end) {
        final int linkType = Short.toUnsignedInt(in.getShort());
        in.getShort();
        in.getInt();
        int resolution = MICROS;
        while (in.position() + Integer.BYTES <= end) {
            final int option = Short.toUnsignedInt(in.getShort());
            final int length = Short.toUnsignedInt(in.getShort());
            if (option == OPTION_RESOLUTION && length == 1) {
                resolution = in.get(in.position()) & 0xFF;
            }
            in.position(in.position() + ((length + 3) & ~3));
        }
        return new Interface(linkType, resolution);
    }

    private void enhancedPacket() {
        final Interface from = interfaces.get(in.getInt());
        final long ticks = Integer.toUnsignedLong(in.getInt()) << Integer.SIZE | Integer.toUnsignedLong(in.getInt());
        final int captured = in.getInt();
        in.getInt();
        final boolean binary = (from.resolution() & 0x80) != 0;
        final double perSecond = binary ? Math.pow(2, from.resolution() & 0x7F) : Math.pow(10, from.resolution());
        final long seconds = (long) (ticks / perSecond);
        final long timeNs =
                seconds * NANOS_PER_SECOND + (long) ((ticks - seconds * perSecond) * NANOS_PER_SECOND / perSecond);
        packet(from.linkType(), timeNs, captured);
    }
}
