package io.luyun.simulator.replay;

/**
 * How a replay stands.
 *
 * @param state "opening", "playing", "paused", "seeking" or "ended"
 * @param timeNs where in the journal it is, ns since 1970; 0 before it begins
 * @param positionNs how far into what is played, ns
 * @param rate seconds of the journal in a second
 * @param sent messages sent
 * @param acknowledged messages acknowledged
 * @param lagNs how late the last one was
 * @param open whether the target takes messages
 */
public record ReplayView(
        String state,
        long timeNs,
        long positionNs,
        double rate,
        long sent,
        long acknowledged,
        long lagNs,
        boolean open) {}
