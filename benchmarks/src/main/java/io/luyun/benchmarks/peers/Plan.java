package io.luyun.benchmarks.peers;

/**
 * How it is measured.
 *
 * @param load what is offered in a turn
 * @param rounds turns of each that count
 * @param warmUpSeconds load on each before the first of them
 * @param foreignLimitPercent a second in which others used more of one core does not count
 * @param lagLimitMicros a turn whose generator was later than this in one of a hundred messages does not count
 */
public record Plan(Load load, int rounds, int warmUpSeconds, double foreignLimitPercent, double lagLimitMicros) {
    /** Checks the ranges. */
    public Plan {
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds is " + rounds + ", must be at least 1");
        }
        if (warmUpSeconds < 0) {
            throw new IllegalArgumentException("--warm-up is " + warmUpSeconds + ", must be at least 0");
        }
        if (!(foreignLimitPercent >= 0)) {
            throw new IllegalArgumentException("--max-foreign is " + foreignLimitPercent + ", must be at least 0");
        }
        if (!(lagLimitMicros > 0)) {
            throw new IllegalArgumentException("--max-lag is " + lagLimitMicros / 1e3 + ", must be above 0");
        }
    }

    /** The load of the warm-up. */
    Load warmUp() {
        return new Load(load.rate(), load.vehicles(), load.every(), 0, warmUpSeconds);
    }
}
