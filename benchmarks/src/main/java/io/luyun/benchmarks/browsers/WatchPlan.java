package io.luyun.benchmarks.browsers;

import io.luyun.benchmarks.peers.Load;
import java.util.List;
import java.util.stream.Stream;

/**
 * How it is measured.
 *
 * @param load what vehicles send in a turn
 * @param browsers most that watch at once
 * @param hz frames a second each of them asks for
 * @param rounds turns of each number of browsers
 * @param warmUpSeconds of load with all of them before the first turn
 * @param goals what may not be exceeded
 */
public record WatchPlan(Load load, int browsers, int hz, int rounds, int warmUpSeconds, Goals goals) {
    /** What a server has room for beside its other connections. */
    private static final int MOST_BROWSERS = 1_000;

    private static final int MOST_HZ = 10;
    private static final int MOST_ROUNDS = 1_000;
    private static final int MOST_SECONDS = 3_600;

    /** Checks the ranges. */
    public WatchPlan {
        within("browsers", browsers, 1, MOST_BROWSERS);
        within("hz", hz, 1, MOST_HZ);
        within("rounds", rounds, 1, MOST_ROUNDS);
        within("warm-up", warmUpSeconds, 0, MOST_SECONDS);
        within("lead", load.leadSeconds(), 1, MOST_SECONDS);
        within("seconds", load.seconds(), 1, MOST_SECONDS);
    }

    /**
     * Fails where an option is out of its range.
     *
     * @throws IllegalArgumentException with one line for people
     */
    public static void within(final String option, final int value, final int least, final int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "--" + option + " is " + value + ", must be from " + least + " to " + most);
        }
    }

    /** How many watch in the turns of a round. */
    List<Integer> crowds() {
        return Stream.of(0, 1, browsers).distinct().toList();
    }

    /** The load of the warm-up. */
    Load warmUp() {
        return new Load(load.rate(), load.vehicles(), load.every(), load.leadSeconds(), warmUpSeconds);
    }
}
