package io.luyun.server.alert.supervision;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.PerRoadUser;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.AgainstTraffic;
import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/** WRONG_WAY: the subject drives against the direction of the carriageway it is on. See the package. */
public final class WrongWayRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_WRONG_WAY_VALUE;

    /** How far a road user has gone against the direction, link by link. */
    private static final class Course extends PerRoadUser.Memory {
        @Nullable
        Link link;

        double startMetres;
        double lastMetres;
        double beforeMetres;
        int reports;
        int lost;

        @Override
        protected void forget() {
            link = null;
            beforeMetres = 0;
            reports = 0;
            lost = 0;
        }

        /** Counts a report and returns the way so far. */
        double take(final Link on, final double alongMetres) {
            if (on != link) {
                beforeMetres += link == null ? 0 : startMetres - lastMetres;
                link = on;
                startMetres = alongMetres;
            }
            lastMetres = alongMetres;
            reports++;
            lost = 0;
            return beforeMetres + startMetres - lastMetres;
        }
    }

    private final World world;
    private final WrongWay config;
    private final AlertBook book;
    private final AgainstTraffic against;
    private final PerRoadUser<Course> courses = new PerRoadUser<>(Course::new);

    public WrongWayRule(final World world, final WrongWay config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        against = new AgainstTraffic(config.edgeMetres());
        book.hold(AlertKind.ALERT_KIND_WRONG_WAY, config.holdMillis());
    }

    @Override
    public void assess(final Participant subject, final long atNs) {
        if (!against.find(world, subject) || against.besideOwnMetres() < config.besideOwnMetres()) {
            lose(subject);
            return;
        }
        final Link link = against.link();
        final int before = book.severity(KIND, subject, null, null);
        if (link == null || (before == 0 && subject.speedMps() < config.minSpeedMps())) {
            return;
        }
        final Course course = courses.of(subject);
        final double metres = course.take(link, against.alongMetres());
        final double needed =
                against.gapMetres() < config.undividedMetres() ? config.passingMetres() : config.distanceMetres();
        if (before > 0 || (metres >= needed && course.reports >= config.confirmReports())) {
            book.of(KIND, subject).is(Severity.SEVERITY_CRITICAL_VALUE);
        }
    }

    private void lose(final Participant subject) {
        final Course course = courses.find(subject);
        if (course != null && course.reports > 0 && ++course.lost > config.lostReports()) {
            course.forget();
        }
    }

    @Override
    public void clear() {
        courses.clear();
    }
}
