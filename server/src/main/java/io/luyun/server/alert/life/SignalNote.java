package io.luyun.server.alert.life;

import static io.luyun.server.world.Participant.ABSENT;

/** What is said of the signals a case rests on: what they show, until when, and the speeds that suit. Reused. */
final class SignalNote {
    /** A light that ends so much earlier or later than was told is news. */
    private static final long END_NEWS_NS = 1_000_000_000L;

    boolean known;
    int region;
    int nodeId;
    int phaseId;
    int light;
    /** When the light shown is likely to end, and when the phase is green next; MIN_VALUE when not known. */
    long endsNs;

    long greenNs;
    /** Speeds that suit, 0.02 m/s, ABSENT for none. */
    int minSpeed;

    int maxSpeed;
    /** Sequence of the record that told it. */
    long sequence;
    /** A change of a speed by so much is news, but not sooner than so long after the last; 0 when nothing is. */
    int worth;

    long everyNs;

    void clear() {
        known = false;
        worth = 0;
        minSpeed = ABSENT;
        maxSpeed = ABSENT;
        greenNs = Long.MIN_VALUE;
    }

    void take(final SignalNote of) {
        known = of.known;
        region = of.region;
        nodeId = of.nodeId;
        phaseId = of.phaseId;
        light = of.light;
        endsNs = of.endsNs;
        greenNs = of.greenNs;
        minSpeed = of.minSpeed;
        maxSpeed = of.maxSpeed;
        sequence = of.sequence;
        worth = of.worth;
        everyNs = of.everyNs;
    }

    /** Whether it is worth telling beside what was told at a time. */
    boolean isNews(final SignalNote told, final long sinceNs) {
        if (!known || worth == 0) {
            return false;
        }
        final boolean same = nodeId == told.nodeId && region == told.region && phaseId == told.phaseId;
        if (same && light != told.light) {
            return true;
        }
        return sinceNs >= everyNs
                && (!same
                        || differ(minSpeed, told.minSpeed)
                        || differ(maxSpeed, told.maxSpeed)
                        || (endsNs != told.endsNs && Math.abs(endsNs - told.endsNs) > END_NEWS_NS));
    }

    private boolean differ(final int speed, final int told) {
        return (speed == ABSENT || told == ABSENT) ? speed != told : Math.abs(speed - told) >= worth;
    }
}
