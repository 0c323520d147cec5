package io.luyun.benchmarks;

import io.luyun.server.monitor.Counters;
import io.luyun.server.session.ControlRecords;
import io.luyun.server.session.DeviceRegistry;
import io.luyun.server.session.SessionConfig;
import io.luyun.server.session.Sessions;
import java.io.IOException;
import java.nio.file.Files;

/** The sessions of one roadside unit that passes on what vehicles say, before a line that takes everything. Time stands still. */
final class UnitSessions {
    /** The unit. */
    static final String DEVICE = "bench-rsu";

    /** A minute begins. */
    static final long NOW_NS = 1_800_000_000_000_000_000L;

    private static final int MAX_FRAME_BYTES = 65_536;

    private final ControlRecords control;
    private final Sessions.Environment environment;
    private final Sessions sessions;

    /**
     * One unit.
     *
     * @param more what else the registry says of it, in YAML, with a comma in front; may be empty
     */
    UnitSessions(final TakingLine line, final Counters counters, final String more) throws IOException {
        control = new ControlRecords(line);
        try (Scratch scratch = Scratch.create()) {
            final String registry =
                    "devices:\n  - {id: " + DEVICE + ", role: RSU, kinds: [BSM], subscribe: true, dialect: "
                            + UnitFrames.DIALECT.label() + more + "}\n";
            environment = new Sessions.Environment(
                    config(),
                    DeviceRegistry.load(Files.writeString(scratch.path().resolve("registry.yaml"), registry)),
                    line,
                    control,
                    () -> NOW_NS,
                    counters,
                    true,
                    MAX_FRAME_BYTES,
                    "benchmark");
        }
        sessions = new Sessions(0, environment);
        line.answers(sessions);
    }

    Sessions sessions() {
        return sessions;
    }

    Sessions.Environment environment() {
        return environment;
    }

    ControlRecords control() {
        return control;
    }

    /** The defaults, but an acknowledgement does not wait for more of them: no time passes. */
    private static SessionConfig config() {
        final SessionConfig defaults = SessionConfig.defaults();
        return new SessionConfig(
                defaults.clockToleranceMillis(),
                defaults.maxRefusals(),
                defaults.refusalWindowMillis(),
                defaults.idleTimeoutMillis(),
                defaults.defaultAckLevel(),
                0,
                defaults.maxSubscriptions());
    }
}
