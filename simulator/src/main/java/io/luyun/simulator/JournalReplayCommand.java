package io.luyun.simulator;

import io.luyun.proto.uper.Dialect;
import io.luyun.server.journal.Damage;
import io.luyun.server.journal.JournalException;
import io.luyun.server.research.Recording;
import io.luyun.server.tools.SelectionOptions;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.replay.Remap;
import io.luyun.simulator.replay.ReplayPlan;
import io.luyun.simulator.replay.ReplayResult;
import io.luyun.simulator.replay.ReplayRun;
import io.luyun.simulator.replay.TargetAddress;
import io.luyun.simulator.replay.Terminal;
import io.luyun.simulator.replay.Tokens;
import io.luyun.simulator.report.ReplayReport;
import io.luyun.simulator.scenario.LoadTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays a journal again. */
@Command(
        name = "replay",
        aliases = "play",
        description = {
            "Plays the messages of a journal again: to a server, over MQTT, UDP or TCP, or to stdout.",
            "Keys, where stdin is a terminal: space pauses, . or right sends one message of a pause, + and - or up and down"
                    + " change the rate, ] and [ or shift and right and left go 10 s forward and back, q ends.",
            "Ends with 1 when not everything was acknowledged, with 3 when it is done and records were damaged or missing."
        },
        mixinStandardHelpOptions = true)
