package io.luyun.benchmarks.torture.net;

/**
 * What a relay does to what passes through it.
 *
 * @param name in a few words
 * @param delayMillis how long each chunk of a direction is kept, as on a line with one packet under way
 * @param bytesPerSecond most of one direction of one connection; 0 for no limit
 * @param cutWithinBytes each connection ends by a reset after a random number of bytes below this, counted over both directions,
 *     wherever in a frame that is; 0 for never
 * @param held nothing passes, nothing ends: a partition
 */
public record Weather(String name, int delayMillis, int bytesPerSecond, int cutWithinBytes, boolean held) {
    public static final Weather FAIR = new Weather("fair", 0, 0, 0, false);

    public static Weather delay(final int millis) {
        return new Weather("delay " + millis + " ms", millis, 0, 0, false);
    }

    static Weather narrow(final int bytesPerSecond) {
        return new Weather(bytesPerSecond / 1_000 + " kB/s", 0, bytesPerSecond, 0, false);
    }

    static Weather cuts(final int withinBytes) {
        return new Weather("cut within " + withinBytes + " bytes", 0, 0, withinBytes, false);
    }

    public static Weather partition() {
        return new Weather("partition", 0, 0, 0, true);
    }
}
