package io.luyun.benchmarks.torture.fuzz;

import io.luyun.proto.codec.MessageValidator;
import io.luyun.proto.json.Bounds;
import io.luyun.proto.json.Mapped;
import io.luyun.proto.json.RoadsideJson;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** JSON of roadside units about one thing: messages, a fault or nothing. */
final class JsonTarget implements Target {
    /** What breaks readers: other types, numbers without end, times nobody has, other alphabets. */
    private static final List<byte[]> TOKENS = Seeds.texts(
            "null",
            "true",
            "-1",
            "1e308",
            "-1e999",
            "1e-999",
            "99999999999999999999",
            "9223372036854775807",
            "[]",
            "{}",
            "[[[[[[[[",
            "\"\"",
            "\"NaN\"",
            "\"\\ud800\"",
            "\"路\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"2026-02-30T00:00:00Z\"",
            "\"timestamp\":",
            "\"ptcType\":",
            "\"latitude\":",
            ",",
            ":",
            "\\",
            "\u0000");

    private final String content;
    private final List<byte[]> texts;
    private final RoadsideJson json =
            new RoadsideJson(new Bounds(290_000_000, 1_060_000_000, 300_000_000, 1_070_000_000));
    private final MessageValidator validator = new MessageValidator();
    private final byte[] unit = new byte[8];

    JsonTarget(final String content, final List<byte[]> texts) {
        this.content = content;
        this.texts = texts;
    }

    @Override
    public String name() {
        return "json-" + content;
    }

    @Override
    public List<byte[]> seeds() {
        return texts;
    }

    @Override
    public List<byte[]> tokens() {
        return TOKENS;
    }

    @Override
    public void accept(final byte[] input) {
        final Mapped mapped = json.map(content, input, unit);
        for (final Mapped.Message message : mapped.messages()) {
            // good or not, it is one that can be told
            validator.check(message.kind(), new UnsafeBuffer(message.bytes()), 0, message.bytes().length);
        }
        if (mapped.fault() != null && !mapped.messages().isEmpty()) {
            throw new IllegalStateException("messages and a fault");
        }
    }
}
