package io.luyun.server.live;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapNode;
import io.luyun.proto.v1.Position;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells what signals show when it is not what is to be expected by what was told: a light has changed, or ends at another time.
 * Core's thread.
 */
final class SignalWatch {
    /** A countdown that is off by less is left alone; chosen here. */
    private static final long TOLERANCE_NS = 500_000_000L;

    private final World world;
    private final Map<Long, Position> nodes = new HashMap<>();
    private final Map<Long, News.Signals> told = new HashMap<>();

    SignalWatch(final World world) {
        this.world = world;
    }

    void clear() {
        nodes.clear();
        told.clear();
    }

    void forgetTold() {
        told.clear();
    }

    /** Remembers where intersections are: signals do not say. */
    void onMap(final MapData map) {
        for (final MapNode node : map.getNodesList()) {
            nodes.put(key(node.getId().getRegion(), node.getId().getId()), node.getRefPos());
        }
    }

    void tell(final long nowNs, final List<News> news) {
        world.forEachSignal(signal -> {
            final boolean heard = world.signal(signal.region(), signal.nodeId(), nowNs) != null;
            final long key = key(signal.region(), signal.nodeId());
            final News.Signals before = told.get(key);
            if (before == null ? heard : differs(signal, before, heard, nowNs)) {
                final News.Signals now = state(signal, heard, nowNs);
                told.put(key, now);
                news.add(now);
            }
        });
    }

    private static boolean differs(
            final SignalState signal, final News.Signals before, final boolean heard, final long nowNs) {
        if (!heard) {
            return !before.phases().isEmpty();
        }
        int phases = 0;
        for (int i = 0; i < signal.states(); i++) {
            final int phase = signal.phaseOf(i);
            if (isFirst(signal, i)) {
                final News.Phase told =
                        phases < before.phases().size() ? before.phases().get(phases) : null;
                if (told == null || told.phaseId() != phase || differs(signal, told, nowNs)) {
                    return true;
                }
                phases++;
            }
        }
        return phases != before.phases().size();
    }

    private static boolean differs(final SignalState signal, final News.Phase told, final long nowNs) {
        final int shown = signal.shown(told.phaseId(), nowNs);
        if (light(signal, shown) != told.light()) {
            return true;
        }
        final long ends = endsAt(signal, shown);
        return (ends == Long.MIN_VALUE) != (told.endsAtNs() == Long.MIN_VALUE)
                || Math.abs(ends - told.endsAtNs()) > TOLERANCE_NS;
    }

    private News.Signals state(final SignalState signal, final boolean heard, final long nowNs) {
        final List<News.Phase> phases = new ArrayList<>();
        for (int i = 0; heard && i < signal.states(); i++) {
            if (isFirst(signal, i)) {
                final int shown = signal.shown(signal.phaseOf(i), nowNs);
                phases.add(new News.Phase(signal.phaseOf(i), light(signal, shown), endsAt(signal, shown)));
            }
        }
        final @Nullable Position at = nodes.get(key(signal.region(), signal.nodeId()));
        return new News.Signals(
                signal.region(),
                signal.nodeId(),
                at == null ? ABSENT : at.getLat(),
                at == null ? ABSENT : at.getLon(),
                List.copyOf(phases));
    }

    /** States of one phase stand in a row. */
    private static boolean isFirst(final SignalState signal, final int state) {
        return state == 0 || signal.phaseOf(state - 1) != signal.phaseOf(state);
    }

    private static int light(final SignalState signal, final int state) {
        return state < 0 ? 0 : signal.lightOf(state);
    }

    private static long endsAt(final SignalState signal, final int state) {
        return state < 0 ? Long.MIN_VALUE : signal.expectedEndNs(state);
    }

    private static long key(final int region, final int node) {
        return ((long) region << Integer.SIZE) | node;
    }
}
