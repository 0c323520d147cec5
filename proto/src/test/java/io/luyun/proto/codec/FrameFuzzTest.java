package io.luyun.proto.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.luyun.proto.fuzz.Fuzz;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.MessageKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The server's own frames as they come on a connection, each after its length, mutated: cut, read, checked and walked. */
class FrameFuzzTest {
    private static final int MAX_INPUT = 4_096;
    private static final long SEED = 20260804;

    private final DeviceFrameReader frames = new DeviceFrameReader();
    private final MessageValidator validator = new MessageValidator();
    private final BsmReader bsm = new BsmReader();
    private final RsmReader rsm = new RsmReader();
    private final PsmReader psm = new PsmReader();
    private final SsmReader ssm = new SsmReader();
    private final SpatReader spat = new SpatReader();
    private int sum;

    @Test
    void everyFrameIsAnsweredAndCheap() throws IOException {
        final int good = Fuzz.run("native frames", inputs(), List.of(), MAX_INPUT, this::takes);
        assertThat(good).isBetween(10, 950);
        assertThat(sum).isNotZero();
    }

    private boolean takes(UnsafeBuffer in, int length) {
        int at = 0;
        boolean good = true;
        while (at < length) {
            final int head = Wire.varintLength(in, at, length);
            if (head <= 0) {
                return false;
            }
            final long size = Wire.varint(in, at, head);
            at += head;
            if (size < 0 || size > length - at) {
                return false;
            }
            good &= takesFrame(in, at, (int) size);
            at += (int) size;
        }
        return good;
    }

    private boolean takesFrame(UnsafeBuffer in, int offset, int length) {
        if (!frames.wrap(in, offset, length)) {
            return false;
        }
        final int kind = frames.messageKind();
        final int at = frames.bodyOffset();
        final int size = frames.bodyLength();
        if (kind == 0) {
            return frames.body() != 0 && validator.checkBody(frames.body(), in, at, size) == null;
        }
        // the readers meet checked messages only, and must not depend on that
        walk(kind, in, at, size);
        sum += MessageClock.secMark(kind, in, at, size);
        return validator.checkNumber(frames.number()) == null && validator.check(kind, in, at, size) == null;
    }

    private void walk(int kind, UnsafeBuffer in, int offset, int length) {
        switch (kind) {
            case MessageKind.MESSAGE_KIND_BSM_VALUE -> sum += bsm.wrap(in, offset, length) ? bsm.latE7() : 0;
            case MessageKind.MESSAGE_KIND_PSM_VALUE -> sum += psm.wrap(in, offset, length) ? psm.latE7() : 0;
            case MessageKind.MESSAGE_KIND_RSM_VALUE -> {
                if (rsm.wrap(in, offset, length)) {
                    while (rsm.next()) {
                        sum += rsm.latE7();
                    }
                }
            }
            case MessageKind.MESSAGE_KIND_SSM_VALUE -> {
                if (ssm.wrap(in, offset, length)) {
                    while (ssm.next()) {
                        sum += ssm.latE7();
                    }
                }
            }
            case MessageKind.MESSAGE_KIND_SPAT_VALUE -> {
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
            default -> {}
        }
    }

    private static List<byte[]> inputs() throws IOException {
        final List<byte[]> inputs = new ArrayList<>();
        for (final double presence : new double[] {0, 0.5, 1}) {
            final RandomMessages messages = new RandomMessages(SEED, presence);
            for (final Message frame : List.of(
                    messages.like(DeviceFrame.getDefaultInstance()), messages.like(DeviceFrame.getDefaultInstance()))) {
                inputs.add(delimited(frame));
            }
            for (final Message kind : Samples.KINDS) {
                final var message = io.luyun.proto.v1.Message.newBuilder().setNumber(7);
                message.setField(
                        message.getDescriptorForType().getFields().stream()
                                .filter(field -> field.getJavaType()
                                        == com.google.protobuf.Descriptors.FieldDescriptor.JavaType.MESSAGE)
                                .filter(field -> field.getMessageType() == kind.getDescriptorForType())
                                .findFirst()
                                .orElseThrow(),
                        messages.like(kind));
                inputs.add(
                        delimited(DeviceFrame.newBuilder().setMessage(message).build()));
            }
        }
        inputs.removeIf(input -> input.length > MAX_INPUT / 2);
        // several on one connection
        inputs.add(Samples.joined(inputs.get(2), Samples.joined(inputs.get(0), inputs.get(3))));
        return inputs;
    }

    private static byte[] delimited(Message frame) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        frame.writeDelimitedTo(out);
        return out.toByteArray();
    }
}
