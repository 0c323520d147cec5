package io.luyun.simulator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.luyun.proto.v1.Bsm;
import io.luyun.simulator.script.StepFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SUMO run beside a load. */
final class SumoProcessTest {
    private static final Path A10KW = Path.of("/usr/share/sumo/tools/game/A10KW.sumocfg");
    private static final int SEED = 42;
    private static final long START_MS = 1_764_000_000_000L;

    @TempDir
    private Path directory;

    private static boolean missing() {
        final boolean missing = !Files.exists(A10KW) || !Files.isExecutable(Path.of("/usr/bin/sumo"));
        if (missing) {
            System.out.println(
                    "SKIPPED: sumo or its example " + A10KW + " is missing (Debian packages sumo, sumo-tools)");
        }
        return missing;
    }

    @Test
    void theA10AtKoenigsWusterhausenDrivesALoad() throws Exception {
        if (missing()) {
            return;
        }
        final FcdOptions options = new FcdOptions(150, 0, false, FcdOptions.QUIET_MILLIS, SEED);
        final SumoProcess sumo = new SumoProcess(A10KW, 0.5, SEED);
        try (sumo) {
            final Set<Object> ids = new HashSet<>();
            long messages = 0;
            try (FcdScript script = new FcdScript(sumo, FcdTypes.BY_NAME, options)) {
                assertThat(script.devices()).hasSize(150);
                final StepFrames frames = new StepFrames();
                for (int step = 0; step < 600; step++) {
                    frames.clear();
                    script.write(step, step / 10.0, START_MS + 100L * step, frames);
                    for (int i = 0; i < frames.messages(); i++) {
                        final byte[] bytes = new byte[frames.length(i)];
                        frames.buffer().getBytes(frames.offset(i), bytes);
                        final Bsm bsm = Bsm.parseFrom(bytes);
                        assertThat(bsm.getPos().getLat()).isBetween(522_800_000, 523_300_000);
                        assertThat(bsm.getPos().getLon()).isBetween(135_700_000, 136_400_000);
                        assertThat(bsm.getSpeed()).isLessThan(50 * 70);
                        assertThat(bsm.hasHeading()).isTrue();
                        ids.add(bsm.getId());
                        messages++;
                    }
                }
                assertThat(script.served()).isEqualTo(ids.size());
                System.out.println("A10KW: " + messages + " messages of " + ids.size() + " vehicles, "
                        + script.leftOut() + " left out");
            }
            assertThat(ids).hasSizeGreaterThan(100);
            assertThat(messages).isGreaterThan(40_000);
            assertThat(sumo.process().isAlive()).isTrue();
        }
        assertThat(sumo.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tellsInOneLineWhatSumoSays() throws Exception {
        final FcdOptions options = new FcdOptions(10, 0, false, 0, SEED);
        try (SumoProcess none = new SumoProcess("no-such-sumo", A10KW, 0.1, SEED)) {
            assertThatThrownBy(() -> new FcdScript(none, FcdTypes.BY_NAME, options))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no-such-sumo: cannot be started; it is in the Debian package sumo");
        }
        assertThatThrownBy(() -> new SumoProcess(A10KW, 0, SEED)).hasMessageContaining("stepSeconds 0.0: must be");
        if (missing()) {
            return;
        }
        final Path config = directory.resolve("none.sumocfg");
        try (SumoProcess sumo = new SumoProcess(config, 0.1, SEED)) {
            assertThatThrownBy(() -> new FcdScript(sumo, FcdTypes.BY_NAME, options))
                    .isInstanceOf(IOException.class)
                    .hasMessage("sumo -c " + config + ": Could not access configuration '" + config + "'.");
        }
        try (SumoProcess sumo = new SumoProcess(A10KW, 0.1, SEED)) {
            assertThatThrownBy(() -> new FcdScript(
                            sumo, FcdTypes.BY_NAME, new FcdOptions(FcdOptions.AS_MANY, 0, false, 0, SEED)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("vehicles and persons must be given");
        }
    }

    @Test
    void aNetworkWithoutProjectionIsRefused() throws Exception {
        if (missing()) {
            return;
        }
        final Path net = directory.resolve("spider.net.xml");
        final Path routes = directory.resolve("routes.xml");
        final Path config = directory.resolve("spider.sumocfg");
        final Process made = new ProcessBuilder("netgenerate", "--spider", "-o", net.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(made.waitFor()).isZero();
        Files.writeString(routes, "<routes/>");
        Files.writeString(
                config,
                "<configuration><net-file value=\"spider.net.xml\"/><route-files value=\"routes.xml\"/>"
                        + "<end value=\"5\"/></configuration>");
        try (SumoProcess sumo = new SumoProcess(config, 0.1, SEED)) {
            assertThatThrownBy(() -> new FcdScript(sumo, FcdTypes.BY_NAME, new FcdOptions(10, 0, false, 0, SEED)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no valid geo projection");
        }
    }
}
