package io.luyun.simulator.replay;

import io.luyun.proto.uper.Dialect;
import io.luyun.simulator.link.LinkConfig;

/**
 * How to play what where.
 *
 * @param to where
 * @param link how to reach a server there; only its address is used where there is none
 * @param tokens what devices prove themselves with
 * @param dialect the dialect of UPER
 * @param envelopes whether UPER is put into envelopes
 * @param lines whether stdout gets lines of JSON in place of frames
 * @param rate seconds of the journal in a second; {@link #MAX_RATE} for as fast as the target takes it
 * @param maxGapNs longest time of the journal without a record that is waited for
 * @param offsetNs so long after the first record the playing begins
 * @param durationNs so much of the journal is played
 * @param loop whether it is played again and again
 * @param paused whether it waits for a key at the beginning
 * @param now whether times in messages move to the time of sending
 * @param freshIds whether ids of eight octets are replaced
 * @param remap which device is played as which other
 * @param drainMillis how long to wait at the end for answers
 */
public record ReplayPlan(
        TargetAddress to,
        LinkConfig link,
        Tokens tokens,
        Dialect dialect,
        boolean envelopes,
        boolean lines,
        double rate,
        long maxGapNs,
        long offsetNs,
        long durationNs,
        boolean loop,
        boolean paused,
        boolean now,
        boolean freshIds,
        Remap remap,
        int drainMillis) {
    /** As fast as the target takes it. */
    public static final double MAX_RATE = Schedule.MAX_RATE;

    /** Checks the ranges. */
    public ReplayPlan {
        if (!(rate >= Schedule.LEAST_RATE && (rate <= Schedule.GREATEST_RATE || rate == MAX_RATE))) {
            throw new IllegalArgumentException("--rate " + rate + ": must be 0.01 to 1000, or max");
        }
        atLeast("--start-offset", offsetNs, 0);
        atLeast("--playback-duration", durationNs, 1);
        atLeast("--max-gap", maxGapNs, 0);
    }

    private static void atLeast(final String option, final long ns, final long least) {
        if (ns < least) {
            throw new IllegalArgumentException(
                    option + " " + ns / 1e9 + ": must be " + (least == 0 ? "0 or more" : "more than 0") + " seconds");
        }
    }
}
