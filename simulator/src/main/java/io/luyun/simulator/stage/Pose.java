package io.luyun.simulator.stage;

/**
 * Where somebody is and how it moves.
 *
 * @param x metres east of the tile's middle
 * @param y metres north
 * @param headingDeg direction, clockwise from north, 0 up to but without 360
 * @param speedMps never negative
 * @param accelMps2 forward positive
 * @param yawRateDegPerS clockwise positive
 */
public record Pose(double x, double y, double headingDeg, double speedMps, double accelMps2, double yawRateDegPerS) {}
