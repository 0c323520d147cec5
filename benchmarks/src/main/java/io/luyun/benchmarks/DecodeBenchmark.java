package io.luyun.benchmarks;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.codec.BsmReader;
import io.luyun.proto.codec.DeviceFrameReader;
import io.luyun.proto.codec.MessageClock;
import io.luyun.proto.codec.MessageValidator;
import io.luyun.proto.v1.DeviceFrame;
import org.agrona.DirectBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Decode: a frame's bytes are read, checked against the schema's rules, and the fields the road needs are taken out. */
@State(Scope.Thread)
public class DecodeBenchmark {
    private final Fleet fleet = new Fleet(1_000);
    private final DeviceFrameReader reader = new DeviceFrameReader();
    private final MessageValidator validator = new MessageValidator();
    private final BsmReader bsm = new BsmReader();
    private long nowNs;

    /** One frame through the readers and the validator. */
    @Benchmark
    public void frame(final Blackhole sink) {
        advance();
        final DirectBuffer buffer = fleet.buffer();
        if (!reader.wrap(buffer, fleet.frameOffset(), fleet.frameLength())) {
            throw new IllegalStateException("malformed");
        }
        final int offset = reader.bodyOffset();
        final int length = reader.bodyLength();
        if (validator.check(reader.messageKind(), buffer, offset, length) != null) {
            throw new IllegalStateException("refused");
        }
        sink.consume(MessageClock.secMark(reader.messageKind(), buffer, offset, length));
        sink.consume(bsm.wrap(buffer, offset, length));
        sink.consume(bsm.latE7());
    }

    /** Reference: the same frame through protobuf-java, unchecked. */
    @Benchmark
    public int protobufJava() throws InvalidProtocolBufferException {
        advance();
        final DeviceFrame frame =
                DeviceFrame.parser().parseFrom(fleet.bytes(), fleet.frameOffset(), fleet.frameLength());
        return frame.getMessage().getBsm().getPos().getLat();
    }

    private void advance() {
        nowNs += Fleet.PERIOD_NS / fleet.size();
        fleet.next(nowNs);
    }
}
