package io.luyun.simulator.stage;

import java.util.List;

/** How far somebody has come when: stretches of constant acceleration, then constant speed; nobody goes backwards. Immutable. */
final class Pace {
    /** An acceleration that lasts so long. */
    record Stretch(double seconds, double accelMps2) {}

    private final double startMps;
    private final List<Stretch> stretches;

    Pace(final double startMps, final List<Stretch> stretches) {
        this.startMps = startMps;
        this.stretches = List.copyOf(stretches);
    }

    /** Metres since the beginning; before it, back at the first speed. */
    double metres(final double t) {
        double metres = Math.min(t, 0) * startMps;
        double speed = startMps;
        double left = Math.max(0, t);
        for (final Stretch stretch : stretches) {
            final double part = Math.min(left, stretch.seconds);
            metres += travel(speed, stretch.accelMps2, part);
            speed = Math.max(0, speed + stretch.accelMps2 * part);
            left -= part;
        }
        return metres + speed * left;
    }

    double speed(final double t) {
        double speed = startMps;
        double left = Math.max(0, t);
        for (final Stretch stretch : stretches) {
            final double part = Math.min(left, stretch.seconds);
            speed = Math.max(0, speed + stretch.accelMps2 * part);
            left -= part;
        }
        return speed;
    }

    double accel(final double t) {
        double left = t;
        for (final Stretch stretch : stretches) {
            if (left >= 0 && left < stretch.seconds) {
                return speed(t) > 0 || stretch.accelMps2 > 0 ? stretch.accelMps2 : 0;
            }
            left -= stretch.seconds;
        }
        return 0;
    }

    /** Way made in a time from a speed under an acceleration, which ends at a standstill. */
    static double travel(final double mps, final double mps2, final double seconds) {
        final double moving = mps2 < 0 ? Math.min(seconds, mps / -mps2) : seconds;
        return mps * moving + 0.5 * mps2 * moving * moving;
    }
}
