package io.luyun.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class WatchersCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Server, load, browser and report from end to end; how fast it is does not matter here. */
    @Test
    void aBrowserSeesTheVehiclesAndTheirAlertsArrive() throws Exception {
        final int code = run(
                "watchers",
                "--browsers=1",
                "--vehicles=10",
                "--alerts=10",
                "--rounds=1",
                "--seconds=1",
                "--lead=1",
                "--warm-up=0",
                "--max-foreign=1000",
                "--max-lag=10000",
                "--max-cpu-percent=1000",
                "--max-alert-ratio=1000",
                "--json",
                "--jvm=-XX:+UseSerialGC -Xmx256m -XX:TieredStopAtLevel=1");

        assertThat(err.toString()).isEmpty();
        final String last = out.toString().lines().toList().getLast();
        final JsonNode result = new ObjectMapper().readTree(last);
        for (int browsers = 0; browsers <= 1; browsers++) {
            final JsonNode turn = result.at("/rounds/0/" + browsers);
            assertThat(turn.at("/browsers").asInt()).isEqualTo(browsers);
            assertThat(turn.at("/load/counts/sent").asLong()).isEqualTo(200);
            assertThat(turn.at("/load/counts/delivered").asLong()).isEqualTo(20);
            assertThat(turn.at("/load/cpuMicros").asDouble()).isPositive();
        }
        final JsonNode sight = result.at("/rounds/0/1/sight");
        assertThat(sight.at("/framesPerSecond").asDouble()).isBetween(1.0, 13.0);
        assertThat(sight.at("/bytesPerSecond").asDouble()).isGreaterThan(36);
        assertThat(sight.at("/closed").asInt()).isZero();
        // a machine with much else to do makes turns that do not count
        assertThat(code).isEqualTo(result.at("/holds").asBoolean() ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({
        "--browsers=0, '--browsers is 0, must be from 1 to 1000'",
        "--vehicles=10001, '--vehicles is 10001, must be from 1 to 10000'",
        "--alerts=10001, '--alerts is 10001, must be from 1 to 10000'",
        "--hz=11, '--hz is 11, must be from 1 to 10'",
        "--rounds=0, '--rounds is 0, must be from 1 to 1000'",
        "--warm-up=-1, '--warm-up is -1, must be from 0 to 3600'",
        "--seconds=0, '--seconds is 0, must be at least 1'",
        "--max-lag=0, '--max-lag is 0.0, must be above 0'",
        "--max-cpu-percent=NaN, '--max-cpu-percent is NaN, must be above 0'"
    })
    void badInputIsNamed(final String word, final String message) {
        assertThat(run("watchers", word)).isEqualTo(2);
        assertThat(err.toString()).startsWith(message);
    }

    private int run(final String... words) {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }
}
