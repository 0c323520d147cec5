package io.luyun.proto.uper;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UperEncoderTest {
    private final UperEncoder encoder = new UperEncoder();
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[70_000]);

    @ParameterizedTest
    @MethodSource("vectors")
    void encodesTheVeryBytesTheRoadSent(Vectors vector) {
        for (final Dialect dialect : vector.dialects()) {
            assertThat(HexFormat.of().formatHex(encode(dialect, vector.message())))
                    .isEqualTo(vector.hex());
        }
    }

    private byte[] encode(Dialect dialect, Message message) {
        final byte[] canonical = message.toByteArray();
        final UnsafeBuffer in = new UnsafeBuffer(new byte[canonical.length + 9]);
        in.putBytes(4, canonical);
        final int length = encoder.encode(dialect, Canonical.kind(message), in, 4, canonical.length, out, 3);
        assertThat(length).as("%s", encoder.violation()).isNotNegative();
        final byte[] frame = new byte[length];
        out.getBytes(3, frame);
        return frame;
    }

    static List<Vectors> vectors() {
        return Vectors.all();
    }
}
