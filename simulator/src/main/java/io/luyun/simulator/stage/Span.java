package io.luyun.simulator.stage;

/**
 * From where to where a parameter of a scenario may be drawn.
 *
 * @param low smallest
 * @param high largest, not less
 */
public record Span(double low, double high) {
    /** A place in it, by a fraction 0..1. */
    double at(final double fraction) {
        return low + (high - low) * fraction;
    }
}
