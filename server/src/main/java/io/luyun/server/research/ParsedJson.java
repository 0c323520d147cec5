package io.luyun.server.research;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Writes messages as JSON by what protobuf has read of them: for the few that {@link WireJson} does not take. Stateless, any thread.
 */
final class ParsedJson {
    private final Quote quote;

    ParsedJson(final Quote quote) {
        this.quote = quote;
    }

    /** Appends a message. */
    void write(final TextBytes out, final Message message) {
        char before = '{';
        for (final Map.Entry<FieldDescriptor, Object> field :
                message.getAllFields().entrySet()) {
            out.put(before);
            before = ',';
            text(out, field.getKey().getName());
            out.put(':');
            if (field.getValue() instanceof List<?> values) {
                char between = '[';
                for (final Object value : values) {
                    out.put(between);
                    between = ',';
                    value(out, value);
                }
                out.put(']');
            } else {
                value(out, field.getValue());
            }
        }
        if (before == '{') {
            out.put('{');
        }
        out.put('}');
    }

    private void value(final TextBytes out, final Object value) {
        switch (value) {
            case Message message -> write(out, message);
            case Integer number -> out.number(number);
            case Long number -> out.number(number);
            case Boolean flag -> out.text(flag.toString());
            case ByteString bytes -> text(out, HexFormat.of().formatHex(bytes.toByteArray()));
            case EnumValueDescriptor code -> text(out, code.getName());
            case String text -> text(out, text);
            default -> throw new IllegalStateException("no form for a " + value.getClass());
        }
    }

    /** Appends a text in quotation marks. */
    void text(final TextBytes out, final String text) {
        quote.put(out);
        out.escaped(text, quote);
        quote.put(out);
    }
}
