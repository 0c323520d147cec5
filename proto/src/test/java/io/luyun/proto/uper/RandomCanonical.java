package io.luyun.proto.uper;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.luyun.proto.uper.CanonicalPlan.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes canonical messages that one dialect can carry unchanged, out of a seed, straight as bytes: millions of them are
 * wanted. One thread; the bytes hold until the next message.
 */
final class RandomCanonical {
    private static final byte[][] LETTERS = bytes("路", "云", "，", "é", "A", "7");
    private static final int[] OFFSET_BITS = {12, 14, 16, 18, 22, 24};
    private static final long UNKNOWN = Long.MIN_VALUE;
    private static final int EXTENDED = 6;

    private final CanonicalPlan plan;
    private final int kind;
    private final CanonicalWriter out = new CanonicalWriter();
    private final UnsafeBuffer buffer = new UnsafeBuffer(out.bytes);
    private SplittableRandom random = new SplittableRandom();
    private double presence;

    /** Where offsets count from. */
    private long anchorLat;

    private long anchorLon;
    private long anchorElevation;

    /** How many more elements a message may have, so that it stays within what a frame takes. */
    private int elements;

    RandomCanonical(Dialect dialect, int kind) {
        this.kind = kind;
        plan = CanonicalPlan.of(Canonical.prototype(kind).getDescriptorForType(), dialect);
    }

