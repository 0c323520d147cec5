package io.luyun.server.research;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Payloads of records as JSON: absent fields are absent, bytes are hexadecimal, codes are names; a text where a payload cannot be read.
 * One thread; its tables are made at the first record of each kind.
 */
public final class PayloadText {
    private static final int KINDS = 128;

    private final Quote quote;
    private final WireJson fromWire;
    private final ParsedJson fromParsed;
    private final Message[] messages = new Message[KINDS];
    private final MessageTable[] tables = new MessageTable[KINDS];

    PayloadText(final Quote quote) {
        this.quote = quote;
        fromWire = new WireJson(quote);
        fromParsed = new ParsedJson(quote);
    }

    /** The JSON of one payload of at least a byte. */
    public static String json(final int kind, final byte[] payload) {
        final TextBytes out = new TextBytes();
        new PayloadText(Quote.PLAIN).put(out, kind, new UnsafeBuffer(payload), 0, payload.length);
        return out.toString();
    }

    /** Appends one of at least a byte. */
    void put(final TextBytes out, final int kind, final DirectBuffer buffer, final int offset, final int length) {
        final MessageTable table = table(kind);
        if (table == null) {
            quote.put(out);
            out.hex(buffer, offset, length);
            quote.put(out);
        } else if (!fromWire.write(out, table, buffer, offset, length)) {
            parse(out, messages[kind], buffer, offset, length);
        }
    }

    private void parse(
            final TextBytes out, final Message type, final DirectBuffer buffer, final int offset, final int length) {
        final byte[] payload = new byte[length];
        buffer.getBytes(offset, payload);
        try {
            fromParsed.write(out, type.getParserForType().parseFrom(payload));
        } catch (final InvalidProtocolBufferException e) {
            quote.put(out);
            out.text("not readable: ");
            out.hex(buffer, offset, length);
            quote.put(out);
        }
    }

    private @Nullable MessageTable table(final int kind) {
        if (kind >= KINDS) {
            return null;
        }
        if (tables[kind] == null) {
            final Message type = Payloads.of(kind);
            if (type == null) {
                return null;
            }
            messages[kind] = type;
            tables[kind] = MessageTable.of(type.getDescriptorForType(), quote);
        }
        return tables[kind];
    }
}
