package io.luyun.benchmarks;

import io.luyun.benchmarks.torture.Fault;
import io.luyun.benchmarks.torture.Torture;
import io.luyun.benchmarks.torture.clock.ClockFaults;
import io.luyun.benchmarks.torture.crowd.CrowdFaults;
import io.luyun.benchmarks.torture.disk.DiskFaults;
import io.luyun.benchmarks.torture.files.FileFaults;
import io.luyun.benchmarks.torture.fuzz.FuzzFault;
import io.luyun.benchmarks.torture.kill.KillFaults;
import io.luyun.benchmarks.torture.load.LoadFaults;
import io.luyun.benchmarks.torture.net.NetFaults;
import io.luyun.benchmarks.torture.rights.RightsFault;
import io.luyun.benchmarks.torture.simulation.SimulationFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Faults on purpose: see what survives. */
@Command(
        name = "torture",
        mixinStandardHelpOptions = true,
        description =
                "Does harm to servers of its own, one fault after the other, and holds their journals against books that are kept outside "
                        + "of them. Exit code 1 when something does not hold that is promised. docs/torture.md tells more.")
final class TortureCommand implements Callable<Integer> {
    private static final int BROKEN = 1;
    private static final int USUAL_CYCLES = 5;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "F1,F3",
            description = "These faults; all of them by default. --list tells which there are.")
    private List<String> only = List.of();

    @Option(names = "--list", description = "Tells which faults there are and what is promised, and does nothing.")
    private boolean list;

    @Option(
            names = "--cycles",
            description = "How often each is done, where that makes sense; 5 by default, the long form is 200.")
    private @Nullable Integer cycles;

    @Option(names = "--short", description = "One cycle, and of what takes minutes some.")
    private boolean brief;

    @Option(names = "--seed", description = "Of random decisions; a new one by default. It is printed.")
    private @Nullable Long seed;

    @Option(
            names = "--dir",
            description =
                    "Where servers and their journals live; a temporary directory by default. What was broken is kept there.")
    private @Nullable Path directory;

    @Option(names = "--json", description = "Prints the table as a JSON object, the last line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (cycles != null && cycles < 1) {
            throw new ParameterException(spec.commandLine(), "--cycles = " + cycles + ": must be at least 1");
        }
        final int usual = brief ? 1 : USUAL_CYCLES;
        final Torture torture = new Torture(
                faults(),
                spec.commandLine().getOut(),
                seed == null ? System.nanoTime() : seed,
                cycles == null ? usual : cycles,
                brief,
                directory);
        try {
            if (list) {
                torture.list();
                return 0;
            }
            return torture.run(only, json) ? 0 : BROKEN;
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Every room of faults has a line here. */
    private static List<Fault> faults() {
        final List<Fault> faults = new ArrayList<>();
        faults.addAll(KillFaults.all());
        faults.addAll(FileFaults.all());
        faults.addAll(NetFaults.all());
        faults.addAll(CrowdFaults.all());
        faults.addAll(LoadFaults.all());
        faults.addAll(DiskFaults.all());
        faults.addAll(ClockFaults.all());
        faults.add(new FuzzFault());
        faults.add(new SimulationFault());
        faults.add(new RightsFault());
        faults.sort(Comparator.comparingInt(fault -> Integer.parseInt(fault.id().substring(1))));
        return faults;
    }
}
