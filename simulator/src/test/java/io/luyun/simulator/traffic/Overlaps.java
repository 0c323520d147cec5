package io.luyun.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

/** Looks for vehicles that stand in each other. */
final class Overlaps {
    private Overlaps() {}

    private interface Gaps {
        void between(Vehicle behind, Vehicle ahead, double metres);
    }

    /** None does. */
    static void check(final Traffic traffic) {
        visit(
                traffic,
                (behind, ahead, metres) -> assertThat(metres)
                        .as(
                                "gap of %d behind %d, from link %d to link %d at %.1f s",
                                behind.index, ahead.index, behind.linkId(), ahead.linkId(), traffic.timeS())
                        .isPositive());
    }

    /** How many do. */
    static int count(final Traffic traffic) {
        final int[] count = new int[1];
        visit(traffic, (_, _, metres) -> count[0] += metres > 0 ? 0 : 1);
        return count[0];
    }

    private static void visit(final Traffic traffic, final Gaps gaps) {
        visit(traffic.network().lanes, gaps);
        visit(traffic.network().curves, gaps);
    }

    private static void visit(final Lane[] lanes, final Gaps gaps) {
        for (final Lane lane : lanes) {
            for (int i = 1; i < lane.count; i++) {
                final Vehicle ahead = lane.queue[i - 1];
                final Vehicle behind = lane.queue[i];
                gaps.between(behind, ahead, ahead.s - behind.s - (ahead.length + behind.length) / 2);
            }
            final Vehicle front = lane.count == 0 ? null : lane.queue[0];
            final Vehicle last = front == null || front.next == null ? null : front.next.last();
            if (last != null) {
                gaps.between(front, last, lane.length - front.s + last.s - (front.length + last.length) / 2);
            }
        }
    }
}
