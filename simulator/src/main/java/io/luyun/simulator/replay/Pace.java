package io.luyun.simulator.replay;

import org.HdrHistogram.Histogram;

/**
 * How well a pace was kept.
 *
 * @param offNs how far from their times messages were sent; empty where there was no pace to keep
 * @param seconds from the first message to the last, without pauses
 * @param achievedRate seconds of the journal played in a second; 0 when nothing was
 * @param errorPercent by how much that is more (+) or less (-) than asked
 */
public record Pace(Histogram offNs, double seconds, double achievedRate, double errorPercent) {}
