package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A jam without a sign: slow vehicles one behind the other in the lane ahead, for some time. Speeds, gaps and lengths have a
 * tolerance as a share, the number of vehicles one of one. A queue before signals has to reach further back.
 */
final class Queue extends Meaning {
    private static final double KMH = 3.6;
    private static final double HALF_LANE_METRES = 1.75;
    private static final double ACROSS_TOLERANCE_METRES = 0.9;
    private static final double SAME_WAY_DEG = 45;
    private static final double SPEED_TOLERANCE_MPS = 1.5;
    private static final double NEAREST_METRES = 5;

    private final int vehicles;
    private final double metres;
    private final double gapMetres;
    private final double slowMps;
    private final double seconds;
    private final double toleranceSeconds;
    private final double signalMetres;
    private final double minMps;
    private final double holdSeconds;
    private final Reach reach;

    /** A slow vehicle in the lane ahead: from the front of who comes to its rear, and its length. */
    private record Slow(double gapMetres, double lengthMetres) {
        double middle() {
            return gapMetres + lengthMetres / 2;
        }
    }

    Queue(final Fields fields) {
        vehicles = (int) fields.number("vehicles", 2, 100);
        metres = fields.number("metres", 1, 1_000);
        gapMetres = fields.number("gapMetres", 1, 200);
        slowMps = fields.number("slowKmh", 1, 80) / KMH;
        seconds = fields.number("seconds", 0, 60);
        toleranceSeconds = fields.number("toleranceSeconds", 0, seconds);
        signalMetres = fields.number("signalMetres", 0, 1_000);
        minMps = fields.number("minMps", 0, 50);
        holdSeconds = fields.number("holdSeconds", 0.5, 0, 10);
        reach = Reach.of(fields);
    }

    @Override
    void look(final Cases cases) {
        for (final Actor subject : cases.vehicles()) {
            final Lasting lasts = new Lasting(
                    seconds, toleranceSeconds, (t, border) -> !Double.isNaN(metresTo(cases, subject, t, border)));
            cases.add(subject, "", holdSeconds, (t, border) -> {
                final double mps = subject.motion().at(t).speedMps();
                return lasts.at(t, border)
                        && mps >= minMps - border.give(SPEED_TOLERANCE_MPS)
                        && reach.holds(metresTo(cases, subject, t, border), mps, border);
            });
        }
    }

    /** From the front bumper to the rear end of the first queue, NaN without one. */
    private double metresTo(final Cases cases, final Actor subject, final double t, final Border border) {
        final List<Slow> ahead = slow(cases, subject, t, border);
        for (int tail = 0; tail < ahead.size(); ) {
            int head = tail;
            while (head + 1 < ahead.size()
                    && ahead.get(head + 1).middle() - ahead.get(head).middle()
                            <= gapMetres * border.most(reach.share())) {
                head++;
            }
            final double length = ahead.get(head).gapMetres()
                    + ahead.get(head).lengthMetres()
                    - ahead.get(tail).gapMetres();
            if (head - tail + 1 >= vehicles - border.give(1)
                    && length >= metres * border.least(reach.share())
                    && isFarFromSignals(cases, subject, t, ahead.get(tail), border)) {
                return ahead.get(tail).gapMetres();
            }
            tail = head + 1;
        }
        return Double.NaN;
    }

    private List<Slow> slow(final Cases cases, final Actor subject, final double t, final Border border) {
        final List<Slow> slow = new ArrayList<>();
        for (final Actor other : cases.otherVehicles(subject)) {
            if (other.motion().at(t).speedMps() > slowMps * border.most(reach.share())) {
                continue;
            }
            final OnWay on = OnWay.of(subject, other, t, 1.5 * reach.metres());
            if (on.gapMetres() > -border.give(NEAREST_METRES)
                    && on.angleDeg() < SAME_WAY_DEG
                    && on.acrossMetres() < HALF_LANE_METRES + border.give(ACROSS_TOLERANCE_METRES)) {
                slow.add(new Slow(on.gapMetres(), other.kind().lengthMetres()));
            }
        }
        slow.sort(Comparator.comparingDouble(Slow::gapMetres));
        return slow;
    }

    private boolean isFarFromSignals(
            final Cases cases, final Actor subject, final double t, final Slow tail, final Border border) {
        final Actor.Approach approach = subject.approach();
        if (approach == null || cases.scene().signal(approach.phase()) == null) {
            return true;
        }
        final double front = subject.motion().alongMetres(t) + subject.kind().lengthMetres() / 2;
        return approach.stopMetres() - front - tail.gapMetres() > signalMetres * border.least(reach.share());
    }
}
