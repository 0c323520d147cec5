package io.luyun.server.alert.supervision;

import static io.luyun.server.world.Participant.ABSENT;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertReason;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Finding;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.Crossing;
import io.luyun.server.world.Link;
import io.luyun.server.world.Movement;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.World;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** SPAT_MAP_MISMATCH: the signals of a node do not fit its map. See the package. */
public final class SpatMapRule implements Rule.OfSignals, Rule.OfMaps, Rule.OfTicks {
    private static final int KIND = AlertKind.ALERT_KIND_SPAT_MAP_MISMATCH_VALUE;
    private static final int NODE_UNKNOWN = AlertReason.ALERT_REASON_NODE_UNKNOWN_VALUE;
    private static final int PHASE_UNKNOWN = AlertReason.ALERT_REASON_PHASE_UNKNOWN_VALUE;
    private static final int PHASE_MISSING = AlertReason.ALERT_REASON_PHASE_MISSING_VALUE;
    private static final double SECOND_NS = 1e9;

    /** A node and the phases its map has. */
    private static final class Junction extends PerNode.Node {
        /** All that any map has, and those that a SPAT must have. */
        final PhaseSet known = new PhaseSet();

        final PhaseSet needed = new PhaseSet();
        boolean mapped;

        Junction(final int region, final int id) {
            super(region, id);
        }
    }

    private final World world;
    private final SpatMap config;
    private final AlertBook book;
    private final PerNode<Junction> junctions;
    private final PhaseSet said = new PhaseSet();
    private final long graceNs;
    private final long silentNs;

    public SpatMapRule(final World world, final SpatMap config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        junctions = new PerNode<>(world, Junction::new);
        graceNs = (long) (config.graceSeconds() * SECOND_NS);
        silentNs = (long) (config.silentSeconds() * SECOND_NS);
        book.hold(AlertKind.ALERT_KIND_SPAT_MAP_MISMATCH, config.holdMillis());
    }

    @Override
    public void onSignal(final SignalState signal, final long atNs) {
        final Junction junction = junctions.of(signal, atNs);
        if (atNs - junction.firstAtNs < graceNs) {
            return;
        }
        if (junction.stale) {
            workOut(junction);
        }
        said.clear();
        for (int i = 0; i < signal.states(); i++) {
            said.add(signal.phaseOf(i));
        }
        final boolean mapped = junction.mapped;
        tell(junction, NODE_UNKNOWN, mapped ? 0 : ABSENT);
        tell(junction, PHASE_UNKNOWN, mapped ? said.firstNotIn(junction.known) : 0);
        // a controller that is off or failing need not name its phases
        tell(junction, PHASE_MISSING, mapped && signal.reliable() ? junction.needed.firstNotIn(said) : 0);
    }

    /** Tells of one thing; phase 0 for all is well, ABSENT for no phase. */
    private void tell(final Junction junction, final int reason, final int phase) {
        final Finding finding = book.of(KIND, junction.site).because(reason).confirmedBy(config.confirmReports());
        if (phase == 0) {
            finding.is(0);
        } else {
            finding.phase(phase).is(Severity.SEVERITY_CAUTION_VALUE);
        }
    }

    private void workOut(final Junction junction) {
        final List<Link> approaches = junctions.approaches(junction);
        junction.mapped = junction.map != null || !approaches.isEmpty();
        junction.known.clear();
        junction.needed.clear();
        if (junction.map != null) {
            addPhases(junction.map, junction.needed);
            addPhases(junction.map, junction.known);
        }
        final boolean zoneNeeds = junction.needed.isEmpty();
        for (final Link approach : approaches) {
            for (final Movement movement : approach.movements()) {
                add(junction, movement.phaseId(), zoneNeeds);
            }
        }
        for (final Crossing crossing : world.crossings()) {
            if (crossing.node() == junction.id) {
                add(junction, crossing.phaseId(), zoneNeeds);
            }
        }
        junction.stale = false;
    }

    private static void add(final Junction junction, final int phase, final boolean needed) {
        junction.known.add(phase);
        if (needed) {
            junction.needed.add(phase);
        }
    }

    /** Every phase a MAP names, on whatever lane or movement. */
    private static void addPhases(final Message part, final PhaseSet to) {
        for (final Map.Entry<FieldDescriptor, Object> field :
                part.getAllFields().entrySet()) {
            if (field.getKey().getName().equals("phase_id")) {
                to.add((Integer) field.getValue());
            } else if (field.getValue() instanceof final Message inner) {
                addPhases(inner, to);
            } else if (field.getValue() instanceof final Collection<?> several) {
                for (final Object one : several) {
                    if (one instanceof final Message inner) {
                        addPhases(inner, to);
                    }
                }
            }
        }
    }

    @Override
    public void onMap(final MapData map, final long atNs) {
        junctions.onMap(map);
    }

    @Override
    public void onTick(final long nowNs) {
        for (int i = 0; i < junctions.all().size(); i++) {
            final Junction junction = junctions.all().get(i);
            if (junction.firstAtNs != Long.MIN_VALUE && nowNs - silentNs > junction.lastAtNs) {
                junction.firstAtNs = Long.MIN_VALUE;
                book.of(KIND, junction.site).because(NODE_UNKNOWN).gone();
                book.of(KIND, junction.site).because(PHASE_UNKNOWN).gone();
                book.of(KIND, junction.site).because(PHASE_MISSING).gone();
            }
        }
    }

    @Override
    public void clear() {
        junctions.clear();
    }
}
