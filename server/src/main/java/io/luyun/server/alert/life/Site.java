package io.luyun.server.alert.life;

import static io.luyun.server.world.Participant.ABSENT;

/**
 * A node of the road or a roadside unit that cases are about. Made and kept by the rule that watches it, which tells what
 * becomes of each of its cases itself: nothing is over because nobody spoke of it. Its device is named, not told.
 */
public final class Site extends Subject {
    final int region;
    final int nodeId;
    int unit;
    int latE7 = ABSENT;
    int lonE7 = ABSENT;
    private long lastSequence;

    private Site(final int region, final int nodeId, final int unit) {
        this.region = region;
        this.nodeId = nodeId;
        this.unit = unit;
    }

    /** A node of the road. */
    public static Site node(final int region, final int nodeId) {
        return new Site(region, nodeId, -1);
    }

    /** A roadside unit, by the index of its device. */
    public static Site unit(final int device) {
        return new Site(0, ABSENT, device);
    }

    /** Index of the unit that is it or that speaks for it, or -1. */
    public int unit() {
        return unit;
    }

    /** Where it is, 1e-7 degrees, or ABSENT. */
    public int latE7() {
        return latE7;
    }

    /** Where it is, 1e-7 degrees, or ABSENT. */
    public int lonE7() {
        return lonE7;
    }

    /** A unit has told something of it. */
    public void heard(final int byUnit, final long sequence) {
        unit = byUnit;
        lastSequence = sequence;
    }

    /** Where it is, 1e-7 degrees; what is not known changes nothing. */
    public void at(final int newLatE7, final int newLonE7) {
        if (newLatE7 != ABSENT && newLonE7 != ABSENT) {
            latE7 = newLatE7;
            lonE7 = newLonE7;
        }
    }

    @Override
    int device() {
        return -1;
    }

    @Override
    long lastSequence() {
        return lastSequence;
    }
}
