package io.luyun.benchmarks.torture.rights;

import java.util.List;

/**
 * What became of the matrix.
 *
 * @param cells questions asked
 * @param taken by the server
 * @param refused by the server
 * @param slowestRevocationMillis longest life of a session after its right had gone
 * @param wrong a line for each that was answered otherwise than the registry says, and for what does not hold besides
 */
public record RightsReport(int cells, int taken, int refused, long slowestRevocationMillis, List<String> wrong) {
    /** Whether every right thing was taken and every wrong one refused. */
    public boolean holds() {
        return wrong.isEmpty() && cells > 0;
    }

    /** One line. */
    public String line() {
        return cells + " cells, " + taken + " taken, " + refused + " refused, " + wrong.size()
                + " wrong; sessions without their right ended within " + slowestRevocationMillis + " ms";
    }
}
