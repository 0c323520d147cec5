package io.luyun.server.alert.supervision;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.geometry.Ahead;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.PerRoadUser;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.BusStop;
import io.luyun.server.world.Crossing;
import io.luyun.server.world.Link;
import io.luyun.server.world.Movement;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.SignalAhead;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/** STOPPED_VEHICLE: the subject stands on the carriageway without a reason that can be seen. See the package. */
public final class StoppedVehicleRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_STOPPED_VEHICLE_VALUE;
    private static final double SECOND_NS = 1e9;
    private static final double HALF = 0.5;
    /** So far beyond its lane the mean of its positions may be. */
    private static final double LANE_MARGIN_METRES = 0.5;
    /** Nobody parks at the left edge: so far beyond it is the error of a receiver. */
    private static final double LEFT_METRES = 1;
    /** Reasons are looked for once in this time. */
    private static final long LOOK_NS = 1_000_000_000L;
    /** Who drives by faster than this keeps nobody standing, in whatever lane it seems to be. */
    private static final double QUEUE_MPS = 5;
    /** Bodies are that much longer than the gap between them. */
    private static final double BODIES_METRES = 20;

    /** Since when a road user stands without a reason, and where on average. */
    private static final class Stand extends PerRoadUser.Memory {
        @Nullable
        Link link;

        int reports;
        double lateralMetres;
        long sinceNs;
        long nextLookNs;

        @Override
        protected void forget() {
            link = null;
            reports = 0;
        }

        void take(final Link on, final double lateral, final long atNs) {
            if (link != on) {
                link = on;
                reports = 0;
                sinceNs = atNs;
                nextLookNs = atNs;
            }
            reports++;
            lateralMetres += (lateral - lateralMetres) / reports;
        }
    }

    private final World world;
    private final StoppedVehicle config;
    private final AlertBook book;
    private final SignalAhead signals = new SignalAhead();
    private final Ahead ahead;
    private final ParticipantVisitor finder = this::visit;
    private final PerRoadUser<Stand> stands = new PerRoadUser<>(Stand::new);
    private @Nullable Participant standing;
    private boolean blocked;

    public StoppedVehicleRule(final World world, final StoppedVehicle config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        final double range = config.queueGapMetres() + BODIES_METRES;
        ahead = new Ahead(world, range, range);
        book.hold(AlertKind.ALERT_KIND_STOPPED_VEHICLE, config.holdMillis());
    }

    @Override
    public void assess(final Participant subject, final long atNs) {
        final double mps = subject.speedMps();
        if (mps > config.stopMps()) {
            moves(subject, mps);
            return;
        }
        final Link link = subject.link();
        if (link == null) {
            return;
        }
        final Stand stand = stands.of(subject);
        stand.take(link, subject.lateralMetres(), atNs);
        if (book.severity(KIND, subject, null, null) > 0) {
            book.of(KIND, subject).is(Severity.SEVERITY_WARNING_VALUE);
            return;
        }
        if (atNs < stand.nextLookNs) {
            return;
        }
        stand.nextLookNs = atNs + LOOK_NS;
        final double half = link.lanes() * link.laneWidthMetres() * HALF;
        final boolean beside =
                stand.lateralMetres > half - config.edgeMetres() || stand.lateralMetres < -half - LEFT_METRES;
        if (beside || atRed(subject, atNs) || behindAnother(subject)) {
            stand.sinceNs = atNs;
            return;
        }
        final double seconds = (atNs - stand.sinceNs) / SECOND_NS;
        if (seconds >= config.standSeconds()
                && (seconds >= config.waitSeconds() || !waits(subject, link, stand.lateralMetres))) {
            book.of(KIND, subject).is(Severity.SEVERITY_WARNING_VALUE);
        }
    }

    /** Faster than standing: a case that is told holds until the subject really moves. */
    private void moves(final Participant subject, final double mps) {
        final Stand stand = stands.find(subject);
        if (stand == null || stand.reports == 0) {
            return;
        }
        if (mps > config.moveMps()) {
            stand.forget();
        } else if (book.severity(KIND, subject, null, null) > 0) {
            book.of(KIND, subject).is(Severity.SEVERITY_WARNING_VALUE);
        }
    }

    /** Whether signals keep it, or may: those not heard of count as red. */
    private boolean atRed(final Participant subject, final long atNs) {
        final boolean known = signals.find(world, subject, atNs);
        if (signals.approach() == null || signals.stopLineMetres() > config.signalMetres()) {
            return false;
        }
        for (int i = 0; known && i < signals.phases(); i++) {
            if (!green(signals.light(i))) {
                return true;
            }
        }
        return !known;
    }

    private static boolean green(final int light) {
        return light == LightState.LIGHT_PERMISSIVE_GREEN_VALUE || light == LightState.LIGHT_PROTECTED_GREEN_VALUE;
    }

    private boolean behindAnother(final Participant subject) {
        final double reach = config.queueGapMetres() + BODIES_METRES;
        standing = subject;
        blocked = false;
        world.forEachIn(subject.x() - reach, subject.y() - reach, subject.x() + reach, subject.y() + reach, finder);
        standing = null;
        return blocked;
    }

    private void visit(final Participant other) {
        final Participant subject = standing;
        if (!blocked
                && subject != null
                && other != subject
                && other.ptcType() == ParticipantType.PARTICIPANT_MOTOR_VALUE
                && other.speedMps() <= QUEUE_MPS
                && ahead.look(subject, other)) {
            blocked = ahead.gapMetres <= config.queueGapMetres() && ahead.acrossMetres <= config.laneOverlapMetres();
        }
    }

    /** Whether it is where vehicles wait: at a junction without signals, a crossing, a bus stop. */
    private boolean waits(final Participant subject, final Link link, final double lateralMetres) {
        final double along = subject.alongMetres();
        if (link.connector() || (link.lengthMetres() - along <= config.junctionMetres() && !signalled(link))) {
            return true;
        }
        for (final Crossing crossing : link.crossings()) {
            final double way = crossing.alongMetres(link) - along;
            if (way >= 0 && way <= config.crossingMetres()) {
                return true;
            }
        }
        final boolean rightmost = lateralMetres
                >= link.laneCentreMetres(link.lanes(), along) - link.laneWidthMetres() * HALF - LANE_MARGIN_METRES;
        for (final BusStop stop : world.busStops()) {
            if (rightmost && stop.link() == link && Math.abs(stop.alongMetres() - along) <= config.busStopMetres()) {
                return true;
            }
        }
        return false;
    }

    private static boolean signalled(final Link link) {
        for (final Movement movement : link.movements()) {
            if (movement.phaseId() > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void clear() {
        stands.clear();
    }
}
