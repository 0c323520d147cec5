package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The unit for systemd: how exposed it leaves the server, and that its figures fit the server's own. */
final class UnitFileTest {
    private static final double MOST_EXPOSED = 1.5;
    private static final Path UNIT =
            Path.of("../deploy/luyun.service").toAbsolutePath().normalize();

    @BeforeAll
    static void isThere() {
        assertThat(UNIT).isRegularFile();
    }

    @Test
    void isLittleExposed() throws Exception {
        final Process analysis;
        try {
            analysis = new ProcessBuilder(
                            "systemd-analyze", "security", "--offline=true", "--no-pager", UNIT.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (final IOException e) {
            System.out.println("UnitFileTest: left out, there is no systemd-analyze (Debian package systemd)");
            assumeTrue(false, "no systemd-analyze");
            return;
        }
        final String text = new String(analysis.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(analysis.waitFor()).as(text).isZero();
        final double exposure = Double.parseDouble(find("exposure level for luyun\\.service: ([0-9.]+)", text));
        assertThat(exposure).as(text).isLessThanOrEqualTo(MOST_EXPOSED);
    }

    @Test
    void givesTheServerTheTimeAndTheExitCodesItSpeaksOf() throws IOException {
        final String unit = Files.readString(UNIT);
        final int stopSeconds = Integer.parseInt(find("(?m)^TimeoutStopSec=(\\d+)s$", unit));
        final int stopMillis = Integer.parseInt(find("(?m)^  stopMillis: (\\d+)$", ServerConfig.defaults()));
        assertThat(stopSeconds * 1_000).isGreaterThan(stopMillis);
        assertThat(unit)
                .contains("\nRestart=on-failure\n", "\nRestartPreventExitStatus=2\n")
                .contains("\nType=notify\n", "\nMemoryDenyWriteExecute=no\n");
    }

    private static String find(final String pattern, final String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .map(found -> found.group(1))
                .orElseThrow(() -> new AssertionError(pattern + " is not in\n" + text));
    }
}
