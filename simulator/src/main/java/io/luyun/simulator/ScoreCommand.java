package io.luyun.simulator;

import io.luyun.simulator.plan.Range;
import io.luyun.simulator.scenario.ResourceException;
import io.luyun.simulator.score.Application;
import io.luyun.simulator.score.Applications;
import io.luyun.simulator.score.ProcessHost;
import io.luyun.simulator.score.ScoreBench;
import io.luyun.simulator.score.ScorePage;
import io.luyun.simulator.score.ScorePlan;
import io.luyun.simulator.score.ScoreReport;
import io.luyun.simulator.stage.NoiseLevels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How often the alerts are right. */
@Command(
        name = "score",
        description = {
            "Plays scenes whose truth is known against a server of its own and says how often its alerts are right.",
            "Every application has scenarios in which it has to warn, nearly has to, and must not; their numbers and"
                    + " the errors of their messages are drawn from the seed. See docs/score.md.",
            "Ends with 1 when a goal does not hold."
        },
        mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
    private static final int SHORT = 24;
    private static final int FULL = 200;
    private static final double FULL_HOURS = 10;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = "--app",
            split = ",",
            paramLabel = "APP",
            description = "Applications, for example FCW,ICW; all without.")
    private List<String> apps = List.of();

    @Option(names = "--scenario", paramLabel = "NAME", description = "Only this scenario.")
    private String scenario = "";

    @Option(names = "--variants", description = "Scenes of each application (default: 24; with --full 200).")
    private int variants;

    @Option(names = "--full", description = "As many scenes as the goals are stated for.")
    private boolean full;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the first scene (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--gnss",
            paramLabel = "METRES",
            defaultValue = "1.5",
            description = "Standard deviation of positions (default: ${DEFAULT-VALUE}).")
    private double gnssMetres;

    @Option(names = "--no-noise", description = "Let all messages be right and arrive.")
    private boolean noNoise;

    @Option(
            names = "--streams",
            defaultValue = "400",
            description = "Devices that send at once, ten times a second each (default: ${DEFAULT-VALUE}).")
    private int streams;

    @Option(
            names = "--clean-hours",
            paramLabel = "HOURS",
            description = "Vehicle-hours of clean traffic besides, 0 for none (default: 0; with --full 10).")
    private double cleanHours = -1;

    @Option(names = "--svg", paramLabel = "DIR", description = "Write a page and a picture of each scenario there.")
    private @Nullable Path pictures;

    @Option(names = "--dir", paramLabel = "DIR", description = "Directory for the servers' files, kept at the end.")
    private @Nullable Path directory;

    @Option(names = "--json", description = "One JSON object as the last line of stdout; all else goes to stderr.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Console console = new Console(json);
        final Path chosen = directory;
        final Path where = chosen == null ? Files.createTempDirectory("luyun-score-") : chosen.toAbsolutePath();
        final ScoreBench.Result result;
        try {
            final List<Application> applications = Applications.named(apps);
            final ScoreBench bench = new ScoreBench(
                    plan(where),
                    new ProcessHost(Launcher.path()),
                    SystemNanoClock.INSTANCE,
                    SystemEpochNanoClock.INSTANCE);
            result = bench.run(applications, console::say);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (final ResourceException e) {
            console.error(String.valueOf(e.getMessage()));
            return ExitCode.RESOURCE;
        }
        ScoreReport.troubles(result).forEach(console::say);
        ScoreReport.table(result).forEach(console::say);
        result.failures().forEach(failure -> console.say("not met  " + failure));
        if (pictures != null) {
            ScorePage.write(result, pictures);
        }
        if (json) {
            console.json(ScoreReport.json(result));
        }
        if (chosen == null) {
            Directories.delete(where);
        }
        return result.failures().isEmpty() ? 0 : 1;
    }

    private ScorePlan plan(final Path where) {
        final int scenes = variants == 0 ? full ? FULL : SHORT : variants;
        Range.check("variants", scenes, 1, 100_000);
        Range.check("streams", streams, 10, 5_000);
        Range.check("gnss", gnssMetres, 0, 50);
        final NoiseLevels noise = noNoise ? NoiseLevels.NONE : NoiseLevels.DEFAULT.withGnss(gnssMetres);
        final double hours = cleanHours >= 0 ? cleanHours : full ? FULL_HOURS : 0;
        Range.check("clean-hours", hours, 0, 10_000);
        return new ScorePlan(where, scenes, seed, scenario, noise, streams, hours, "");
    }
}
