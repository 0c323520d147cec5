package io.luyun.proto.codec;

import static io.luyun.proto.codec.Samples.OFFSET;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.luyun.proto.v1.Bye;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Heartbeat;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.MessageKind;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Frames are taken apart as protobuf-java would. */
class DeviceFrameReaderTest {
    private static final long SEED = 20260801;

    private final DeviceFrameReader reader = new DeviceFrameReader();

    @Test
    void findsTheBodyOfEveryFrame() {
        System.out.println("DeviceFrameReaderTest seed " + SEED);
        final boolean[] bodies = new boolean[8];
        final boolean[] kinds = new boolean[Samples.KINDS.length + 1];
        for (int i = 0; i < 1500; i++) {
            final DeviceFrame frame = new RandomMessages(SEED + i, i % 4 / 3.0).like(DeviceFrame.getDefaultInstance());
            check(frame);
            bodies[frame.getBodyCase().getNumber()] = true;
            kinds[
                    frame.getMessage().getBodyCase().getNumber() == 0
                            ? 0
                            : frame.getMessage().getBodyCase().getNumber() - 1] = true;
        }
        assertThat(bodies).containsOnly(true);
        assertThat(kinds).containsOnly(true);
    }

    @Test
    void numbersKindsAsTheSchemaDoes() {
        final com.google.protobuf.Descriptors.Descriptor message = Message.getDescriptor();
        for (final var field : message.getRealOneofs().get(0).getFields()) {
            assertThat(MessageKind.forNumber(field.getNumber() - 1).name())
                    .isEqualTo("MESSAGE_KIND_" + field.getName().toUpperCase(java.util.Locale.ROOT));
        }
    }

    @Test
    void refusesExactlyTheTruncationsThatProtobufRefuses() {
        for (int i = 0; i < 40; i++) {
            final byte[] bytes = new RandomMessages(SEED + i, 1)
                    .like(DeviceFrame.getDefaultInstance())
                    .toByteArray();
            final UnsafeBuffer buffer = Samples.buffer(bytes);
            for (int length = 0; length <= Math.min(bytes.length, 600); length++) {
                assertThat(reader.wrap(buffer, OFFSET, length))
                        .isEqualTo(Samples.parse(DeviceFrame.getDefaultInstance(), bytes, length) != null);
            }
        }
    }

    @Test
    void neverThrowsOnDamage() {
        final Random random = new Random(SEED);
        int refused = 0;
        final byte[][] frames = new byte[40][];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = new RandomMessages(SEED + i, 0.5)
                    .like(DeviceFrame.getDefaultInstance())
                    .toByteArray();
        }
        for (int i = 0; i < 20_000; i++) {
            final byte[] bytes = Samples.damaged(frames[i % frames.length], random);
            if (!reader.wrap(Samples.buffer(bytes), OFFSET, bytes.length)) {
                refused++;
            } else {
                assertThat(reader.bodyOffset()).isBetween(OFFSET, OFFSET + bytes.length);
                assertThat(reader.bodyOffset() + reader.bodyLength()).isLessThanOrEqualTo(OFFSET + bytes.length);
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void namesAFieldItDoesNotKnow() {
        final UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(
                        19,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("new"))
                                .build())
                .build();
        wrap(DeviceFrame.newBuilder().setUnknownFields(unknown).build());
        assertThat(reader.body()).isZero();
        assertThat(reader.unknownField()).isEqualTo(19);

        wrap(DeviceFrame.newBuilder()
                .setMessage(Message.newBuilder().setNumber(7).setUnknownFields(unknown))
                .build());
        assertThat(reader.body()).isEqualTo(DeviceFrame.MESSAGE_FIELD_NUMBER);
        assertThat(reader.number()).isEqualTo(7);
        assertThat(reader.messageKind()).isZero();
        assertThat(reader.unknownField()).isEqualTo(19);
        assertThat(reader.bodyLength()).isZero();

        wrap(DeviceFrame.getDefaultInstance());
        assertThat(reader.body()).isZero();
        assertThat(reader.unknownField()).isZero();
    }

    @Test
    void refusesTwoBodiesAndForeignWireTypes() {
        final byte[] hello = DeviceFrame.newBuilder()
                .setHello(Hello.newBuilder().setProtocol(1))
                .build()
                .toByteArray();
        final byte[] bye = DeviceFrame.newBuilder()
                .setBye(Bye.getDefaultInstance())
                .build()
                .toByteArray();
        assertRefused(Samples.joined(hello, bye));
        assertRefused(Samples.joined(hello, hello));
        assertRefused(new byte[] {DeviceFrame.HELLO_FIELD_NUMBER << 3, 1});
        assertRefused(new byte[] {DeviceFrame.HEARTBEAT_FIELD_NUMBER << 3 | 2, 2, 1 << 3, 5});
        assertRefused(new byte[] {DeviceFrame.MESSAGE_FIELD_NUMBER << 3 | 2, 2, Message.BSM_FIELD_NUMBER << 3, 5});
        assertRefused(new byte[] {DeviceFrame.MESSAGE_FIELD_NUMBER << 3 | 2, 2, 1 << 3 | 2, 0});
        assertRefused(new byte[] {DeviceFrame.MESSAGE_FIELD_NUMBER << 3 | 2, 4, 2 << 3 | 2, 0, 2 << 3 | 2, 0});
    }

    private void assertRefused(byte[] bytes) {
        assertThat(reader.wrap(Samples.buffer(bytes), OFFSET, bytes.length)).isFalse();
    }

    private UnsafeBuffer wrap(DeviceFrame frame) {
        final byte[] bytes = frame.toByteArray();
        final UnsafeBuffer buffer = Samples.buffer(bytes);
        assertThat(reader.wrap(buffer, OFFSET, bytes.length)).isTrue();
        return buffer;
    }

    private void check(DeviceFrame frame) {
        final UnsafeBuffer buffer = wrap(frame);
        assertThat(reader.body()).isEqualTo(frame.getBodyCase().getNumber());
        assertThat(reader.unknownField()).isZero();
        assertThat(reader.number()).isEqualTo(frame.getMessage().getNumber());
        assertThat(reader.heartbeatDeviceTimeNs())
                .isEqualTo(frame.getHeartbeat().getDeviceTimeNs());
        com.google.protobuf.Message body = frame.getBodyCase() == DeviceFrame.BodyCase.BODY_NOT_SET
                ? Heartbeat.getDefaultInstance()
                : (com.google.protobuf.Message)
                        frame.getField(DeviceFrame.getDescriptor().findFieldByNumber(reader.body()));
        if (frame.hasMessage()) {
            final Message message = frame.getMessage();
            final int kind = message.getBodyCase().getNumber();
            assertThat(reader.messageKind()).isEqualTo(kind == 0 ? 0 : kind - 1);
            body = kind == 0
                    ? Heartbeat.getDefaultInstance()
                    : (com.google.protobuf.Message)
                            message.getField(Message.getDescriptor().findFieldByNumber(kind));
        } else {
            assertThat(reader.messageKind()).isZero();
        }
        final byte[] bytes = new byte[reader.bodyLength()];
        buffer.getBytes(reader.bodyOffset(), bytes);
        assertThat(bytes).isEqualTo(body.toByteArray());
    }
}
