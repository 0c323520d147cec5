package io.luyun.benchmarks.torture.load;

import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.crowd.Audience;
import io.luyun.benchmarks.torture.crowd.Sides;
import java.util.List;

/**
 * What came of three times as much as a server can take.
 *
 * @param goodput messages acknowledged a second, at the peak before and after the overload and with it
 * @param perCoreSecond the same for each second of a core that the server used: what others take from it is no loss of its own
 * @param alerts how long they took
 * @param offer what was offered, and who got how much of it
 * @param server how it took it
 * @param others what became of who waits for alerts
 */
record OverloadAccount(
        Sides goodput, Sides perCoreSecond, Alerts alerts, Offer offer, Server server, Audience.Account others) {
    /** What must be offered, as a multiple of the peak. */
    static final double MULTIPLE = 3;

    private static final double KEPT = 0.95;
    private static final double COLLAPSE = 0.5;
    private static final double ALL = 0.99;
    private static final double MOST = 0.9;
    private static final double ALERT_MILLIS = 50;
    private static final double HOPELESS_MILLIS = 2_000;
    private static final long MOST_KIB = 64 << 10;
    private static final double KIB_A_MEBIBYTE = 1 << 10;

    /**
     * How long alerts took, p99.
     *
     * @param calmMillis without heavy senders: what this machine does to them whatever the server has to do
     * @param p99Millis at the peak and in the overload
     */
    record Alerts(double calmMillis, Sides p99Millis) {}

    /**
     * What was offered.
     *
     * @param perSecond messages
     * @param fares of heavy, middle and light senders, in this order
     */
    record Offer(double perSecond, List<Column.Fare> fares) {}

    /**
     * How the server took it.
     *
     * @param slowed how often it has not read somebody who sends more than his share
     * @param grownKib memory of its own at most, less that before the overload
     * @param asked how often it was asked whether it takes messages
     * @param ready how often it said so
     * @param cores it used
     */
    record Server(long slowed, long grownKib, long asked, long ready, Sides cores) {}

    void tell(final Outcome.Notes notes) {
        final Sides.Finding less = goodput.fallsAtMost(1 - KEPT);
        notes.figure("messages a second", goodput.text("%.0f", less))
                .figure("of the peak", "%.2f".formatted(part(goodput)))
                .figure("offered a second", "%.0f".formatted(offer.perSecond()))
                .figure("cores used", server.cores().text("%.2f", Sides.Finding.HOLDS))
                .figure("messages a core-second", perCoreSecond.text("%.0f", Sides.Finding.HOLDS))
                .inTime(
                        less != Sides.Finding.PASSED,
                        "goodput is %.2f of the peak, %.2f for each core-second; %.2f is promised"
                                .formatted(part(goodput), part(perCoreSecond), KEPT))
                .expect(
                        Math.max(part(goodput), part(perCoreSecond)) >= COLLAPSE,
                        "goodput has collapsed to %.2f of the peak, %.2f for each core-second"
                                .formatted(part(goodput), part(perCoreSecond)));
        tellFares(notes);
        tellAlerts(notes);
        notes.figure("reads slowed", server.slowed())
                .figure("memory grows MiB", "%.1f".formatted(server.grownKib() / KIB_A_MEBIBYTE))
                .figure("ready answers", server.ready() + " of " + server.asked())
                .expect(server.slowed() > 0, "nobody was slowed")
                .expect(
                        server.grownKib() <= MOST_KIB,
                        "memory grows by %.0f MiB".formatted(server.grownKib() / KIB_A_MEBIBYTE))
                .expect(
                        server.ready() == server.asked() && server.asked() > 0,
                        "/readyz said yes to %d of %d".formatted(server.ready(), server.asked()));
    }

    /** Under overload, as a part of the peak. */
    private static double part(final Sides sides) {
        return Sides.median(sides.with()) / Sides.median(sides.without());
    }

    private void tellFares(final Outcome.Notes notes) {
        final Column.Fare heavy = offer.fares().get(0);
        final Column.Fare middle = offer.fares().get(1);
        final Column.Fare light = offer.fares().get(2);
        notes.figure("heavy got", fare(heavy))
                .figure("middle got", fare(middle))
                .figure("light got", fare(light))
                .inTime(heavy.part() < MOST, "there was room for all: the peak was measured too low")
                .expect(
                        heavy.part() < middle.part() && heavy.part() < light.part(),
                        "the heaviest senders were not the first to be slowed")
                .inTime(
                        middle.part() >= ALL && light.part() >= ALL,
                        "middle senders got %.3f and light ones %.3f of what they offered, %.2f is wanted"
                                .formatted(middle.part(), light.part(), ALL))
                .expect(
                        middle.part() >= MOST && light.part() >= MOST,
                        "who sends little was slowed: middle ones got %.2f, light ones %.2f"
                                .formatted(middle.part(), light.part()));
    }

    private void tellAlerts(final Outcome.Notes notes) {
        final double with = Sides.median(alerts.p99Millis().with());
        notes.figure("alerts p99 ms in the calm", "%.1f".formatted(alerts.calmMillis()))
                .figure("alerts p99 ms", alerts.p99Millis().text("%.1f", Sides.Finding.HOLDS))
                .inTime(
                        with <= ALERT_MILLIS,
                        "alerts p99 is %.0f ms, %.0f is promised; it was %.0f without heavy senders"
                                .formatted(with, ALERT_MILLIS, alerts.calmMillis()))
                .expect(with <= HOPELESS_MILLIS, "alerts p99 is %.0f ms".formatted(with))
                .expect(others.missed() == 0, "alerts not told, or twice: " + others.missed())
                .expect(others.strange() == 0, "alerts of nothing: " + others.strange())
                .expect(
                        others.closed() == 0,
                        "connections of who waits for alerts that have broken: " + others.closed())
                .expect(others.slowNotices() == 0, "told to read too slowly, who does not: " + others.slowNotices());
    }

    private static String fare(final Column.Fare fare) {
        return "%.2f, p99 %.0f ms".formatted(fare.part(), fare.p99Millis());
    }
}
