package io.luyun.benchmarks.torture.simulation;

import io.luyun.benchmarks.torture.Fault;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Trial;
import java.util.concurrent.TimeUnit;

/** F22: the line with a journal, clock, network and order of work that are made up, seed by seed. */
public final class SimulationFault implements Fault {
    private static final int SEEDS_A_CYCLE = 100;
    private static final long FIRST_SEEDS = 1L << 40;

    @Override
    public String id() {
        return "F22";
    }

    @Override
    public String what() {
        return "the line simulated: deaths, power cuts, failing disks, late and broken connections, clock steps";
    }

    @Override
    public String promise() {
        return "acknowledged is in the journal, exactly once, in order; alerts are the same on replay";
    }

    @Override
    public Outcome run(final Trial trial) {
        final Outcome.Notes notes = new Outcome.Notes();
        final long first = Math.floorMod(trial.seed(), FIRST_SEEDS);
        final int seeds = SEEDS_A_CYCLE * trial.cycles();
        long simulatedNs = 0;
        long deaths = 0;
        long sent = 0;
        long acknowledged = 0;
        for (long seed = first; seed < first + seeds; seed++) {
            final SimulationResult result = Simulation.run(seed);
            simulatedNs += result.simulatedNs();
            deaths += result.deaths();
            sent += result.sent();
            acknowledged += result.acknowledged();
            notes.expect(
                    result.kept(),
                    result.violation() + "; again: luyun bench simulate --seeds 1 --first-seed " + seed + " --log");
        }
        return notes.figure("seeds", seeds)
                .figure("the first", Long.toString(first))
                .figure("simulated hours", TimeUnit.NANOSECONDS.toHours(simulatedNs))
                .figure("deaths", deaths)
                .figure("messages", sent)
                .figure("acknowledged", acknowledged)
                .outcome();
    }
}
