package io.luyun.server.research;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.luyun.proto.codec.WireCursor;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.RecordKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the head of a message says that most kinds have: its count, and its time within the minute. One object for many. */
final class MessageHead {
    static final int ABSENT = -1;
    private static final String PREFIX = "RECORD_KIND_";
    private static final int TYPE_BITS = 3;
    /** Where both stand in nearly all messages. */
    private static final int BEGINNING = 48;

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

    private final WireCursor cursor = new WireCursor();

    /** 0 to 127. */
    int msgCnt = ABSENT;
    /** Milliseconds within the minute, by the sender's clock. */
    int secMark = ABSENT;

    /** Reads that of a message of a device; what it does not have is ABSENT. */
    void read(final Records record) {
        msgCnt = ABSENT;
        secMark = ABSENT;
        if (COUNT_FIELDS[record.kind()] != 0
                && !read(record, Math.min(BEGINNING, record.payloadLength()))
                && !read(record, record.payloadLength())) {
            throw new IllegalStateException("record " + record.sequence() + " is not what its checksum says");
        }
    }

    /** Looks into the first bytes alone; false when what is looked for may stand behind them. */
    private boolean read(final Records record, final int length) {
        final int count = COUNT_FIELDS[record.kind()] << TYPE_BITS;
        final int mark = MARK_FIELDS[record.kind()] << TYPE_BITS;
        cursor.wrap(record.buffer(), record.payloadOffset(), length);
        int tag = cursor.tag();
        while (tag != 0) {
            if (tag == count) {
                msgCnt = (int) cursor.varint();
            } else if (tag == mark) {
                secMark = (int) cursor.varint();
            } else {
                cursor.skip(tag);
            }
            if (!cursor.malformed() && msgCnt != ABSENT && (secMark != ABSENT || mark == 0)) {
                return true;
            }
            tag = cursor.tag();
        }
        return length == record.payloadLength() && !cursor.malformed();
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
