package io.luyun.server.alert.roadside;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.TrafficState;
import io.luyun.server.world.WayAhead;
import io.luyun.server.world.World;
import org.agrona.collections.IntHashSet;
import org.jspecify.annotations.Nullable;

/** TJW: there is a jam on the way ahead, by an event of the roadside or by the queues the server sees. See the package. */
public final class TrafficJamRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_TJW_VALUE;
    /** Rear bumpers of a queue and the subject's own place are known no better. */
    private static final double INSIDE_METRES = 2;

    private final World world;
    private final TrafficJam config;
    private final AlertBook book;
    private final WayAhead way = new WayAhead();
    private final IntHashSet types = new IntHashSet();
    private double tailMetres;

    public TrafficJamRule(final World world, final TrafficJam config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_TJW, config.holdMillis());
        types.addAll(config.eventTypes());
    }

    @Override
    public void assess(final Participant subject, final long atNs) {
        boolean told = false;
        for (final RoadEventState event : world.eventsNear(subject)) {
            if (!event.sign() && types.contains(event.code()) && event.activeAt(atNs)) {
                told |= byEvent(subject, event);
            }
        }
        // one jam, one alert: an event tells more than the queue
        if (!told && config.detects() && world.jams() > 0) {
            byQueue(subject);
        }
    }

    private boolean byEvent(final Participant subject, final RoadEventState event) {
        final int before = book.severity(KIND, subject, null, event);
        if (before == 0 && subject.speedMps() < config.minSpeedMps()) {
            return true;
        }
        final double widen = before > 0 ? config.clearFactor() : 1;
        final double metres = way.metresTo(world, event, subject, config.reachMetres() * widen);
        if (Double.isNaN(metres)) {
            return false;
        }
        final double seconds = seconds(subject, metres);
        book.of(KIND, subject)
                .event(event)
                .confirmedBy(config.confirmReports())
                .inSeconds(seconds)
                .inMetres(metres)
                .is(severity(metres, seconds, before));
        return true;
    }

    private void byQueue(final Participant subject) {
        final int before = book.severity(KIND, subject, null, null);
        if (before == 0 && subject.speedMps() < config.minSpeedMps()) {
            return;
        }
        final Link link = jamAhead(subject, config.reachMetres() * (before > 0 ? config.clearFactor() : 1));
        if (link == null) {
            return;
        }
        final double metres = Math.max(0, way.metres() + tailMetres - 0.5 * subject.lengthMetres());
        final double seconds = seconds(subject, metres);
        book.of(KIND, subject)
                .at(link, tailMetres, config.detectedType())
                .confirmedBy(config.confirmReports())
                .inSeconds(seconds)
                .inMetres(metres)
                .is(severity(metres, seconds, before));
    }

    /** The link with the first jam ahead whose rear end the subject has not passed, or null. */
    private @Nullable Link jamAhead(final Participant subject, final double reachMetres) {
        for (boolean on = way.begin(world, subject); on && way.metres() <= reachMetres; on = way.next()) {
            final Link link = way.link();
            final TrafficState traffic = world.traffic(link, link.connector() ? 0 : way.lane());
            if (!traffic.jam() || way.metres() + traffic.jamHeadMetres() < 0) {
                continue;
            }
            tailMetres = traffic.jamTailMetres();
            final double metres = way.metres() + tailMetres;
            return metres < -INSIDE_METRES || metres > reachMetres ? null : link;
        }
        return null;
    }

    private static double seconds(final Participant subject, final double metres) {
        return metres == 0 ? 0 : metres / Math.max(0.1, subject.speedMps());
    }

    private int severity(final double metres, final double seconds, final int before) {
        if (metres == 0) {
            return Math.max(before, Severity.SEVERITY_CAUTION_VALUE);
        }
        final boolean warned = before >= Severity.SEVERITY_WARNING_VALUE;
        if (seconds <= config.warningSeconds() * (warned ? config.clearFactor() : 1)) {
            return Severity.SEVERITY_WARNING_VALUE;
        }
        final double widen = before > 0 ? config.clearFactor() : 1;
        return metres <= config.nearMetres() * widen || seconds <= config.reachSeconds() * widen
                ? Severity.SEVERITY_CAUTION_VALUE
                : 0;
    }
}
