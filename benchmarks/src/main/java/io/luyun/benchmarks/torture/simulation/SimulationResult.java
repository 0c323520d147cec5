package io.luyun.benchmarks.torture.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one seed came to.
 *
 * @param seed the seed; the same does the same again
 * @param violation the promise that was not kept, in one line; null when all were
 * @param simulatedNs how much time passed in it
 * @param deaths how often the server was killed, lost power or was stopped
 * @param sent messages that devices gave a number
 * @param acknowledged those that they were told are safe
 * @param records records in the journal at the end
 * @param alerts steps of alerts decided
 * @param fingerprint of all that happened
 * @param log the last of what happened
 */
public record SimulationResult(
        long seed,
        @Nullable String violation,
        long simulatedNs,
        int deaths,
        long sent,
        long acknowledged,
        long records,
        long alerts,
        long fingerprint,
        List<String> log) {
    /** Whether every promise was kept. */
    public boolean kept() {
        return violation == null;
    }
}
