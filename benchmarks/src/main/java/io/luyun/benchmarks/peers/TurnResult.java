package io.luyun.benchmarks.peers;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What one turn gave. Counts are of the whole turn, all else of the seconds in which nobody else used the machine.
 *
 * @param counts the balance
 * @param seconds seconds that were measured
 * @param quietSeconds of them, those that count
 * @param foreignPercent most that others used of one core in one of the seconds
 * @param ack acknowledgements
 * @param alert deliveries to whom they concern
 * @param lag how late the generator itself was
 * @param busyCores cores of the whole machine that worked, on average
 * @param cpuMicros CPU time of the system under test for a message
 * @param ownBytes most memory it had that no file backs
 * @param residentBytes most memory it had in RAM
 */
public record TurnResult(
        Counts counts,
        int seconds,
        int quietSeconds,
        double foreignPercent,
        Times ack,
        Times alert,
        Times lag,
        double busyCores,
        double cpuMicros,
        long ownBytes,
        long residentBytes) {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double PERCENT_NS = 1e7;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;

    /**
     * The balance of a turn, its lead included.
     *
     * @param sent messages sent
     * @param acked of them acknowledged
     * @param refused of them refused
     * @param concerning of them such as concern somebody
     * @param delivered of those, the ones that came
     * @param unexpected what came and was not waited for
     * @param settled whether all answers came in the end
     */
    public record Counts(
            long sent, long acked, long refused, long concerning, long delivered, long unexpected, boolean settled) {
        /** Messages that concern somebody and did not come. */
        public long lost() {
            return concerning - delivered;
        }
    }

    /**
     * How long something took, from when the message should have been sent; microseconds, 0 where nothing was.
     *
     * @param count how many there were
     */
    public record Times(long count, double p50Micros, double p99Micros, double p999Micros, double maxMicros) {
        static Times of(final Histogram histogram) {
            return histogram.getTotalCount() == 0
                    ? new Times(0, 0, 0, 0, 0)
                    : new Times(
                            histogram.getTotalCount(),
                            histogram.getValueAtPercentile(50) / NANOS_PER_MICRO,
                            histogram.getValueAtPercentile(99) / NANOS_PER_MICRO,
                            histogram.getValueAtPercentile(99.9) / NANOS_PER_MICRO,
                            histogram.getMaxValue() / NANOS_PER_MICRO);
        }
    }

    /**
     * Adds up the seconds that count.
     *
     * @param looks one at each end of each second
     * @param foreignLimitPercent a second in which others used more of one core does not count
     */
    static TurnResult of(
            final Account account,
            final List<Machine.Look> looks,
            final double foreignLimitPercent,
            final boolean settled) {
        final Account.Slice sum = new Account.Slice();
        int quiet = 0;
        double worst = 0;
        long serverNs = 0;
        long busyNs = 0;
        long own = 0;
        long resident = 0;
        for (int i = 0; i < account.slices().size(); i++) {
            final Machine.Look before = looks.get(i);
            final Machine.Look after = looks.get(i + 1);
            own = Math.max(own, after.ownBytes());
            resident = Math.max(resident, after.residentBytes());
            final double foreign = (after.foreignNs() - before.foreignNs()) / PERCENT_NS;
            worst = Math.max(worst, foreign);
            if (foreign <= foreignLimitPercent) {
                quiet++;
                busyNs += after.busyNs() - before.busyNs();
                serverNs += after.serverNs() - before.serverNs();
                sum.add(account.slices().get(i));
            }
        }
        final long messages = sum.lag.getTotalCount();
        return new TurnResult(
                counts(account, settled),
                account.slices().size(),
                quiet,
                worst,
                Times.of(sum.ack),
                Times.of(sum.alert),
                Times.of(sum.lag),
                quiet == 0 ? 0 : busyNs / NANOS_PER_SECOND / quiet,
                messages == 0 ? 0 : serverNs / NANOS_PER_MICRO / messages,
                own,
                resident);
    }

    private static Counts counts(final Account account, final boolean settled) {
        return new Counts(
                account.sent(),
                account.acked(),
                account.refused(),
                account.concerning(),
                account.delivered(),
                account.unexpected(),
                settled);
    }

    /** Cores of the system under test that worked, on average; 0 when no second counts. */
    public double serverCores() {
        return quietSeconds == 0 ? 0 : cpuMicros * lag.count() / MICROS_PER_SECOND / quietSeconds;
    }

    /** Whether the figures may be used: some second counts, and the generator was in time. */
    public boolean valid(final double lagLimitMicros) {
        return quietSeconds > 0 && lag.p99Micros() <= lagLimitMicros;
    }
}
