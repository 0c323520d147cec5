package io.luyun.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class PeersCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Processes, load and report from end to end; how fast it is does not matter here. */
    @Test
    void luyunAndTheEchoDeliverEverything() throws Exception {
        final int code = run(
                "peers",
                "--only=echo",
                "--rate=500",
                "--connections=10",
                "--alert-every=10",
                "--rounds=1",
                "--seconds=1",
                "--lead=1",
                "--warm-up=0",
                "--max-foreign=1000",
                "--max-lag=10000",
                "--json",
                "--jvm=-XX:+UseSerialGC -Xmx256m -XX:TieredStopAtLevel=1");

        final List<String> lines = out.toString().lines().toList();
        assertThat(code).as("%s%s", out, err).isZero();
        final JsonNode match = new ObjectMapper().readTree(lines.getLast()).at("/matches/0");
        assertThat(match.at("/peer").asText()).isEqualTo("echo");
        for (final String side : new String[] {"luyun", "other"}) {
            final JsonNode counts = match.at("/" + side + "Turns/0/counts");
            assertThat(counts.at("/sent").asLong()).as(side).isEqualTo(1_000);
            assertThat(counts.at("/acked").asLong()).as(side).isEqualTo(1_000);
            assertThat(counts.at("/concerning").asLong()).as(side).isEqualTo(100);
            assertThat(counts.at("/delivered").asLong()).as(side).isEqualTo(100);
            assertThat(counts.at("/unexpected").asLong()).as(side).isZero();
            assertThat(match.at("/" + side + "/alertP99Micros/median").asDouble())
                    .as(side)
                    .isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--only=nothing, '--only: ''nothing'' is none of echo, mosquitto-qos0'",
        "--rate=0, '--rate is 0, must be at least 1'",
        "--connections=-1, '--connections is -1, must be at least 1'",
        "--rounds=0, '--rounds is 0, must be at least 1'",
        "--max-foreign=-1, '--max-foreign is -1.0, must be at least 0'",
        "--max-lag=0, '--max-lag is 0.0, must be above 0'"
    })
    void badInputIsNamed(final String word, final String message) {
        assertThat(run("peers", word)).isEqualTo(2);
        assertThat(err.toString()).startsWith(message);
    }

    private int run(final String... words) {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }
}