final class JournalReplayCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int NOT_ALL = 1;
    /** Done, but records were damaged or missing. */
    private static final int DATA_LOST = 3;

    private static final double NANOS_PER_SECOND = 1e9;

    private final SelectionOptions selection = new SelectionOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The journal, or the data directory of a server.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path directory;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "TARGET",
            description = "HOST:PORT of a server, mqtt://HOST:PORT, udp://HOST:PORT, tcp://HOST:PORT, or - for stdout.")
    private String to = "";

    @Option(
            names = {"-r", "--rate"},
            paramLabel = "RATE",
            defaultValue = "1",
            description = "Seconds of the journal in a second, 0.01 to 1000, or max (default: ${DEFAULT-VALUE}).")
    private String rate = "1";

    @Option(
            names = "--start-offset",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "Begin so long after the first record.")
    private double startOffset;

    @Option(names = "--playback-duration", paramLabel = "SECONDS", description = "Play so much of the journal.")
    private @Nullable Double duration;

    @Option(
            names = {"-l", "--loop"},
            description = "Begin anew at the end.")
    private boolean loop;

    @Option(
            names = {"-p", "--start-paused"},
            description = "Wait for a key at the beginning.")
    private boolean startPaused;

    @Option(
            names = "--max-gap",
            paramLabel = "SECONDS",
            description = "Wait at most so much of the journal where it has no records for longer.")
    private @Nullable Double maxGap;

    @Option(
            names = "--clock",
            paramLabel = "original|now",
            defaultValue = "now",
            description =
                    "Times in messages: as recorded, or moved to the time of sending (default: ${DEFAULT-VALUE}).")
    private String clock = "now";

    @Option(
            names = {"-m", "--remap"},
            split = ",",
            paramLabel = "OLD=NEW",
            description = "Play a device under another id; one * stands for the same characters in both.")
    private List<String> remap = List.of();

    @Option(names = "--remap-file", paramLabel = "FILE", description = "OLD=NEW, one a line.")
    private @Nullable Path remapFile;

    @Option(
            names = "--remap-ids",
            description = "Give ids of eight octets in messages, as of BSM, others that are new in each run.")
    private boolean remapIds;

    @Mixin
    private final AccessOption access = new AccessOption();

    @Option(
            names = "--tokens",
            paramLabel = "FILE",
            description = "A device id, as it is played, and its token, one a line; others have --token.")
    private @Nullable Path tokens;

    @Option(
            names = "--dialect",
            defaultValue = "phase2",
            paramLabel = "2019|phase2",
            description = "UDP: generation of the message set (default: ${DEFAULT-VALUE}).")
    private String dialect = "";

    @Option(
            names = "--envelope",
            description = "UDP: put each frame into an envelope; its id is the device's, or a hash of a longer one.")
    private boolean envelope;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "frames|ndjson",
            defaultValue = "frames",
            description = "stdout: frames after their lengths, or JSON, one object a line (default: ${DEFAULT-VALUE}).")
    private String output = "frames";

    @Option(names = "--json", description = "One JSON object as the last line of stdout; all else goes to stderr.")
    private boolean json;

    /** The command with the options that choose records, whose last sequence is named otherwise here: --to is the target. */
    static CommandLine line() {
        final JournalReplayCommand command = new JournalReplayCommand();
        final CommandSpec choice = CommandSpec.forAnnotatedObject(command.selection);
        for (final OptionSpec option : List.copyOf(choice.options())) {
            if (List.of(option.names()).contains("--to")) {
                choice.remove(option);
                choice.addOption(
                        OptionSpec.builder(option).names("--to-sequence").build());
            }
        }
        final CommandSpec all = CommandSpec.forAnnotatedObject(command);
        all.addMixin("selection", choice);
        return new CommandLine(all);
    }

    @Override
    public Integer call() throws InterruptedException {
        final ReplayPlan plan;
        final ReplayRun run;
        try {
            plan = plan();
            final Recording recording = Recording.open(directory);
            run = new ReplayRun(
                    plan,
                    recording,
                    selection.of(recording, directory),
                    SystemNanoClock.INSTANCE,
                    SystemEpochNanoClock.INSTANCE);
        } catch (final JournalException | IllegalArgumentException e) {
            return bad(String.valueOf(e.getMessage()));
        } catch (final IOException e) {
            console().unreadable("the file", e);
            return ExitCode.USAGE;
        }
        try (Interrupt _ = new Interrupt(run::stop);
                Terminal terminal = Terminal.open(run::press)) {
            if (terminal == null && plan.paused()) {
                return bad("--start-paused: stdin is no terminal, so that no key could end the pause");
            }
            return play(run);
        }
    }

    private int play(final ReplayRun run) throws InterruptedException {
        final Console console = console();
        final ReplayResult result;
        try (ProgressLine progress = new ProgressLine()) {
            result = run.run(progress::show);
        } catch (final JournalException | IllegalArgumentException e) {
            return bad(String.valueOf(e.getMessage()));
        } catch (final IOException e) {
            console.error(String.valueOf(e.getMessage()));
            return NOT_ALL;
        }
        ReplayReport.summary(result).forEach(console::say);
        for (final Damage found : result.damage()) {
            System.err.println("damaged: " + found);
        }
        if (json) {
            console.json(ReplayReport.json(result));
        }
        if (!result.complete()) {
            console.error(ReplayReport.incomplete(result));
            return NOT_ALL;
        }
        if (!result.damage().isEmpty()) {
            console.error("done, but records of the journal were damaged or missing");
            return DATA_LOST;
        }
        return DONE;
    }

    private ReplayPlan plan() throws IOException {
        final TargetAddress target = TargetAddress.of(to);
        final boolean stdout = target.form() == TargetAddress.Form.STDOUT;
        if (stdout && json) {
            throw new IllegalArgumentException("--json: stdout is where --to - plays to");
        }
        final Dialect known = Dialect.of(dialect);
        if (known == null) {
            throw new IllegalArgumentException("--dialect " + dialect + ": must be 2019 or phase2");
        }
        final List<String> rules = new ArrayList<>(remap);
        if (remapFile != null) {
            rules.addAll(Remap.lines(remapFile));
        }
        return new ReplayPlan(
                target,
                access.link(stdout ? LinkConfig.plain("", 1) : LinkConfig.plain(target.host(), target.port())),
                tokens == null ? new Tokens(java.util.Map.of(), access.token()) : Tokens.read(tokens, access.token()),
                known,
                envelope,
                oneOf("--output", output, "frames", "ndjson") == 1,
                rate(),
                maxGap == null ? Long.MAX_VALUE : nanos(maxGap),
                nanos(startOffset),
                duration == null ? Long.MAX_VALUE : nanos(duration),
                loop,
                startPaused,
                oneOf("--clock", clock, "original", "now") == 1,
                remapIds,
                Remap.of(rules),
                LoadTarget.DRAIN_MILLIS);
    }

    private double rate() {
        if (rate.equals("max")) {
            return ReplayPlan.MAX_RATE;
        }
        try {
            return Double.parseDouble(rate);
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("--rate " + rate + ": must be 0.01 to 1000, or max", e);
        }
    }

    private static int oneOf(final String option, final String given, final String first, final String second) {
        if (given.equals(first) || given.equals(second)) {
            return given.equals(first) ? 0 : 1;
        }
        throw new IllegalArgumentException(option + " " + given + ": must be " + first + " or " + second);
    }

    private static long nanos(final double seconds) {
        return Math.round(seconds * NANOS_PER_SECOND);
    }

    private Console console() {
        return new Console(json || to.equals("-"));
    }

    private int bad(final String line) {
        spec.commandLine().getErr().println("luyun: " + line);
        return ExitCode.USAGE;
    }
}
