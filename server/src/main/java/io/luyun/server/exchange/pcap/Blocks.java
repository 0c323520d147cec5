package io.luyun.server.exchange.pcap;

import io.luyun.server.exchange.intake.DeviceIds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The blocks of a pcapng capture, by their bodies. What they lack shows as an exception of their buffers. One thread. */
final class Blocks {
    static final int SECTION = 0x0A0D_0D0A;
    static final int BYTE_ORDER = 0x1A2B_3C4D;
    static final int INTERFACE = 1;
    /** Of old programs: as the enhanced one, but for a shorter number of its interface. */
    static final int OLD_PACKET = 2;

    static final int SIMPLE_PACKET = 3;
    static final int NAMES = 4;
    static final int ENHANCED_PACKET = 6;

    /** Octets of a block without a body: its type, and twice its length. */
    static final int LEAST = 12;

    /** The same of one that begins a section. */
    static final int LEAST_SECTION = LEAST + 16;

    static final int OPTION_RESOLUTION = 9;
    static final int OPTION_OFFSET = 14;
    static final int OPTION_APPLICATION = 4;
    static final int RECORD_IPV4 = 1;
    private static final int SECTION_FIXED = 12;
    private static final int ENHANCED_FIXED = 20;
    private static final int MOST_NAMES = 1 << 20;

    private final List<Interface> interfaces = new ArrayList<>();
    private final Map<Integer, String> names = new HashMap<>();
    private String application = "";
    private long timeNs;
    private int linkType;
    private int packetAt;
    private int packetLength;

    private record Interface(int linkType, TimeScale times) {}

    /** A section begins; its body without the byte order. */
    void section(final ByteBuffer body) {
        interfaces.clear();
        body.position(SECTION_FIXED);
        options(body, (option, value) -> {
            if (option == OPTION_APPLICATION) {
                application = text(value);
            }
        });
    }

    /** Any other block; whether it is a packet. */
    boolean take(final int type, final ByteBuffer body) {
        switch (type) {
            case INTERFACE -> takeInterface(body);
            case NAMES -> takeNames(body);
            case ENHANCED_PACKET, OLD_PACKET -> {
                final int number = type == ENHANCED_PACKET ? body.getInt(0) : Short.toUnsignedInt(body.getShort(0));
                final Interface from = interfaces.get(number);
                linkType = from.linkType();
                timeNs = from.times()
                        .nanos(Integer.toUnsignedLong(body.getInt(4)) << Integer.SIZE
                                | Integer.toUnsignedLong(body.getInt(8)));
                packetAt = ENHANCED_FIXED;
                packetLength = body.getInt(12);
                return true;
            }
            case SIMPLE_PACKET -> {
                // it comes without a time, which stays that of the one before
                linkType = interfaces.get(0).linkType();
                packetAt = Integer.BYTES;
                packetLength = Math.min(body.getInt(0), body.limit() - Integer.BYTES);
                return true;
            }
            default -> {
                // statistics: nothing that was sent
            }
        }
        return false;
    }

    private void takeInterface(final ByteBuffer body) {
        final int type = Short.toUnsignedInt(body.getShort(0));
        final int[] resolution = {TimeScale.MICROS.resolution()};
        final long[] offset = {0};
        body.position(2 * Integer.BYTES);
        options(body, (option, value) -> {
            if (option == OPTION_RESOLUTION && value.remaining() == 1) {
                resolution[0] = value.get(0) & 0xFF;
            } else if (option == OPTION_OFFSET && value.remaining() == Long.BYTES) {
                offset[0] = value.getLong(0);
            }
        });
        interfaces.add(new Interface(type, new TimeScale(resolution[0], offset[0])));
    }

    /** Which names addresses have: records like options, their values an address and names that end with 0. */
    private void takeNames(final ByteBuffer body) {
        options(body, (kind, value) -> {
            if (kind == RECORD_IPV4 && value.remaining() > Integer.BYTES && names.size() < MOST_NAMES) {
                final int address = value.order(java.nio.ByteOrder.BIG_ENDIAN).getInt(0);
                final String all = text(value.slice(Integer.BYTES, value.remaining() - Integer.BYTES));
                final int end = all.indexOf('\0');
                names.put(address, DeviceIds.of(end < 0 ? all : all.substring(0, end)));
            }
        });
    }

    private interface OnOption {
        void option(int code, ByteBuffer value);
    }

    private static void options(final ByteBuffer body, final OnOption listener) {
        while (body.remaining() >= Integer.BYTES) {
            final int code = Short.toUnsignedInt(body.getShort());
            final int length = Short.toUnsignedInt(body.getShort());
            if (code == 0 || length > body.remaining()) {
                // the end of them, or one that cannot be: what the block says besides holds all the same
                return;
            }
            listener.option(code, body.slice(body.position(), length).order(body.order()));
            body.position(Math.min(body.limit(), body.position() + ((length + 3) & ~3)));
        }
    }

    private static String text(final ByteBuffer value) {
        return StandardCharsets.UTF_8.decode(value).toString();
    }

    String nameOf(final int address) {
        return names.getOrDefault(address, "");
    }

    String application() {
        return application;
    }

    long timeNs() {
        return timeNs;
    }

    int linkType() {
        return linkType;
    }

    /** Where in the body the packet begins. */
    int packetAt() {
        return packetAt;
    }

    int packetLength() {
        return packetLength;
    }
}
