package io.luyun.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

/** Looks for vehicles that stand in each other. */
final class Overlaps {
    private Overlaps() {}

    static void check(final Traffic traffic) {
        check(traffic, traffic.network().lanes);
        check(traffic, traffic.network().curves);
    }

    private static void check(final Traffic traffic, final Lane[] lanes) {
        for (final Lane lane : lanes) {
            for (int i = 1; i < lane.count; i++) {
                final Vehicle ahead = lane.queue[i - 1];
                final Vehicle behind = lane.queue[i];
                assertThat(ahead.s - behind.s - (ahead.length + behind.length) / 2)
                        .as(
                                "gap of %d behind %d on link %d at %.1f s",
                                behind.index, ahead.index, behind.linkId(), traffic.timeS())
                        .isPositive();
            }
            final Vehicle front = lane.count == 0 ? null : lane.queue[0];
            final Vehicle last = front == null || front.next == null ? null : front.next.last();
            if (last != null) {
                assertThat(lane.length - front.s + last.s - (front.length + last.length) / 2)
                        .as("gap of %d behind %d across the line at %.1f s", front.index, last.index, traffic.timeS())
                        .isPositive();
            }
        }
    }
}
