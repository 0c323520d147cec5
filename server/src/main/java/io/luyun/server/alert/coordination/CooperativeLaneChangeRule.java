package io.luyun.server.alert.coordination;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.Coordination;
import io.luyun.server.world.LaneChangeWish;
import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;
import io.luyun.server.world.World;

/** CLC: a unit asks the subject to change lanes, or another vehicle wishes to change to its lane. See the package. */
public final class CooperativeLaneChangeRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_CLC_VALUE;
    private static final double HALF = 0.5;

    private final World world;
    private final CooperativeLaneChange config;
    private final AlertBook book;
    private final Advice advice;

    public CooperativeLaneChangeRule(final World world, final CooperativeLaneChange config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        advice = new Advice(world, Advice.LANE_CHANGE | Advice.LANE_CHANGE_AT_JUNCTION);
        book.hold(AlertKind.ALERT_KIND_CLC, config.holdMillis());
    }

    @Override
    public void assess(final Participant subject, final long atNs) {
        final Coordination word = advice.find(subject, atNs);
        if (word != null) {
            book.of(KIND, subject).asks(word).is(Advice.severity(word));
        }
        for (final LaneChangeWish wish : world.laneChangeWishes()) {
            final Participant who = wish.holdsAt(atNs) ? world.byBsmId(wish.bsmId()) : null;
            if (who != null && who != subject) {
                assess(subject, who, wish);
            }
        }
    }

    private void assess(final Participant subject, final Participant who, final LaneChangeWish wish) {
        if (wish.asks(subject)) {
            book.of(KIND, subject)
                    .target(who)
                    .inMetres(Math.abs(who.alongMetres() - subject.alongMetres()))
                    .is(Severity.SEVERITY_CAUTION_VALUE);
            return;
        }
        final Link link = subject.link();
        final double widen = book.severity(KIND, subject, who, null) > 0 ? config.clearFactor() : 1;
        if (link == null || link != who.link() || !wish.on(link) || !isOnLane(link, subject, who, wish, widen)) {
            return;
        }
        final double ahead = subject.alongMetres() - who.alongMetres();
        if (ahead <= config.frontMetres() * widen && -ahead <= config.rearMetres() * widen) {
            book.of(KIND, subject).target(who).inMetres(Math.abs(ahead)).is(Severity.SEVERITY_INFO_VALUE);
        }
    }

    /** By how far it is beside who wishes: most of what both positions err by is the same, and the map would tell of it twice. */
    private static boolean isOnLane(
            final Link link,
            final Participant subject,
            final Participant who,
            final LaneChangeWish wish,
            final double widen) {
        if (wish.lane() < 1 || wish.lane() > link.lanes()) {
            return false;
        }
        final double towards = link.laneCentreMetres(wish.lane(), who.alongMetres()) - who.lateralMetres();
        final double beside = (subject.lateralMetres() - who.lateralMetres()) * Math.signum(towards);
        // one changes to the next lane
        return Math.abs(beside - link.laneWidthMetres()) <= HALF * link.laneWidthMetres() * widen;
    }
}
