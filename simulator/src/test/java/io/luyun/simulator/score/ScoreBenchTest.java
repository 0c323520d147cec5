package io.luyun.simulator.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.luyun.server.LuyunServer;
import io.luyun.server.ServerConfig;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.stage.NoiseLevels;
import io.luyun.simulator.stage.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form: a scene of each scenario against a real server. Fails when an application is switched off. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class ScoreBenchTest {
    /** Far below the goals: so few scenes say no more. */
    private static final double LENIENT = 0.75;

    /** Applications that take longer are left to the command. */
    private static final double MOST_SECONDS = 22;

    private static final long MOST_LAG_NS = 250_000_000;
    private static final long SEED = 20_261_124;
    private static final int SCENES = 14;

    @TempDir
    private Path directory;

    @Test
    void everyApplicationWarnsAndIsMostlyRight() throws Exception {
        final List<Application> applications = Applications.named(List.of()).stream()
                .filter(one -> one.scenarios().stream().allMatch(scenario -> scenario.seconds() <= MOST_SECONDS))
                .toList();
        final ScoreBench.Result result = new ScoreBench(
                        new ScorePlan(directory, SCENES, SEED, "", NoiseLevels.DEFAULT, 1_000, 0, SMALL),
                        ScoreBenchTest::start,
                        SystemNanoClock.INSTANCE,
                        SystemEpochNanoClock.INSTANCE)
                .run(applications, _ -> {});

        final String table =
                String.join("\n", ScoreReport.table(result)) + "\n" + String.join("\n", ScoreReport.troubles(result));
        assumeThat(result.lagNs())
                .as("a machine that is so late says nothing of the server: %s", table)
                .isLessThan(MOST_LAG_NS);
        assertThat(result.refused()).isEmpty();
        assertThat(result.strays()).isZero();
        assertThat(result.tallies()).hasSameSizeAs(applications);
        for (final Tally tally : result.tallies()) {
            assertThat(tally.due()).as("seed %d\n%s", SEED, table).isGreaterThanOrEqualTo(3);
            assertThat(tally.recall()).as("seed %d\n%s", SEED, table).isGreaterThanOrEqualTo(LENIENT);
            assertThat(tally.precision()).as("seed %d\n%s", SEED, table).isGreaterThanOrEqualTo(LENIENT);
        }
        ScorePage.write(result, directory.resolve("page"));
        final String page = Files.readString(directory.resolve("page/README.md"));
        for (final Application application : applications) {
            final String file = application.name().toLowerCase(Locale.ROOT) + ".svg";
            assertThat(page).contains("(" + file + ")");
            assertThat(directory.resolve("page").resolve(file))
                    .content()
                    .startsWith("<svg ")
                    .endsWith("</svg>\n")
                    .contains(application.scenarios().stream()
                            .limit(SCENES)
                            .map(Scenario::what)
                            .toList());
        }
        assertThat(ScoreReport.json(result)).startsWith("{\"messages\":");
    }

    /** Room on the disk and memory for tests. */
    private static final String SMALL = """
            journal: {diskLowMiB: 1, diskHighMiB: 2, touchAheadMiB: 0}
            """;

    private static ServerHost.Running start(final Path directory) throws IOException {
        final LuyunServer server = LuyunServer.launch(ServerConfig.load(directory.resolve("server.yaml")));
        return new ServerHost.Running() {
            @Override
            public LinkConfig link() {
                return LinkConfig.plain("127.0.0.1", server.devicePort());
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }
}
