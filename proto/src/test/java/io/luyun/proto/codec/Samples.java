package io.luyun.proto.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Clpmm;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.Pam;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.Rsc;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.Rtcm;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.Ssm;
import io.luyun.proto.v1.TestMsg;
import io.luyun.proto.v1.Vir;
import io.luyun.proto.v1.Vpm;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** What the codec's tests share: all kinds of message, buffers at odd offsets, damage. */
final class Samples {
    /** By number of {@code MessageKind}, minus one. */
    static final Message[] KINDS = {
        Bsm.getDefaultInstance(),
        Rsm.getDefaultInstance(),
        Rsi.getDefaultInstance(),
        Spat.getDefaultInstance(),
        MapData.getDefaultInstance(),
        TestMsg.getDefaultInstance(),
        Rtcm.getDefaultInstance(),
        Rsc.getDefaultInstance(),
        Ssm.getDefaultInstance(),
        Vir.getDefaultInstance(),
        Pam.getDefaultInstance(),
        Psm.getDefaultInstance(),
        Clpmm.getDefaultInstance(),
        Vpm.getDefaultInstance()
    };

    /** Messages do not begin at 0 in life, nor end where the buffer ends. */
    static final int OFFSET = 5;

    private Samples() {}

    static UnsafeBuffer buffer(byte[] bytes) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[OFFSET + bytes.length + 3]);
        buffer.setMemory(0, buffer.capacity(), (byte) 0x0A);
        buffer.putBytes(OFFSET, bytes);
        return buffer;
    }

    static @Nullable Message parse(Message prototype, byte[] bytes, int length) {
        try {
            return prototype.getParserForType().parseFrom(bytes, 0, length);
        } catch (InvalidProtocolBufferException expected) {
            return null;
        }
    }

    /** Some bytes changed, a piece cut out or doubled. */
    static byte[] damaged(byte[] bytes, Random random) {
        if (bytes.length < 2) {
            return bytes;
        }
        final int at = random.nextInt(bytes.length);
        final int length = Math.min(1 + random.nextInt(8), bytes.length - at);
        return switch (random.nextInt(4)) {
            case 0 -> {
                final byte[] changed = bytes.clone();
                changed[at] ^= (byte) (1 << random.nextInt(8));
                yield changed;
            }
            case 1 -> {
                final byte[] changed = bytes.clone();
                for (int i = at; i < at + length; i++) {
                    changed[i] = (byte) random.nextInt();
                }
                yield changed;
            }
            case 2 -> joined(bytes, 0, at, bytes, at + length, bytes.length);
            default -> joined(bytes, 0, at + length, bytes, at, bytes.length);
        };
    }

    static byte[] joined(byte[] a, int fromA, int toA, byte[] b, int fromB, int toB) {
        final byte[] all = new byte[toA - fromA + toB - fromB];
        System.arraycopy(a, fromA, all, 0, toA - fromA);
        System.arraycopy(b, fromB, all, toA - fromA, toB - fromB);
        return all;
    }

    static byte[] joined(byte[] a, byte[] b) {
        return joined(a, 0, a.length, b, 0, b.length);
    }
}
