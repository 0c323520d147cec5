package io.luyun.server.alert.roadside;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.Area;
import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.SpeedLimits;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/** SLW: the subject drives faster than the limit where it is. See the package. */
public final class SpeedLimitRule implements Rule, Rule.OfEvents {
    private static final int KIND = AlertKind.ALERT_KIND_SLW_VALUE;
    private static final double RAW_MPS = 0.02;
    private static final double KMH = 3.6;
    private static final double PERCENT = 0.01;
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final int HOURS = 24;

    private final World world;
    private final SpeedLimit config;
    private final AlertBook book;
    private final SignLimits signs;
    private final boolean[] trucks = new boolean[256];
    private @Nullable RoadEventState limitingSign;

    public SpeedLimitRule(final World world, final SpeedLimit config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_SLW, config.holdMillis());
        signs = new SignLimits(config.signs());
        for (final int truck : config.truckClasses()) {
            trucks[truck & 0xFF] = true;
        }
    }

    @Override
    public void assess(final Participant subject, final long atNs) {
        final int limit = limit(subject, atNs);
        if (limit == ABSENT) {
            return;
        }
        final int before = book.severity(KIND, subject, null, null);
        final int severity = severity(subject.speedMps(), limit * RAW_MPS, before);
        final RoadEventState sign = limitingSign;
        if (severity > 0 || before > 0) {
            book.of(KIND, subject)
                    .restsOn(sign)
                    .confirmedBy(config.confirmReports())
                    .limit(limit)
                    .is(severity);
        }
    }

    private int severity(final double mps, final double limitMps, final int before) {
        final double tolerance = Math.max(config.toleranceKmh() / KMH, limitMps * config.tolerancePercent() * PERCENT);
        final double clear = config.clearKmh() / KMH;
        if (over(
                mps,
                limitMps * (1 + config.criticalPercent() * PERCENT),
                clear,
                before,
                Severity.SEVERITY_CRITICAL_VALUE)) {
            return Severity.SEVERITY_CRITICAL_VALUE;
        }
        if (over(
                mps,
                limitMps * (1 + config.warningPercent() * PERCENT),
                clear,
                before,
                Severity.SEVERITY_WARNING_VALUE)) {
            return Severity.SEVERITY_WARNING_VALUE;
        }
        return over(mps, limitMps + tolerance, clear, before, Severity.SEVERITY_CAUTION_VALUE)
                ? Severity.SEVERITY_CAUTION_VALUE
                : 0;
    }

    private static boolean over(
            final double mps, final double threshold, final double clear, final int before, final int step) {
        return mps > (before >= step ? threshold - clear : threshold);
    }

    /** The lower of what sign or map say and the limit of an area within its hours. */
    private int limit(final Participant subject, final long atNs) {
        final boolean truck = isTruck(subject);
        final boolean night = isNight(atNs);
        int lowest = onRoad(subject, truck, night, atNs);
        for (final Area area : world.areasNear(subject)) {
            final int limit = area.limits().limit(truck, night);
            if (limit != ABSENT
                    && (lowest == ABSENT || limit < lowest)
                    && area.holdsAt(Area.minuteOfDay(atNs, config.utcOffsetMinutes()))
                    && area.contains(subject.x(), subject.y())) {
                lowest = limit;
                limitingSign = null;
            }
        }
        return lowest;
    }

    /** A sign that holds here goes before the map, but not above what the map allows trucks. */
    private int onRoad(final Participant subject, final boolean truck, final boolean night, final long atNs) {
        limitingSign = null;
        final int bySign = bySign(subject, truck, night, atNs);
        final Link link = subject.link();
        if (link == null) {
            return bySign;
        }
        final int byLane = link.laneLimits(subject.lane()).limit(truck, night);
        final int byMap = byLane != ABSENT ? byLane : link.limits().limit(truck, night);
        if (bySign == ABSENT) {
            return byMap;
        }
        if (truck && byMap != ABSENT && byMap < bySign) {
            limitingSign = null;
            return byMap;
        }
        return bySign;
    }

    private int bySign(final Participant subject, final boolean truck, final boolean night, final long atNs) {
        int lowest = ABSENT;
        for (final RoadEventState state : world.eventsNear(subject)) {
            if (!state.sign() || !state.activeAt(atNs)) {
                continue;
            }
            final SpeedLimits limits = signs.of(state);
            final int limit = limits.limit(truck, night);
            if (limit != ABSENT && (lowest == ABSENT || limit < lowest) && state.distanceMetres(subject, 0) == 0) {
                lowest = limit;
                limitingSign = state;
            }
        }
        return lowest;
    }

    private boolean isTruck(final Participant subject) {
        final int classification = subject.classification();
        return classification != ABSENT && trucks[classification & 0xFF];
    }

    private boolean isNight(final long atNs) {
        final int from = config.nightFromHour();
        final int to = config.nightToHour();
        final int hour =
                (int) Math.floorMod(Math.floorDiv(atNs + config.utcOffsetMinutes() * MINUTE_NS, HOUR_NS), (long) HOURS);
        return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
    }

    @Override
    public void onEventGone(final RoadEventState event) {
        if (event.sign()) {
            signs.forget(event);
        }
    }

    @Override
    public void clear() {
        signs.clear();
    }
}