    /**
     * Writes the message of a seed.
     *
     * @param fraction of the optional fields that are there
     * @return its length in {@link #buffer()}
     */
    int write(long seed, double fraction) {
        random = new SplittableRandom(seed);
        presence = fraction;
        anchorLat = UNKNOWN;
        // what is in an extension is shorter; and many short ones find more than few long ones
        final boolean large = random.nextInt(16) == 0;
        elements = kind >= EXTENDED ? (large ? 30 : 6) : (large ? 250 : 12);
        out.clear();
        fill(plan);
        return out.position();
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** The message of a seed as an object. */
    Message message(long seed, double fraction) {
        final int length = write(seed, fraction);
        try {
            return Canonical.prototype(kind).getParserForType().parseFrom(out.bytes, 0, length);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private void fill(CanonicalPlan message) {
        long there = 0;
        int chosen = -1;
        for (final Field field : message.fields) {
            if (field.alternatives == 0) {
                if (!field.mandatory && random.nextDouble() >= presence) {
                    continue;
                }
            } else {
                if (field.firstAlternative) {
                    chosen =
                            field.mandatory || random.nextDouble() < presence ? random.nextInt(field.alternatives) : -1;
                }
                if (chosen-- != 0) {
                    continue;
                }
            }
            if ((there & field.needs) == field.needs) {
                there |= 1L << field.descriptor.getNumber();
                set(field);
            }
        }
    }

    private void set(Field field) {
        if (!field.descriptor.isRepeated()) {
            value(field, field.keepsEmpty);
            return;
        }
        final int count = count(field);
        if (!field.descriptor.isPackable()) {
            for (int i = count; i > 0; i--) {
                value(field, true);
            }
            return;
        }
        out.tag(field.tag);
        final int opened = out.open();
        for (int i = count; i > 0; i--) {
            number(field);
        }
        out.close(opened);
    }

    private int count(Field field) {
        final int most = field.mostSize - field.leastSize;
        final int more = switch (elements < 0 ? 1 : random.nextInt(40)) {
            case 0 -> Math.min(most, elements);
            case 1 -> 0;
            default -> random.nextInt(Math.min(3, most + 1));
        };
        elements -= field.leastSize + more;
        return field.leastSize + more;
    }

    private void value(Field field, boolean keepsEmpty) {
        final int start = out.position();
        out.tag(field.tag);
        switch (field.descriptor.getJavaType()) {
            case BYTE_STRING -> octets(field);
            case STRING -> text(field);
            case MESSAGE -> {
                final int opened = out.open();
                message(field);
                // a message with nothing in it comes back absent
                if (out.position() == opened + 1 && !keepsEmpty) {
                    out.back(start);
                } else {
                    out.close(opened);
                }
            }
            default -> number(field);
        }
    }

    private void message(Field field) {
        if (field.position) {
            if (anchorLat == UNKNOWN || field.reference || random.nextBoolean() || !near()) {
                position(field.reference);
            }
            return;
        }
        final long lat = anchorLat;
        final long lon = anchorLon;
        final long elevation = anchorElevation;
        fill(field.message);
        if (!field.reference) {
            anchorLat = lat;
            anchorLon = lon;
            anchorElevation = elevation;
        }
    }

    private void position(boolean reference) {
        final long lat = between(-900_000_000, 900_000_000);
        final long lon = between(-1_799_999_999, 1_800_000_000);
        final long elevation = random.nextDouble() < presence ? between(-4_095, 61_439) : UNKNOWN;
        put(lat, lon, elevation, 0);
        if (reference) {
            anchorLat = lat;
            anchorLon = lon;
            anchorElevation = elevation;
        }
    }

    /** A position that goes as an offset; false when there is none. */
    private boolean near() {
        final int way = 1 + random.nextInt(6);
        final int half = 1 << (OFFSET_BITS[way - 1] - 1);
        final long lat = anchorLat + between(-half, half - 1);
        long lon = anchorLon + between(-half, half - 1);
        lon += lon > 1_800_000_000 ? -3_600_000_000L : lon <= -1_800_000_000 ? 3_600_000_000L : 0;
        if (Math.abs(lat) > 900_000_000) {
            return false;
        }
        int form = way;
        long elevation = UNKNOWN;
        if (anchorElevation != UNKNOWN && random.nextBoolean()) {
            final int lift = 1 + random.nextInt(6);
            final long raised = anchorElevation + between(-(1L << (5 + lift)), (1L << (5 + lift)) - 1);
            if (raised >= -4_095 && raised <= 61_439) {
                elevation = raised;
                form += 8 * lift;
            }
        }
        put(lat, lon, elevation, form);
        return true;
    }

    private void put(long lat, long lon, long elevation, int form) {
        out.octet(1 << 3 | 5);
        out.fixed32((int) lat);
        out.octet(2 << 3 | 5);
        out.fixed32((int) lon);
        if (elevation != UNKNOWN) {
            out.octet(3 << 3);
            out.varint(elevation << 1 ^ elevation >> 63);
        }
        if (form != 0) {
            out.octet(4 << 3);
            out.varint(form);
        }
    }

    private void number(Field field) {
        final long value = between(field.least, field.most);
        switch (field.descriptor.getType()) {
            case SINT32, SINT64 -> out.varint(value << 1 ^ value >> 63);
            case FIXED32, SFIXED32 -> out.fixed32((int) value);
            default -> out.varint(value);
        }
    }

    private long between(long least, long most) {
        return switch (random.nextInt(8)) {
            case 0 -> least;
            case 1 -> most;
            default -> random.nextLong(least, most + 1);
        };
    }

    private void octets(Field field) {
        final int most = Math.min(field.mostSize, field.leastSize + 100);
        final int length = (int) between(field.leastSize, most);
        out.varint(length);
        for (int i = 0; i < length; i++) {
            out.octet(random.nextInt());
        }
    }

    private void text(Field field) {
        final int opened = out.open();
        for (int left = (int) between(1, field.description ? 200 : 63); left > 0; left--) {
            if (field.description && random.nextBoolean()) {
                for (final byte each : LETTERS[random.nextInt(LETTERS.length)]) {
                    out.octet(each);
                }
            } else {
                out.octet(random.nextInt(0x80));
            }
        }
        out.close(opened);
    }

    private static byte[][] bytes(String... letters) {
        return Arrays.stream(letters)
                .map(letter -> letter.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }
}
