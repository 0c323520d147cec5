package io.luyun.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.proto.json.Mapped;
import io.luyun.proto.json.RoadsideJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.StringJoiner;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** JSON of a roadside computing unit that sees 16 road users: to a canonical message, ready for the journal. */
@State(Scope.Thread)
public class JsonBenchmark {
    private static final int PARTICIPANTS = 16;
    private static final long START_MILLIS = 1_800_000_000_000L;

    private final RoadsideJson json = new RoadsideJson(null);
    private final ObjectMapper jackson = new ObjectMapper();
    private final byte[] unitId =
            ByteBuffer.allocate(Long.BYTES).putLong(UnitFrames.UNIT_ID).array();
    private final byte[] text = participants().getBytes(StandardCharsets.UTF_8);

    /** One text. */
    @Benchmark
    public Mapped participants16() {
        final Mapped mapped = json.map("participants", text, unitId);
        if (mapped.messages().size() != 1 || mapped.rawReason() != null) {
            throw new IllegalStateException(mapped.toString());
        }
        return mapped;
    }

    /** Reference: Jackson makes a tree of the same text. */
    @Benchmark
    public Object jacksonTree() throws IOException {
        return jackson.readTree(text);
    }

    private static String participants() {
        final StringJoiner all = new StringJoiner(",", "{\"seqNum\":7,\"participants\":[", "]}");
        for (int i = 0; i < PARTICIPANTS; i++) {
            all.add(String.format(
                    Locale.ROOT,
                    "{\"timestamp\":%d,\"ptcType\":1,\"ptcId\":%d,\"sourceType\":4,\"longitude\":%.7f,\"latitude\":%.7f,"
                            + "\"speed\":%.2f,\"heading\":%.2f,\"width\":1.85,\"length\":4.65}",
                    START_MILLIS + 100,
                    i + 1,
                    (Fleet.ORIGIN_LON_E7 + 400 * i) * 1e-7,
                    (Fleet.ORIGIN_LAT_E7 + 90 * i) * 1e-7,
                    11 + 0.1 * i,
                    90 + 0.5 * i));
        }
        return all.toString();
    }
}
