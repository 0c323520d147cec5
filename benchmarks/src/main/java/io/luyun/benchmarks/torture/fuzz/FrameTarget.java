package io.luyun.benchmarks.torture.fuzz;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.codec.BsmReader;
import io.luyun.proto.codec.DeviceFrameReader;
import io.luyun.proto.codec.MessageClock;
import io.luyun.proto.codec.MessageValidator;
import io.luyun.proto.codec.PsmReader;
import io.luyun.proto.codec.RsmReader;
import io.luyun.proto.codec.SpatReader;
import io.luyun.proto.codec.SsmReader;
import io.luyun.proto.codec.Wire;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.MessageKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** The readers of canonical frames, checked against protobuf-java: what they find good it can read. */
final class FrameTarget implements Target {
    private final DeviceFrameReader frames = new DeviceFrameReader();
    private final MessageValidator validator = new MessageValidator();
    private final BsmReader bsm = new BsmReader();
    private final RsmReader rsm = new RsmReader();
    private final PsmReader psm = new PsmReader();
    private final SsmReader ssm = new SsmReader();
    private final SpatReader spat = new SpatReader();
    private final UnsafeBuffer in = new UnsafeBuffer(0, 0);

    @SuppressWarnings("UnusedVariable") // a sink: what is read must not be optimised away
    private long sum;

    @Override
    public String name() {
        return "protobuf";
    }

    @Override
    public List<byte[]> seeds() {
        final List<byte[]> seeds = new ArrayList<>();
        for (final byte[] delimited : Seeds.hex("frames")) {
            final UnsafeBuffer buffer = new UnsafeBuffer(delimited);
            final int head = Wire.varintLength(buffer, 0, delimited.length);
            seeds.add(Arrays.copyOfRange(delimited, head, head + (int) Wire.varint(buffer, 0, head)));
        }
        return seeds;
    }

    @Override
    public void accept(final byte[] input) {
        in.wrap(input);
        if (!frames.wrap(in, 0, input.length)) {
            return;
        }
        final int kind = frames.messageKind();
        final int at = frames.bodyOffset();
        final int length = frames.bodyLength();
        if (kind == 0) {
            if (frames.body() != 0 && validator.checkBody(frames.body(), in, at, length) == null) {
                expectReadable(input);
            }
            return;
        }
        // the readers meet checked messages only, and must not depend on that
        walk(kind, at, length);
        sum += MessageClock.secMark(kind, in, at, length);
        if (validator.checkNumber(frames.number()) == null && validator.check(kind, in, at, length) == null) {
            expectReadable(input);
        }
    }

    /** A large message is an object for each of its parts: that cost is protobuf-java's, and stands for small ones alone. */
    private static @Nullable DeviceFrame expectReadable(final byte[] input) {
        if (input.length > 512) {
            return null;
        }
        try {
            return DeviceFrame.parseFrom(input);
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("found good, and protobuf-java cannot read it", e);
        }
    }

    private void walk(final int kind, final int offset, final int length) {
        switch (kind) {
            case MessageKind.MESSAGE_KIND_BSM_VALUE -> sum += bsm.wrap(in, offset, length) ? bsm.latE7() : 0;
            case MessageKind.MESSAGE_KIND_PSM_VALUE -> sum += psm.wrap(in, offset, length) ? psm.latE7() : 0;
            case MessageKind.MESSAGE_KIND_RSM_VALUE -> {
                boolean more = rsm.wrap(in, offset, length) && rsm.next();
                while (more) {
                    sum += rsm.latE7();
                    more = rsm.next();
                }
            }
            case MessageKind.MESSAGE_KIND_SSM_VALUE -> {
                boolean more = ssm.wrap(in, offset, length) && ssm.next();
                while (more) {
                    sum += ssm.latE7();
                    more = ssm.next();
                }
            }
            case MessageKind.MESSAGE_KIND_SPAT_VALUE -> walkSpat(offset, length);
            default -> {}
        }
    }

    private void walkSpat(final int offset, final int length) {
        if (spat.wrap(in, offset, length)) {
            while (spat.nextIntersection()) {
                while (spat.nextPhase()) {
                    while (spat.nextState()) {
                        sum += spat.light();
                    }
                }
            }
        }
    }
}
