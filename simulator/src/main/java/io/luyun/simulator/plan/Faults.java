package io.luyun.simulator.plan;

/**
 * What goes wrong between a device and the server, each a share of its messages, decided by the seed. Immutable.
 *
 * @param loss messages that are not sent
 * @param duplicates messages that are sent twice
 * @param swaps messages that are sent behind the next one of the same device
 * @param spoiled messages whose bytes are damaged
 * @param clockSkewMillis most that a device's clock is wrong; each device's is somewhere between this before and behind
 */
public record Faults(double loss, double duplicates, double swaps, double spoiled, int clockSkewMillis) {
    /** Nothing goes wrong. */
    public static final Faults NONE = new Faults(0, 0, 0, 0, 0);

    /** Checks the ranges. */
    public Faults {
        Range.check("loss", loss, 0, 1);
        Range.check("duplicates", duplicates, 0, 1);
        Range.check("swaps", swaps, 0, 1);
        Range.check("spoiled", spoiled, 0, 1);
        Range.check("clockSkewMillis", clockSkewMillis, 0, 86_400_000);
    }

    /** Whether anything goes wrong. */
    public boolean any() {
        return loss > 0 || duplicates > 0 || swaps > 0 || spoiled > 0 || clockSkewMillis > 0;
    }
}
