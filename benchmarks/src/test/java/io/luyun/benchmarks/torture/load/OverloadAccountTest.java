package io.luyun.benchmarks.torture.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.crowd.Audience;
import io.luyun.benchmarks.torture.crowd.Sides;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of an overload, by made-up figures. */
final class OverloadAccountTest {
    private static final Sides PEAK = new Sides(List.of(100_000.0, 101_000.0), List.of(99_000.0));
    private static final OverloadAccount.Alerts SOON = alerts(30);
    private static final OverloadAccount.Offer OFFER = offer(0.3, 1, 1);
    private static final OverloadAccount.Server SERVER = server(500, 2_048, 24);
    private static final Audience.Account ALL_TOLD = new Audience.Account(0, 0, 0, 0);

    @Test
    void whatMustHoldHolds() {
        assertThat(outcome(PEAK, SOON, OFFER, SERVER, ALL_TOLD)).satisfies(outcome -> {
            assertThat(outcome.troubles()).isEmpty();
            assertThat(outcome.verdict()).isEqualTo(Outcome.Verdict.HELD);
        });
    }

    @Test
    void lessGoodputThanPromisedIsLateAndCollapseIsBroken() {
        late(outcome(goodput(90_000), SOON, OFFER, SERVER, ALL_TOLD), "goodput is 0.90 of the peak, 0.90");
        broken(outcome(goodput(40_000), SOON, OFFER, SERVER, ALL_TOLD), "goodput has collapsed to 0.40");
    }

    /** Others took half of the core: that is no collapse of the server. */
    @Test
    void whatOthersTakeOfTheCoreIsNoCollapse() {
        late(
                outcome(new OverloadAccount(goodput(40_000), goodput(98_000), SOON, OFFER, SERVER, ALL_TOLD)),
                "goodput is 0.40 of the peak, 0.98");
    }

    @Test
    void whoSendsLittleIsNotSlowedFirst() {
        broken(outcome(PEAK, SOON, offer(0.6, 0.5, 1), SERVER, ALL_TOLD), "heaviest senders were not the first");
        broken(outcome(PEAK, SOON, offer(0.3, 1, 0.85), SERVER, ALL_TOLD), "who sends little was slowed");
        late(outcome(PEAK, SOON, offer(0.3, 1, 0.98), SERVER, ALL_TOLD), "light ones 0.980 of what they offered");
        late(outcome(PEAK, SOON, offer(0.95, 1, 1), SERVER, ALL_TOLD), "there was room for all");
    }

    @Test
    void alertsThatComeLateAreLateAndThoseThatDoNotComeAreBroken() {
        final OverloadAccount.Alerts late = alerts(60);
        late(
                outcome(PEAK, late, OFFER, SERVER, ALL_TOLD),
                "alerts p99 is 60 ms, 50 is promised; it was 4 without heavy senders");
        final OverloadAccount.Alerts hopeless = alerts(3_000);
        broken(outcome(PEAK, hopeless, OFFER, SERVER, ALL_TOLD), "alerts p99 is 3000 ms");
        broken(outcome(PEAK, SOON, OFFER, SERVER, new Audience.Account(1, 0, 0, 0)), "alerts not told");
        broken(outcome(PEAK, SOON, OFFER, SERVER, new Audience.Account(0, 1, 0, 0)), "that have broken: 1");
    }

    @Test
    void theServerMustSlowStaySmallAndSayThatItIsReady() {
        broken(outcome(PEAK, SOON, OFFER, server(0, 2_048, 24), ALL_TOLD), "nobody was slowed");
        broken(outcome(PEAK, SOON, OFFER, server(500, 65_537, 24), ALL_TOLD), "memory grows by 64 MiB");
        broken(outcome(PEAK, SOON, OFFER, server(500, 2_048, 23), ALL_TOLD), "/readyz said yes to 23 of 24");
    }

    private static OverloadAccount.Alerts alerts(final double with) {
        return new OverloadAccount.Alerts(4, new Sides(List.of(10.0, 12.0), List.of(with)));
    }

    private static OverloadAccount.Offer offer(final double heavy, final double middle, final double light) {
        return new OverloadAccount.Offer(300_000, List.of(fare(heavy), fare(middle), fare(light)));
    }

    private static Column.Fare fare(final double part) {
        return new Column.Fare(1_000, Math.round(part * 1_000), 5);
    }

    private static OverloadAccount.Server server(final long slowed, final long grownKib, final long ready) {
        return new OverloadAccount.Server(slowed, grownKib, 24, ready, new Sides(List.of(0.99), List.of(0.99)));
    }

    private static Sides goodput(final double with) {
        return new Sides(List.of(100_000.0, 101_000.0, 99_000.0), List.of(with));
    }

    private static Outcome outcome(
            final Sides goodput,
            final OverloadAccount.Alerts alerts,
            final OverloadAccount.Offer offer,
            final OverloadAccount.Server server,
            final Audience.Account others) {
        return outcome(new OverloadAccount(goodput, goodput, alerts, offer, server, others));
    }

    private static Outcome outcome(final OverloadAccount account) {
        final Outcome.Notes notes = new Outcome.Notes();
        account.tell(notes);
        return notes.outcome();
    }

    private static void late(final Outcome outcome, final String line) {
        says(outcome, Outcome.Verdict.LATE, line);
    }

    private static void broken(final Outcome outcome, final String line) {
        says(outcome, Outcome.Verdict.BROKEN, line);
    }

    private static void says(final Outcome outcome, final Outcome.Verdict verdict, final String line) {
        assertThat(outcome.troubles()).anySatisfy(trouble -> assertThat(trouble).contains(line));
        assertThat(outcome.verdict()).isEqualTo(verdict);
    }
}
