package io.luyun.server.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events and signs that may concern road users on each link: those whose reach has a part of it, and behind these all
 * that lie on no link. One that comes or goes costs by the links it concerns, not by all there are. What is looked up is put
 * together when it is first asked for after a change; then looking up allocates nothing.
 */
final class OnLinks {
    private static final RoadEventState[] NONE = {};

    private final List<RoadEventState> unmapped = new ArrayList<>();
    private RoadEventState[][] mapped = {};
    private @Nullable RoadEventState[][] together = {};

    /** Begins anew. */
    void clear(final int links) {
        unmapped.clear();
        mapped = new RoadEventState[links][];
        Arrays.fill(mapped, NONE);
        together = new RoadEventState[links][];
    }

    void add(final RoadEventState state) {
        if (!state.reach.mapped()) {
            unmapped.add(state);
            Arrays.fill(together, null);
            return;
        }
        for (final int link : state.reach.spans.keySet()) {
            final RoadEventState[] before = mapped[link];
            final RoadEventState[] now = Arrays.copyOf(before, before.length + 1);
            now[before.length] = state;
            mapped[link] = now;
            together[link] = null;
        }
    }

    void remove(final RoadEventState state) {
        if (!state.reach.mapped()) {
            unmapped.remove(state);
            Arrays.fill(together, null);
            return;
        }
        for (final int link : state.reach.spans.keySet()) {
            final List<RoadEventState> left = new ArrayList<>(List.of(mapped[link]));
            left.remove(state);
            mapped[link] = left.toArray(NONE);
            together[link] = null;
        }
    }

    /** Those of a link; not to be changed. */
    RoadEventState[] of(final int link) {
        final RoadEventState[] known = together[link];
        if (known != null) {
            return known;
        }
        final List<RoadEventState> all = new ArrayList<>(List.of(mapped[link]));
        all.addAll(unmapped);
        final RoadEventState[] now = all.toArray(NONE);
        together[link] = now;
        return now;
    }
}
