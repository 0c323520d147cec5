package io.luyun.server.exchange.mcap;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import io.luyun.proto.codec.WireCursor;
import io.luyun.server.research.Records;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a record says besides its message: it stands before the message as a field more, number 1000, which readers of {@code luyun.v1}
 * pass over and Foxglove shows. Its length always takes two octets. The time is that of the MCAP message, the kind that of its channel.
 *
 * <pre>
 *   0           2        4        13
 *   +-----------+--------+--------+--------+--------+-------+---------//---------+
 *   | 1000, LEN | length | sequence, device, number, epoch  | message of luyun.v1 |
 *   +-----------+--------+--------+--------+--------+-------+---------//---------+
 * </pre>
 */
final class RecordHead {
    static final String PACKAGE = "luyun.mcap";
    static final String FILE = "luyun/mcap/record.proto";

    /** Full name of the message of records that have none of luyun.v1. */
    static final String BARE = PACKAGE + ".Record";

    private static final String NAME = "RecordHead";
    private static final int FIELD = 1_000;
    private static final int TAG = FIELD << 3 | 2;
    private static final int SEQUENCE = 1;
    private static final int DEVICE = 2;
    private static final int NUMBER = 3;
    private static final int BOOT_EPOCH = 4;
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int LONGEST_ID = 256;

    private final WireCursor cursor = new WireCursor();
    private long sequence;
    private String device = "";
    private long number;
    private long bootEpoch;
    private int length;

    /** Writes that of a record. */
    static void write(final ProtoWriter out, final Records record) {
        final int begun = out.beginLarge(FIELD);
        out.fixed64(SEQUENCE, record.sequence());
        if (!record.deviceId().isEmpty()) {
            out.text(DEVICE, record.deviceId());
        }
        if (record.number() != 0) {
            out.varint(NUMBER, record.number());
        }
        if (record.bootEpoch() != 0) {
            out.fixed64(BOOT_EPOCH, record.bootEpoch());
        }
        out.endLarge(begun);
    }

    /**
     * Reads what stands before a message.
     *
     * @return false when there is none; the accessors then mean nothing
     */
    boolean read(final byte[] bytes, final int offset, final int count) {
        sequence = 0;
        device = "";
        number = 0;
        bootEpoch = 0;
        if (!cursor.wrap(new UnsafeBuffer(bytes), offset, count) || cursor.tag() != TAG) {
            return false;
        }
        final int outer = cursor.enter();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case SEQUENCE << 3 | FIXED64 -> sequence = cursor.fixed64();
                case DEVICE << 3 | LENGTH_DELIMITED -> device = text(bytes, offset);
                case NUMBER << 3 | VARINT -> number = cursor.varint();
                case BOOT_EPOCH << 3 | FIXED64 -> bootEpoch = cursor.fixed64();
                default -> cursor.skip(tag);
            }
        }
        length = cursor.position();
        cursor.leave(outer);
        return !cursor.malformed() && sequence > 0 && number >= 0;
    }

    private String text(final byte[] bytes, final int offset) {
        final int octets = cursor.bytes();
        if (octets > LONGEST_ID
                || cursor.malformed()
                || !cursor.isUtf8(cursor.position() - octets, cursor.position())) {
            cursor.fail(cursor.position());
            return "";
        }
        return new String(bytes, offset + cursor.position() - octets, octets, StandardCharsets.UTF_8);
    }

    /** Sequence of the record in the journal it comes from. */
    long sequence() {
        return sequence;
    }

    /** Id of its device; empty for none. */
    String device() {
        return device;
    }

    long number() {
        return number;
    }

    long bootEpoch() {
        return bootEpoch;
    }

    /** Octets of the head; the message stands behind. */
    int length() {
        return length;
    }

    /** The file that describes it. */
    static FileDescriptorProto file() {
        final FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder()
                .setName(FILE)
                .setPackage(PACKAGE)
                .setSyntax("proto3");
        file.addMessageTypeBuilder()
                .setName(NAME)
                .addField(field("sequence", SEQUENCE, FieldDescriptorProto.Type.TYPE_FIXED64))
                .addField(field("device", DEVICE, FieldDescriptorProto.Type.TYPE_STRING))
                .addField(field("number", NUMBER, FieldDescriptorProto.Type.TYPE_UINT64))
                .addField(field("boot_epoch", BOOT_EPOCH, FieldDescriptorProto.Type.TYPE_FIXED64));
        file.addMessageTypeBuilder().setName("Record").addField(field());
        return file.build();
    }

    /** The field that messages have more. */
    static FieldDescriptorProto field() {
        return field("record", FIELD, FieldDescriptorProto.Type.TYPE_MESSAGE).toBuilder()
                .setTypeName("." + PACKAGE + "." + NAME)
                .build();
    }

    private static FieldDescriptorProto field(
            final String name, final int number, final FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                .setJsonName(name)
                .build();
    }
}
