package io.luyun.server.alert.supervision;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.World;

/** SIGNAL_CONFLICT: two phases of a node whose ways cross are green together. See the package. */
public final class SignalConflictRule implements Rule.OfSignals, Rule.OfMaps, Rule.OfTicks {
    private static final int KIND = AlertKind.ALERT_KIND_SIGNAL_CONFLICT_VALUE;
    private static final double SECOND_NS = 1e9;

    /** A node and what conflicts there. */
    private static final class Junction extends PerNode.Node {
        Conflicts conflicts = Conflicts.NONE;

        Junction(final int region, final int id) {
            super(region, id);
        }
    }

    private final World world;
    private final SignalConflict config;
    private final AlertBook book;
    private final PerNode<Junction> junctions;
    private final long silentNs;

    public SignalConflictRule(final World world, final SignalConflict config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        junctions = new PerNode<>(world, Junction::new);
        silentNs = (long) (config.silentSeconds() * SECOND_NS);
        book.hold(AlertKind.ALERT_KIND_SIGNAL_CONFLICT, config.holdMillis());
    }

    @Override
    public void onSignal(final SignalState signal, final long atNs) {
        final Junction junction = junctions.of(signal, atNs);
        if (junction.stale) {
            junction.conflicts = Conflicts.of(junctions.approaches(junction), world.crossings(), config);
            junction.stale = false;
        }
        final Conflicts conflicts = junction.conflicts;
        final int found = signal.reliable() ? find(conflicts, signal) : -1;
        if (found < 0) {
            book.of(KIND, junction.site).is(0);
        } else {
            book.of(KIND, junction.site)
                    .phases(conflicts.phaseA[found], conflicts.phaseB[found])
                    .confirmedBy(config.confirmReports())
                    .is(Severity.SEVERITY_CRITICAL_VALUE);
        }
    }

    private int find(final Conflicts conflicts, final SignalState signal) {
        for (int i = 0; i < conflicts.phaseA.length; i++) {
            if (claims(signal.light(conflicts.phaseA[i]), conflicts.turnA[i])
                    && claims(signal.light(conflicts.phaseB[i]), conflicts.turnB[i])) {
                return i;
            }
        }
        return -1;
    }

    /** Whether whoever goes under a light need not give way. */
    private boolean claims(final int light, final boolean turn) {
        return switch (light) {
            case LightState.LIGHT_PROTECTED_GREEN_VALUE, LightState.LIGHT_FLASHING_GREEN_VALUE -> true;
            case LightState.LIGHT_PERMISSIVE_GREEN_VALUE -> !turn || !config.permissiveYields();
            default -> false;
        };
    }

    @Override
    public void onMap(final MapData map, final long atNs) {
        junctions.onMap(map);
    }

    @Override
    public void onTick(final long nowNs) {
        for (int i = 0; i < junctions.all().size(); i++) {
            final Junction junction = junctions.all().get(i);
            if (nowNs - silentNs > junction.lastAtNs) {
                book.of(KIND, junction.site).gone();
            }
        }
    }

    @Override
    public void clear() {
        junctions.clear();
    }
}
