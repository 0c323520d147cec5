package io.luyun.proto.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Ack;
import io.luyun.proto.v1.HeartbeatReply;
import io.luyun.proto.v1.ServerFrame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What the server writes by hand is what protobuf-java reads. */
class ServerFrameWriterTest {
    private static final int OFFSET = 9;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(64);

    @Test
    void writesAcks() throws IOException {
        for (int bits = 0; bits < 64; bits++) {
            for (final long upTo : new long[] {1L << bits, (1L << bits) - 1, -1L >>> bits}) {
                final int length = ServerFrameWriter.ack(buffer, OFFSET, upTo);
                assertThat(length).isLessThanOrEqualTo(ServerFrameWriter.MAX_ACK_LENGTH);
                assertThat(parse(length))
                        .isEqualTo(ServerFrame.newBuilder()
                                .setAck(Ack.newBuilder().setUpTo(upTo))
                                .build());
            }
        }
    }

    @Test
    void writesHeartbeatReplies() throws IOException {
        final int length = ServerFrameWriter.heartbeatReply(buffer, OFFSET, 1_785_000_000_123_456_789L, -2, 3);
        assertThat(length).isEqualTo(ServerFrameWriter.HEARTBEAT_REPLY_LENGTH);
        assertThat(parse(length))
                .isEqualTo(ServerFrame.newBuilder()
                        .setHeartbeatReply(HeartbeatReply.newBuilder()
                                .setDeviceTimeNs(1_785_000_000_123_456_789L)
                                .setReceivedAtNs(-2)
                                .setSentAtNs(3))
                        .build());
    }

    @Test
    void varintsReadAsWritten() {
        for (int bits = 0; bits < 64; bits++) {
            final long value = 1L << bits;
            final int length = Wire.putVarint(buffer, OFFSET, value);
            assertThat(length).isEqualTo(Wire.sizeOfVarint(value));
            assertThat(Wire.varintLength(buffer, OFFSET, OFFSET + length)).isEqualTo(length);
            assertThat(Wire.varintLength(buffer, OFFSET, OFFSET + length - 1)).isZero();
            assertThat(Wire.varint(buffer, OFFSET, length)).isEqualTo(value);
        }
        assertThat(Wire.sizeOfVarint(0)).isEqualTo(1);
        final UnsafeBuffer endless = new UnsafeBuffer(new byte[11]);
        endless.setMemory(0, 11, (byte) 0x80);
        assertThat(Wire.varintLength(endless, 0, 9)).isZero();
        assertThat(Wire.varintLength(endless, 0, 10)).isEqualTo(-1);
        assertThat(Wire.varintLength(endless, 0, 11)).isEqualTo(-1);
    }

    private ServerFrame parse(int length) throws IOException {
        final ByteArrayInputStream stream = new ByteArrayInputStream(buffer.byteArray(), OFFSET, length);
        final ServerFrame frame = ServerFrame.parseDelimitedFrom(stream);
        assertThat(stream.available()).isZero();
        return frame;
    }
}
