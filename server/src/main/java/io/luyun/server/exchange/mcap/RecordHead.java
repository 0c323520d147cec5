package io.luyun.server.exchange.mcap;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import io.luyun.server.research.Records;

/**
 * What a record says besides its message: it stands before the message as a field more, number 1000, which readers of {@code luyun.v1}
 * pass over and Foxglove shows. The time is that of the MCAP message, the kind that of its channel.
 *
 * <pre>
 *   0           2        3        12
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
    private static final int LEN = 2;
    private static final int FIXED64 = 1;

    private long sequence;
    private String device = "";
    private long number;
    private long bootEpoch;
    private int end;

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

    /** The file that describes it. */
    static FileDescriptorProto file() {
        final FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder()
                .setName(FILE)
                .setPackage(PACKAGE)
                .setSyntax("proto3");
        file.addMessageTypeBuilder()
                .setName(NAME)
                .addField(field("sequence", SEQUENCE, Type.TYPE_FIXED64))
                .addField(field("device", DEVICE, Type.TYPE_STRING))
                .addField(field("number", NUMBER, Type.TYPE_UINT64))
                .addField(field("boot_epoch", BOOT_EPOCH, Type.TYPE_FIXED64));
        file.addMessageTypeBuilder().setName("Record").addField(field());
        return file.build();
    }

    /** The field that messages have more. */
    static FieldDescriptorProto field() {
        return field("record", FIELD, Type.TYPE_MESSAGE).toBuilder()
                .setTypeName("." + PACKAGE + "." + NAME)
                .build();
    }

    private static FieldDescriptorProto field(final String name, final int number, final Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(Label.LABEL_OPTIONAL)
                .setJsonName(name)
                .build();
    }
}
