package io.luyun.benchmarks.torture.fuzz;

import io.luyun.server.ops.NotReady;
import io.luyun.server.ops.OpsSource;
import io.luyun.server.ops.OpsStatus;
import io.luyun.server.ops.OpsTraffic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server on whose road nothing is. */
final class NothingToTell implements OpsSource {
    private static final byte[] NONE = "{}".getBytes(StandardCharsets.UTF_8);

    @Override
    public @Nullable NotReady notReady() {
        return null;
    }

    @Override
    public OpsStatus status() {
        return new OpsStatus("fuzz", 1, "shared", "fuzz", 0, 0, 0, Map.of(), OpsTraffic.NONE, Map.of());
    }

    @Override
    public byte[] crossings() {
        return NONE.clone();
    }

    @Override
    public byte[] arrivals() {
        return NONE.clone();
    }

    @Override
    public byte[] traffic() {
        return NONE.clone();
    }
}
