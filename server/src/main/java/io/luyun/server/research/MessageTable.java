package io.luyun.server.research;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a kind of message looks like on the wire and in JSON, by the numbers of its fields. Made once; then only read. */
final class MessageTable {
    private static final int MOST_NAMED = 1_024;
    /** What ends a list, and an object. */
    private static final int LIST_ENDS = 2;

    /** By number; null for none. */
    private @Nullable Field[] fields = {};

    private int room;

    private MessageTable() {}

    /** Bytes that a field of one number may take, with what is written beyond it. */
    int room() {
        return room;
    }

    /** The field of a number; null for none. */
    @Nullable
    Field field(final int number) {
        return number < fields.length ? fields[number] : null;
    }

    // How a value stands on the wire, and how it is told. Numbers, since to switch over an enum takes a look into a
    // table more.
    /** Varints: numbers, flags and codes. */
    static final int INT = 0;

    static final int LONG = 1;
    static final int SIGNED_INT = 2;
    static final int SIGNED_LONG = 3;
    static final int FLAG = 4;
    static final int CODE = 5;
    /** Lengths, and what stands behind them. */
    static final int MESSAGE = 6;

    static final int BYTES = 7;
    static final int STRING = 8;
    /** As many bytes as they are wide. */
    static final int FIXED_INT = 9;

    static final int FIXED_LONG = 10;

    private static int form(final FieldDescriptor.Type type) {
        return switch (type) {
            case UINT32, INT32 -> INT;
            case UINT64, INT64 -> LONG;
            case SINT32 -> SIGNED_INT;
            case SINT64 -> SIGNED_LONG;
            case BOOL -> FLAG;
            case ENUM -> CODE;
            case MESSAGE -> MESSAGE;
            case BYTES -> BYTES;
            case STRING -> STRING;
            case FIXED32, SFIXED32 -> FIXED_INT;
            case FIXED64, SFIXED64 -> FIXED_LONG;
            case FLOAT, DOUBLE, GROUP -> throw new IllegalStateException("no form for a " + type);
        };
    }

    /** A field. */
    static final class Field {
        final int number;
        /** Tag of one value. */
        final int tag;
        /** <code>{"name":</code>, for the first of an object; with the bracket of a list. */
        final Word first;
        /** {@code ,"name":}, for all others. */
        final Word next;

        final int form;
        final boolean repeated;
        /** A bit for each group of which one field alone may be there; 0 for a field of none. */
        final long oneof;

        private final @Nullable MessageTable message;
        /** Names in quotation marks by number. */
        private final Word[] names;

        private final @Nullable EnumDescriptor codes;

        private Field(final FieldDescriptor field, final Quote quote, final Map<Descriptor, MessageTable> made) {
            number = field.getNumber();
            repeated = field.isRepeated();
            final String name = quote.mark + field.getName() + quote.mark + (repeated ? ":[" : ":");
            first = new Word("{" + name);
            next = new Word("," + name);
            form = form(field.getType());
            tag = number << 3 | field.getLiteType().getWireType();
            oneof = field.getRealContainingOneof() == null
                    ? 0
                    : 1L << field.getRealContainingOneof().getIndex();
            message = form == MESSAGE ? of(field.getMessageType(), quote, made) : null;
            codes = form == CODE ? field.getEnumType() : null;
            names = codes == null ? new Word[0] : names(codes, quote);
            if (!repeated && !field.hasPresence()) {
                throw new IllegalStateException(field.getFullName() + " does not say whether it is there");
            }
        }

        /** Whether a tag says that several values stand in one length. */
        boolean packed(final int given) {
            return repeated && given == (number << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED);
        }

        int room() {
            int most = Digits.ROOM;
            for (final Word name : names) {
                most = Math.max(most, name.room());
            }
            return LIST_ENDS + next.room() + most;
        }

        /** The table of the message it holds. */
        MessageTable within() {
            if (message == null) {
                throw new IllegalStateException("field " + number + " has no fields");
            }
            return message;
        }

        /** The name of a code, in quotation marks. */
        Word name(final int code, final Quote quote) {
            if (codes == null) {
                throw new IllegalStateException("field " + number + " has no names");
            }
            return code >= 0 && code < names.length ? names[code] : MessageTable.name(codes, code, quote);
        }
    }

    /** Makes the table of a message and all within it. */
    static MessageTable of(final Descriptor type, final Quote quote) {
        return of(type, quote, new HashMap<>());
    }

    private static MessageTable of(final Descriptor type, final Quote quote, final Map<Descriptor, MessageTable> made) {
        final MessageTable before = made.get(type);
        if (before != null) {
            return before;
        }
        final MessageTable table = new MessageTable();
        made.put(type, table);
        int most = 0;
        for (final FieldDescriptor field : type.getFields()) {
            most = Math.max(most, field.getNumber());
        }
        table.fields = new Field[most + 1];
        for (final FieldDescriptor field : type.getFields()) {
            final Field one = new Field(field, quote, made);
            table.fields[one.number] = one;
            table.room = Math.max(table.room, one.room());
        }
        return table;
    }

    private static Word[] names(final EnumDescriptor codes, final Quote quote) {
        int most = 0;
        for (final EnumValueDescriptor value : codes.getValues()) {
            most = Math.max(most, value.getNumber());
        }
        final Word[] names = new Word[Math.min(most + 1, MOST_NAMED)];
        for (int i = 0; i < names.length; i++) {
            names[i] = name(codes, i, quote);
        }
        return names;
    }

    private static Word name(final EnumDescriptor codes, final int number, final Quote quote) {
        return new Word(
                quote.mark + codes.findValueByNumberCreatingIfUnknown(number).getName() + quote.mark);
    }
}
