package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.server.exchange.SampleJournal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The report of test vehicles, reckoned anew out of a recording. */
final class SupervisionCommandTest {
    private static final long SEED = 3;

    @TempDir
    private Path directory;

    private Path data;
    private Path vehicles;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void record() throws IOException {
        data = directory.resolve("data");
        vehicles = directory.resolve("vehicles.yaml");
        SampleJournal.write(data, SEED);
        Files.writeString(vehicles, """
                vehicles:
                  - {device: car-1, enterprise: '=1+1 "Ltd", West', permit: {number: T-1}}
                """);
    }

    private int run(final String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new SupervisionCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void aReportIsCsvOrJsonByDayOrMonth() throws IOException {
        assertThat(run(
                        "report",
                        data.toString(),
                        "--from=2026-01-01",
                        "--to=2026-01-31",
                        "--vehicles",
                        vehicles.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines()).hasSize(2);
        assertThat(out.toString().lines().toList().get(0)).startsWith("period,device,plate,enterprise");
        assertThat(out.toString().lines().toList().get(1))
                .startsWith("2026-01-01,\"car-1\",\"\",\"'=1+1 \"\"Ltd\"\", West\",\"\",\"T-1\",0.");
        assertThat(run(
                        "report",
                        data.toString(),
                        "--from=2026-01-01",
                        "--to=2026-01-31",
                        "--by=month",
                        "--json",
                        "--vehicles",
                        vehicles.toString()))
                .isZero();
        final JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.path("by").asText()).isEqualTo("month");
        assertThat(report.path("rows")).hasSize(1);
        assertThat(report.path("rows").get(0).path("period").asText()).isEqualTo("2026-01");
        assertThat(report.path("rows").get(0).path("messages").asInt()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "report DATA --from=2026-01-01 --to=2026-01-02; DIR = DATA: must be a data directory in which",
                "report DATA --from=1 --to=2026-01-02; --from 1: must be a day",
                "report DATA --from=2026-01-03 --to=2026-01-02; --to = 2026-01-02: must not be before --from",
                "report DATA --from=2026-01-01 --to=2026-01-02 --by=week; --by = week: must be day or month",
                "report DATA --from=2026-01-01 --to=2026-01-02 --vehicles none; test vehicles none: cannot be read",
            })
    void badInputIsOneLine(final String arguments, final String line) {
        assertThat(run(arguments.replace("DATA", data.toString()).split(" "))).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("luyun: " + line.replace("DATA", data.toString()));
    }
}
