package io.luyun.proto.uper;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UperDecoderTest {
    private final UperDecoder decoder = new UperDecoder();
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[70_000]);

    @ParameterizedTest
    @MethodSource("vectors")
    void decodesWhatTheRoadSent(Vectors vector) throws InvalidProtocolBufferException {
        for (final Dialect dialect : vector.dialects()) {
            assertThat(decode(dialect, vector.frame(), vector.message())).isEqualTo(vector.message());
            assertThat(decoder.messageKind()).isEqualTo(Canonical.kind(vector.message()));
            assertThat(decoder.unreadExtensions()).isZero();
        }
    }

    private Message decode(Dialect dialect, byte[] frame, Message prototype) throws InvalidProtocolBufferException {
        final UnsafeBuffer in = new UnsafeBuffer(new byte[frame.length + 9]);
        in.setMemory(0, in.capacity(), (byte) 0xFF);
        in.putBytes(4, frame);
        final int length = decoder.decode(dialect, in, 4, frame.length, out, 3);
        assertThat(length).as("%s", decoder.violation()).isNotNegative();
        final byte[] bytes = new byte[length];
        out.getBytes(3, bytes);
        return prototype.getParserForType().parseFrom(bytes);
    }

    static List<Vectors> vectors() {
        return Vectors.all();
    }
}
