package io.luyun.server.alert.roadside;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.WayAhead;
import io.luyun.server.world.World;
import org.agrona.collections.IntHashSet;

/** IVS: a sign stands on the way ahead, or holds where the subject is. See the package. */
public final class InVehicleSignageRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_IVS_VALUE;

    private final World world;
    private final InVehicleSignage config;
    private final AlertBook book;
    private final WayAhead way = new WayAhead();
    private final IntHashSet ignored = new IntHashSet();

    public InVehicleSignageRule(final World world, final InVehicleSignage config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_IVS, config.holdMillis());
        ignored.addAll(config.ignoredTypes());
    }

    @Override
    public void assess(final Participant subject, final long atNs) {
        for (final RoadEventState sign : world.eventsNear(subject)) {
            if (sign.sign() && sign.activeAt(atNs) && !ignored.contains(sign.code())) {
                assess(subject, sign);
            }
        }
    }

    private void assess(final Participant subject, final RoadEventState sign) {
        final boolean shown = book.severity(KIND, subject, null, sign) > 0;
        if (!shown && subject.speedMps() < config.minSpeedMps()) {
            return;
        }
        final double reach = config.reachMetres() * (shown ? config.clearFactor() : 1);
        final double metres = way.metresTo(world, sign, subject, reach);
        if (!Double.isNaN(metres)) {
            book.of(KIND, subject)
                    .event(sign)
                    .confirmedBy(config.confirmReports())
                    .inSeconds(metres / Math.max(0.1, subject.speedMps()))
                    .inMetres(metres)
                    .is(Severity.SEVERITY_INFO_VALUE);
        }
    }
}
