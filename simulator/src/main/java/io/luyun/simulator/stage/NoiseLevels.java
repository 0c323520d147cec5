package io.luyun.simulator.stage;

/**
 * How wrong everything is that is told; the defaults are chosen here and written down in docs/score.md.
 *
 * @param gnssMetres standard deviation of the horizontal position error (both axes together) of who reports itself
 * @param commonShare part of its variance that all receivers of one place share: orbits, clocks, ionosphere
 * @param whiteShare part that is new with each message; the rest is each receiver's own and slow
 * @param commonSeconds correlation time of the common part
 * @param ownSeconds correlation time of the own part
 * @param speedMps standard deviation of speeds told
 * @param headingDeg of directions told at speed; more when slow
 * @param accelMps2 of accelerations told
 * @param seenMetres white position error of what a roadside unit sees, each axis
 * @param seenBiasMetres constant error of a roadside unit, each axis
 * @param lossShare messages that never arrive
 * @param jitterMillis largest deviation of a sending time
 * @param clockMillis standard deviation of senders' clocks
 * @param badClockShare scenes in which one sender's clock leads or lags by up to {@code badClockMillis}
 * @param badClockMillis how far
 * @param jumpShare scenes in which one receiver's position jumps once
 * @param jumpMetres how far at most, at least half of it
 * @param jumpSeconds for how long at most
 */
public record NoiseLevels(
        double gnssMetres,
        double commonShare,
        double whiteShare,
        double commonSeconds,
        double ownSeconds,
        double speedMps,
        double headingDeg,
        double accelMps2,
        double seenMetres,
        double seenBiasMetres,
        double lossShare,
        double jitterMillis,
        double clockMillis,
        double badClockShare,
        double badClockMillis,
        double jumpShare,
        double jumpMetres,
        double jumpSeconds) {
    /** What a bench takes. */
    public static final NoiseLevels DEFAULT =
            new NoiseLevels(1.5, 0.8, 0.02, 100, 30, 0.1, 0.6, 0.15, 0.25, 0.3, 0.03, 10, 30, 0.1, 800, 0.15, 8, 0.6);

    /** Nothing is wrong. */
    public static final NoiseLevels NONE = new NoiseLevels(0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** The same with position errors of another size. */
    public NoiseLevels withGnss(final double metres) {
        return new NoiseLevels(
                metres,
                commonShare,
                whiteShare,
                commonSeconds,
                ownSeconds,
                speedMps,
                headingDeg,
                accelMps2,
                seenMetres,
                seenBiasMetres,
                lossShare,
                jitterMillis,
                clockMillis,
                badClockShare,
                badClockMillis,
                jumpShare,
                jumpMetres,
                jumpSeconds);
    }
}
