package io.luyun.server.alert.signal;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertReason;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.Coordination;
import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;
import io.luyun.server.world.PriorityRequest;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.WayAhead;
import io.luyun.server.world.World;
import org.agrona.collections.IntHashSet;
import org.jspecify.annotations.Nullable;

/** CHPVP: a bus or emergency vehicle asks the signals ahead for green. See the package. */
public final class PriorityPassingRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_CHPVP_VALUE;
    private static final double NANOS = 1e9;
    private static final double MOVES_MPS = 0.5;
    /** Bit of VehicleCoordination.info. */
    private static final int SIGNAL_PRIORITY = 1 << 7;
    /** Bits of the status of an intersection: pre-empted, gives priority. */
    private static final int GIVES_PRIORITY = 1 << 3 | 1 << 4;

    private final World world;
    private final PriorityPassing config;
    private final AlertBook book;
    private final WayAhead way = new WayAhead();
    private final IntHashSet entitled = new IntHashSet();
    private final IntHashSet urgent = new IntHashSet();
    /** To the stop line, NaN when it is not known. */
    private double metres;

    public PriorityPassingRule(final World world, final PriorityPassing config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_CHPVP, config.holdMillis());
        entitled.addAll(config.classes());
        urgent.addAll(config.emergencyClasses());
    }

    @Override
    public void assess(final Participant subject, final long atNs) {
        final PriorityRequest[] requests = world.priorityRequests(subject);
        if (requests.length == 0 || !entitled.contains(subject.classification())) {
            return;
        }
        for (final PriorityRequest request : requests) {
            // who is reported by one device may not be spoken for by another
            if (request.holdsAt(atNs) && request.device() == subject.device()) {
                assess(subject, request, atNs);
            }
        }
    }

    private void assess(final Participant subject, final PriorityRequest request, final long atNs) {
        final Link here = subject.link();
        if (here != null && request.isPassedOn(here)) {
            return;
        }
        final Link approach = approach(subject, request);
        if (approach == null) {
            metres = request.metres();
        }
        if (metres > config.reachMetres()) {
            return;
        }
        final long arrivalNs = arrivalNs(subject, request, approach, atNs);
        book.of(KIND, subject)
                .priority(request, approach == null ? request.phaseId() : request.phaseFrom(approach), arrivalNs)
                .says(
                        isGranted(subject, request, approach, atNs)
                                ? AlertReason.ALERT_REASON_PRIORITY_GRANTED_VALUE
                                : AlertReason.ALERT_REASON_PRIORITY_ASKED_VALUE)
                .confirmedBy(config.confirmReports())
                .inSeconds(arrivalNs == Long.MIN_VALUE ? Double.NaN : Math.max(0, (arrivalNs - atNs) / NANOS))
                .inMetres(metres)
                .is(
                        urgent.contains(subject.classification())
                                ? Severity.SEVERITY_CAUTION_VALUE
                                : Severity.SEVERITY_INFO_VALUE);
    }

    /** The link on the subject's way that ends at the intersection, and the way to its stop line; null when there is none. */
    private @Nullable Link approach(final Participant subject, final PriorityRequest request) {
        for (boolean on = way.begin(world, subject); on; on = way.next()) {
            if (request.endsAt(way.link())) {
                metres = Math.max(0, way.metres() + way.link().stopLineMetres() - 0.5 * subject.lengthMetres());
                return way.link();
            }
        }
        return null;
    }

    /** By its own place and speed where the map tells the way, else as it says itself. */
    private long arrivalNs(
            final Participant subject, final PriorityRequest request, final @Nullable Link approach, final long atNs) {
        final boolean reckoned = approach != null && subject.speedMps() >= MOVES_MPS;
        return reckoned ? atNs + (long) (metres / subject.speedMps() * NANOS) : request.arrivalNs();
    }

    private boolean isGranted(
            final Participant subject, final PriorityRequest request, final @Nullable Link approach, final long atNs) {
        for (final Coordination said : world.coordinationsTo(subject)) {
            if ((said.info() & SIGNAL_PRIORITY) != 0 && said.holdsAt(atNs)) {
                return true;
            }
        }
        final SignalState signal = approach == null
                ? world.signal(request.region(), request.nodeId(), atNs)
                : world.signal(approach, atNs);
        return signal != null && signal.status() != ABSENT && (signal.status() & GIVES_PRIORITY) != 0;
    }
}
