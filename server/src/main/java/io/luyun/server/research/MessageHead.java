package io.luyun.server.research;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.RecordKind;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the head of a message says that most kinds have: its count, and its time within the minute. One object for many. */
final class MessageHead {
    static final int ABSENT = -1;
    private static final String PREFIX = "RECORD_KIND_";

    /** Numbers of the fields by kind, 0 for a kind that has none. */
    private static final int[] COUNT_FIELDS = new int[Records.CONTROL_KINDS];

    private static final int[] MARK_FIELDS = new int[Records.CONTROL_KINDS];

    static {
        for (int kind = 0; kind < Records.CONTROL_KINDS; kind++) {
            final Descriptor type = type(kind);
            COUNT_FIELDS[kind] = number(type, "msg_cnt");
            MARK_FIELDS[kind] = number(type, "sec_mark");
        }
    }

    /** 0 to 127. */
    int msgCnt = ABSENT;
    /** Milliseconds within the minute, by the sender's clock. */
    int secMark = ABSENT;

    /** Reads one; what it does not have is ABSENT. */
    void read(final int kind, final byte[] payload) {
        msgCnt = ABSENT;
        secMark = ABSENT;
        if (COUNT_FIELDS[kind] == 0) {
            return;
        }
        final CodedInputStream in = CodedInputStream.newInstance(payload);
        try {
            int tag = in.readTag();
            while (tag != 0 && (msgCnt == ABSENT || (secMark == ABSENT && MARK_FIELDS[kind] != 0))) {
                final int field = WireFormat.getTagFieldNumber(tag);
                if (field == COUNT_FIELDS[kind]) {
                    msgCnt = in.readUInt32();
                } else if (field == MARK_FIELDS[kind]) {
                    secMark = in.readUInt32();
                } else {
                    in.skipField(tag);
                }
                tag = in.readTag();
            }
        } catch (final IOException e) {
            throw new IllegalStateException("a message of kind " + kind + " is not what its checksum says", e);
        }
    }

    private static int number(final @Nullable Descriptor type, final String field) {
        final FieldDescriptor found = type == null ? null : type.findFieldByName(field);
        return found == null ? 0 : found.getNumber();
    }

    /** A message of a device is one of those that may stand in a frame, under the name of its kind. */
    private static @Nullable Descriptor type(final int number) {
        final RecordKind kind = RecordKind.forNumber(number);
        final FieldDescriptor body = kind == null
                ? null
                : Message.getDescriptor()
                        .findFieldByName(kind.name().substring(PREFIX.length()).toLowerCase(Locale.ROOT));
        return body == null ? null : body.getMessageType();
    }
}
