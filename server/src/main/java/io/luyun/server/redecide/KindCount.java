package io.luyun.server.redecide;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How many alerts of a kind are the same, and how many differ. Every alert of the recorded side is one of {@link #same},
 * {@link #changed}, {@link #earlier}, {@link #later} and {@link #onlyRecorded}. */
public final class KindCount {
    private static final int DIGITS = 3;

    private long same;
    private long changed;
    private long onlyRecorded;
    private long onlyDecided;
    private long clearedEarlier;
    private long clearedLater;
    private final Shift earlier = new Shift();
    private final Shift later = new Shift();

    KindCount() {}

    /** Times by which alerts were raised earlier, or later, to the millisecond. */
    public static final class Shift {
        private final Histogram millis = new Histogram(DIGITS);
        private long mostMillis;

        private void add(final long nanos) {
            final long by = Math.round(nanos / (double) TimeUnit.MILLISECONDS.toNanos(1));
            millis.recordValue(by);
            mostMillis = Math.max(mostMillis, by);
        }

        private void addAll(final Shift other) {
            millis.add(other.millis);
            mostMillis = Math.max(mostMillis, other.mostMillis);
        }

        /** How many. */
        public long count() {
            return millis.getTotalCount();
        }

        /** Half of them by at most this; within 0.1 % above two seconds. 0 for none. */
        public long medianMillis() {
            return count() == 0 ? 0 : millis.getValueAtPercentile(50);
        }

        /** The most. */
        public long mostMillis() {
            return mostMillis;
        }
    }

    void addSame() {
        same++;
    }

    void add(final Difference difference) {
        switch (difference.sort()) {
            case CHANGED -> changed++;
            case EARLIER -> earlier.add(-difference.raisedLaterNs());
            case LATER -> later.add(difference.raisedLaterNs());
            case ONLY_RECORDED -> onlyRecorded++;
            case ONLY_DECIDED -> onlyDecided++;
        }
        if (difference.clearedApart()) {
            clearedEarlier += difference.clearedLaterNs() < 0 ? 1 : 0;
            clearedLater += difference.clearedLaterNs() > 0 ? 1 : 0;
        }
    }

    void addAll(final KindCount other) {
        same += other.same;
        changed += other.changed;
        onlyRecorded += other.onlyRecorded;
        onlyDecided += other.onlyDecided;
        clearedEarlier += other.clearedEarlier;
        clearedLater += other.clearedLater;
        earlier.addAll(other.earlier);
        later.addAll(other.later);
    }

    private long both() {
        return same + changed + earlier.count() + later.count();
    }

    /** Alerts that were recorded. */
    public long recorded() {
        return both() + onlyRecorded;
    }

    /** Alerts decided now. */
    public long decided() {
        return both() + onlyDecided;
    }

    /** Whether nothing differs. */
    public boolean nothingDiffers() {
        return recorded() == same && onlyDecided == 0;
    }

    /** The same, byte for byte. */
    public long same() {
        return same;
    }

    /** Raised by the same record, but bytes differ. */
    public long changed() {
        return changed;
    }

    /** Raised earlier now. */
    public Shift earlier() {
        return earlier;
    }

    /** Raised later now. */
    public Shift later() {
        return later;
    }

    /** Not decided now. */
    public long onlyRecorded() {
        return onlyRecorded;
    }

    /** Not recorded. */
    public long onlyDecided() {
        return onlyDecided;
    }

    /** Of those that both sides have and have cleared: cleared earlier now. */
    public long clearedEarlier() {
        return clearedEarlier;
    }

    /** Cleared later now. */
    public long clearedLater() {
        return clearedLater;
    }
}
