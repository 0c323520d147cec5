package io.luyun.benchmarks;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.UperDecoder;
import io.luyun.proto.uper.UperEncoder;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MessageKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Two frames of the road in unaligned PER, to the bytes of luyun.v1 and back: a vehicle's 53 bytes, a map's 529. */
@State(Scope.Thread)
public class UperBenchmark {
    private static final Dialect DIALECT = Dialect.PHASE_1_2019;

    private final UperDecoder decoder = new UperDecoder();
    private final UperEncoder encoder = new UperEncoder();
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[1 << 17]);
    private final UnsafeBuffer bsm = frame("bsm-53.hex");
    private final UnsafeBuffer map = frame("map-529.hex");
    private final UnsafeBuffer bsmCanonical = canonical(bsm, MessageKind.MESSAGE_KIND_BSM_VALUE);
    private final UnsafeBuffer mapCanonical = canonical(map, MessageKind.MESSAGE_KIND_MAP_VALUE);

    /** A BSM to canonical bytes. */
    @Benchmark
    public int decodeBsm() {
        return decoder.decode(DIALECT, bsm, 0, bsm.capacity(), out, 0);
    }

    /** And back. */
    @Benchmark
    public int encodeBsm() {
        return encode(bsmCanonical, MessageKind.MESSAGE_KIND_BSM_VALUE);
    }

    /** Reference: protobuf-java reads the canonical BSM. */
    @Benchmark
    public int protobufJavaBsm() throws InvalidProtocolBufferException {
        return Bsm.parseFrom(bsmCanonical.byteArray()).getHeading();
    }

    /** A MAP to canonical bytes. */
    @Benchmark
    public int decodeMap() {
        return decoder.decode(DIALECT, map, 0, map.capacity(), out, 0);
    }

    /** And back. */
    @Benchmark
    public int encodeMap() {
        return encode(mapCanonical, MessageKind.MESSAGE_KIND_MAP_VALUE);
    }

    /** Reference: protobuf-java reads the canonical MAP. */
    @Benchmark
    public int protobufJavaMap() throws InvalidProtocolBufferException {
        return MapData.parseFrom(mapCanonical.byteArray()).getNodesCount();
    }

    private int encode(final UnsafeBuffer canonical, final int kind) {
        return encoder.encode(DIALECT, kind, canonical, 0, canonical.capacity(), out, 0);
    }

    /** What the frame decodes to, once it is sure that it goes back to the same bytes. */
    private UnsafeBuffer canonical(final UnsafeBuffer frame, final int kind) {
        final int length = decoder.decode(DIALECT, frame, 0, frame.capacity(), out, 0);
        if (length < 0) {
            throw new IllegalStateException(String.valueOf(decoder.violation()));
        }
        final UnsafeBuffer canonical = new UnsafeBuffer(Arrays.copyOf(out.byteArray(), length));
        final int back = encode(canonical, kind);
        if (back < 0 || !Arrays.equals(out.byteArray(), 0, back, frame.byteArray(), 0, frame.capacity())) {
            throw new IllegalStateException("does not go back: " + encoder.violation());
        }
        return canonical;
    }

    private static UnsafeBuffer frame(final String name) {
        try (InputStream in = UperBenchmark.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            final String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return new UnsafeBuffer(HexFormat.of().parseHex(hex.strip()));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
