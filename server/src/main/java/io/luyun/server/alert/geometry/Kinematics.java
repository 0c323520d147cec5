package io.luyun.server.alert.geometry;

/** Motion of two bodies one behind the other. */
public final class Kinematics {
    /** Beyond these an acceleration is a sensor error, or not going to last. */
    private static final double MIN_ACCEL_MPS2 = -9;

    private static final double MAX_ACCEL_MPS2 = 2;
    /** Less is noise. */
    private static final double DEAD_BAND_MPS2 = 0.3;

    private Kinematics() {}

    /** The acceleration to reckon with for one sent; 0 when it is not known. */
    public static double usable(final double accelMps2) {
        if (!(Math.abs(accelMps2) >= DEAD_BAND_MPS2)) {
            return 0;
        }
        return Math.max(MIN_ACCEL_MPS2, Math.min(MAX_ACCEL_MPS2, accelMps2));
    }

    /**
     * First time at which the rear body reaches the front one when both keep their acceleration until they stand.
     *
     * @param minClosingMps impacts with less difference of speed are left out
     * @return seconds, infinite when never
     */
    public static double timeToCollision(
            final double gapMetres,
            final double rearMps,
            final double rearMps2,
            final double frontMps,
            final double frontMps2,
            final double minClosingMps) {
        if (gapMetres <= 0) {
            return rearMps - frontMps >= minClosingMps ? 0 : Double.POSITIVE_INFINITY;
        }
        final double rearStops = stops(rearMps, rearMps2);
        final double frontStops = stops(frontMps, frontMps2);
        double begin = 0;
        double gap = gapMetres;
        // up to three stretches: both move, one stands, both stand
        for (int stretch = 0; stretch < 2; stretch++) {
            final double end = stretch == 0
                    ? Math.min(rearStops, frontStops)
                    : rearStops > frontStops ? rearStops : Double.POSITIVE_INFINITY;
            final boolean rearMoves = begin < rearStops;
            final boolean frontMoves = begin < frontStops;
            if (!rearMoves) {
                return Double.POSITIVE_INFINITY;
            }
            final double rear = rearMps + rearMps2 * begin;
            final double front = frontMoves ? frontMps + frontMps2 * begin : 0;
            final double closing = rear - front;
            final double closing2 = rearMps2 - (frontMoves ? frontMps2 : 0);
            final double time = closes(gap, closing, closing2);
            if (time <= end - begin) {
                return closing + closing2 * time >= minClosingMps ? begin + time : Double.POSITIVE_INFINITY;
            }
            if (end == Double.POSITIVE_INFINITY) {
                return Double.POSITIVE_INFINITY;
            }
            final double length = end - begin;
            gap -= closing * length + 0.5 * closing2 * length * length;
            begin = end;
        }
        return Double.POSITIVE_INFINITY;
    }

    /**
     * Least constant deceleration with which the rear body does not reach the front one, which keeps its acceleration until
     * it stands.
     *
     * @return m/s2, infinite when there is no gap, 0 when none is needed
     */
    public static double neededMps2(
            final double gapMetres, final double rearMps, final double frontMps, final double frontMps2) {
        if (gapMetres <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        final double closing = rearMps - frontMps;
        final double frontBrakes = Math.max(0, -frontMps2);
        if (closing > 0) {
            final double untilAlike = 2 * gapMetres / closing;
            if (frontBrakes == 0 || untilAlike <= frontMps / frontBrakes) {
                return frontBrakes + closing / untilAlike;
            }
        } else if (frontBrakes == 0) {
            return 0;
        }
        return rearMps * rearMps / (2 * (gapMetres + frontMps * frontMps / (2 * frontBrakes)));
    }

    private static double stops(final double mps, final double mps2) {
        return mps <= 0 && mps2 <= 0 ? 0 : mps2 < 0 ? mps / -mps2 : Double.POSITIVE_INFINITY;
    }

    /** Smallest positive root of gap = v t + a t² / 2, infinite when there is none. */
    private static double closes(final double gap, final double v, final double a) {
        if (a == 0) {
            return v > 0 ? gap / v : Double.POSITIVE_INFINITY;
        }
        final double root2 = v * v + 2 * a * gap;
        if (root2 < 0) {
            return Double.POSITIVE_INFINITY;
        }
        // the form that does not lose digits: 2 gap / (v + root)
        final double divisor = v + Math.sqrt(root2);
        return divisor > 0 ? 2 * gap / divisor : Double.POSITIVE_INFINITY;
    }
}
