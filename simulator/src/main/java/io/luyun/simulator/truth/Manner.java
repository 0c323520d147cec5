package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Pose;

/** How a vehicle is driven: it brakes or accelerates harshly, or weaves. Accelerations and angles have a tolerance as a share. */
final class Manner extends Meaning {
    private static final double HOLD_S = 0.5;
    private static final double WINDOW_TOLERANCE_S = 1;
    private static final double SPEED_TOLERANCE_MPS = 1;

    private final double brakesMps2;
    private final double acceleratesMps2;
    private final double toleranceShare;
    private final double swingDeg;
    private final double swingToleranceShare;
    private final int swings;
    private final double windowSeconds;
    private final double minMps;

    Manner(final Fields fields) {
        brakesMps2 = fields.number("brakesMps2", 1, 20);
        acceleratesMps2 = fields.number("acceleratesMps2", 1, 20);
        toleranceShare = fields.number("toleranceShare", 0, 1);
        swingDeg = fields.number("swingDeg", 0.5, 45);
        swingToleranceShare = fields.number("swingToleranceShare", 0, 1);
        swings = (int) fields.number("swings", 1, 20);
        windowSeconds = fields.number("windowSeconds", 1, 60);
        minMps = fields.number("minMps", 0, 50);
    }

    @Override
    void look(final Cases cases) {
        for (final Actor subject : cases.vehicles()) {
            cases.add(
                    subject,
                    "HARSH_BRAKING",
                    HOLD_S,
                    (t, border) -> -accel(subject, t) >= brakesMps2 * border.least(toleranceShare));
            cases.add(
                    subject,
                    "HARSH_ACCELERATION",
                    HOLD_S,
                    (t, border) -> accel(subject, t) >= acceleratesMps2 * border.least(toleranceShare));
            final Swings wide = new Swings(subject, swingDeg * Border.WIDE.least(swingToleranceShare));
            final Swings narrow = new Swings(subject, swingDeg * Border.NARROW.least(swingToleranceShare));
            cases.add(subject, "WEAVING", HOLD_S, (t, border) -> {
                final Swings seen = border == Border.WIDE ? wide : narrow;
                seen.goOn(t);
                return seen.since(t - windowSeconds - border.give(WINDOW_TOLERANCE_S)) >= swings
                        && subject.motion().at(t).speedMps() >= minMps - border.give(SPEED_TOLERANCE_MPS);
            });
        }
    }

    private static double accel(final Actor subject, final double t) {
        return subject.motion().at(t).accelMps2();
    }

    /** When it changed from heading to one side of its way to the other, time by time. */
    private static final class Swings {
        private static final int MOST = 64;

        private final Actor subject;
        private final double deg;
        private final double[] changes = new double[MOST];
        private int count;
        private int side;

        Swings(final Actor subject, final double deg) {
            this.subject = subject;
            this.deg = deg;
        }

        void goOn(final double t) {
            final Pose pose = subject.motion().at(t);
            final double road = subject.motion().further(t, 0).headingDeg();
            final double slide = ((pose.headingDeg() - road) % 360 + 540) % 360 - 180;
            final int now = slide >= deg ? 1 : slide <= -deg ? -1 : side;
            if (now != side && side != 0 && count < MOST) {
                changes[count++] = t;
            }
            side = now;
        }

        int since(final double fromS) {
            int found = 0;
            for (int i = 0; i < count; i++) {
                found += changes[i] >= fromS ? 1 : 0;
            }
            return found;
        }
    }
}
