package io.luyun.simulator.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.simulator.traffic.TrafficConfig;
import io.luyun.simulator.traffic.Zone;
import io.luyun.simulator.traffic.ZoneGenerator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** The seeded zone's messages. */
final class ZoneScriptTest {
    private static final long SEED = 20_261_130;
    private static final long START_MS = 1_764_000_000_000L;
    private static final int STEPS = 600;
    /** Of the messages as they were before drivers could react to alerts, and as units have told yaw rates since. */
    private static final long BEFORE = 4_182_039_029L;

    private static final Alert ALERT = Alert.newBuilder()
            .setAlertId(7)
            .setKind(AlertKind.ALERT_KIND_FCW)
            .setState(AlertState.ALERT_STATE_RAISED)
            .setTimeToCollisionMs(1_800)
            .build();

    private static final Zone ZONE = ZoneGenerator.generate(SEED);

    private static ZoneScript script(final TrafficConfig config) {
        return new ZoneScript(ZONE, SEED, 80, 6, 10, false, config, null);
    }

    private static long checksum(final ZoneScript script) {
        final CRC32C sum = new CRC32C();
        final StepFrames frames = new StepFrames();
        for (int step = 0; step < STEPS; step++) {
            frames.clear();
            script.write(step, step / 10.0, START_MS + 100L * step, frames);
            for (int i = 0; i < frames.messages(); i++) {
                final byte[] bytes = new byte[frames.length(i)];
                frames.buffer().getBytes(frames.offset(i), bytes);
                sum.update(bytes);
            }
        }
        return sum.getValue();
    }

    @Test
    void isTheSameOctetByOctetAsItHasAlwaysBeen() {
        assertThat(checksum(script(TrafficConfig.DEFAULT))).as("seed %d", SEED).isEqualTo(BEFORE);
    }

    @Test
    void alertsChangeNothingUnlessDriversMindThem() {
        final ZoneScript script = script(TrafficConfig.DEFAULT);
        final ZoneScript minds = script(TrafficConfig.DEFAULT.reacting());
        for (int i = 0; i < script.devices().size(); i++) {
            script.onAlert(i, ALERT);
            minds.onAlert(i, ALERT);
        }
        assertThat(checksum(script)).as("seed %d", SEED).isEqualTo(BEFORE);
        assertThat(checksum(minds)).as("seed %d", SEED).isNotEqualTo(BEFORE);
    }
}
