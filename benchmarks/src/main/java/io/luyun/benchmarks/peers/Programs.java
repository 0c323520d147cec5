package io.luyun.benchmarks.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Commands that say something and end. */
final class Programs {
    private Programs() {}

    /** What it says on stdout and stderr, whatever its exit code. */
    static String output(final String... command) throws IOException, InterruptedException {
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    /** The version of an installed peer, as its own words have it, or of the artifact; empty for what comes with Luyun. */
    static String version(final Contender contender) throws IOException, InterruptedException {
        if (contender == Contender.KAFKA) {
            return KafkaHost.VERSION;
        }
        if (contender == Contender.HIVEMQ) {
            return HiveMqHost.VERSION;
        }
        if (contender.program().isEmpty()) {
            return "";
        }
        final String option = contender.program().equals("mosquitto") ? "-h" : "--version";
        return Arrays.stream(output(Hosts.program(contender), option).split("\n"))
                .findFirst()
                .orElse("")
                .strip();
    }
}
