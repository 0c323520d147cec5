package io.luyun.benchmarks.browsers;

/**
 * What each browser of a crowd has got, on average, while vehicles sent; all 0 when there was none.
 *
 * @param framesPerSecond frames of positions that tell of somebody
 * @param bytesPerSecond bytes of frames and texts, without what carries them
 * @param textsPerSecond texts
 * @param closed browsers whose connection has ended before its time
 */
public record Sight(double framesPerSecond, double bytesPerSecond, double textsPerSecond, int closed) {
    /** Nobody looks. */
    static final Sight NONE = new Sight(0, 0, 0, 0);
}
