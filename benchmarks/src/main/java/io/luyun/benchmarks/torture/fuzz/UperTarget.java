package io.luyun.benchmarks.torture.fuzz;

import io.luyun.proto.codec.MessageValidator;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.UperDecoder;
import io.luyun.proto.uper.UperEncoder;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** UPER frames of a dialect. What is taken is a message of the schema, and can be written again. */
final class UperTarget implements Target {
    private final Dialect dialect;
    private final UperDecoder decoder = new UperDecoder();
    private final UperEncoder encoder = new UperEncoder();
    private final MessageValidator validator = new MessageValidator();
    private final UnsafeBuffer in = new UnsafeBuffer(0, 0);
    private final ExpandableArrayBuffer canonical = new ExpandableArrayBuffer(1 << 17);
    private final ExpandableArrayBuffer out = new ExpandableArrayBuffer(1 << 17);

    UperTarget(final Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public String name() {
        return "uper-" + dialect.label();
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.hex(name());
    }

    @Override
    public int maxLength() {
        return 2_048;
    }

    @Override
    public void accept(final byte[] input) {
        in.wrap(input);
        final int length = decoder.decode(dialect, in, 0, input.length, canonical, 0);
        if ((decoder.violation() == null) != (length >= 0)) {
            throw new IllegalStateException("length " + length + " with " + decoder.violation());
        }
        if (length >= 0 && validator.check(decoder.messageKind(), canonical, 0, length) == null) {
            encoder.encode(dialect, decoder.messageKind(), canonical, 0, length, out, 0);
        }
    }
}
