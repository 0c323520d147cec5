package io.luyun.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AccountTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long BEGIN = 100 * SECOND;

    private final Account account = new Account(2, 2);

    @Test
    void whatIsOnTheWayIsFoundInAnyOrderAndOnce() {
        final InFlight inFlight = new InFlight();
        for (long i = 0; i < 1_000; i++) {
            assertThat(inFlight.add(10 * i)).isEqualTo(i);
        }
        assertThat(inFlight.take(999)).isEqualTo(9_990);
        assertThat(inFlight.first()).isZero();
        assertThat(inFlight.take(0)).isZero();
        assertThat(inFlight.first()).isEqualTo(1);
        assertThat(inFlight.take(0)).isEqualTo(InFlight.NONE);
        assertThat(inFlight.take(1_000)).isEqualTo(InFlight.NONE);
        for (long i = 1; i < 999; i++) {
            assertThat(inFlight.take(i)).isEqualTo(10 * i);
        }
        assertThat(inFlight.first()).isEqualTo(inFlight.next()).isEqualTo(1_000);
    }

    @Test
    void eachSecondHasItsOwnTimesAndTheLeadHasNone() {
        account.begin(BEGIN);
        for (final long intendedNs : new long[] {BEGIN - 1, BEGIN, BEGIN + SECOND - 1, BEGIN + SECOND}) {
            account.sent(intendedNs, intendedNs + 1_000);
            account.acked(intendedNs, intendedNs + 2_000);
        }
        assertThat(account.sent()).isEqualTo(4);
        assertThat(account.acked()).isEqualTo(4);
        assertThat(account.slices().get(0).lag.getTotalCount()).isEqualTo(2);
        assertThat(account.slices().get(1).lag.getTotalCount()).isEqualTo(1);
        assertThat(account.slices().get(1).ack.getMaxValue()).isEqualTo(2_000);
        assertThat(account.settled(true)).isTrue();
    }

    @Test
    void aMessageThatLaterOnesOvertakeIsLost() {
        account.begin(BEGIN);
        account.await(0, 1, BEGIN);
        account.await(0, 2, BEGIN);
        account.await(1, 1, BEGIN);
        account.delivered(0, 2, BEGIN + 5_000);
        assertThat(account.settled(false)).isFalse();
        account.delivered(1, 1, BEGIN + 7_000);

        assertThat(account.settled(false)).isTrue();
        assertThat(account.concerning()).isEqualTo(3);
        assertThat(account.delivered()).isEqualTo(2);
        assertThat(account.skipped()).isEqualTo(1);
        assertThat(account.slices().getFirst().alert.getMaxValue()).isBetween(7_000L, 7_010L);
        account.delivered(0, 2, BEGIN);
        account.acked(InFlight.NONE, BEGIN);
        assertThat(account.unexpected()).isEqualTo(2);
        assertThat(account.delivered()).isEqualTo(2);
    }

    @Test
    void stepsOfAnAlertAreThoseThatWereAskedFor() {
        final AlertSteps steps = new AlertSteps();
        assertThat(steps.tell(false)).as("left from before").isEqualTo(AlertSteps.NONE);
        assertThat(steps.ask()).isEqualTo(1);
        assertThat(steps.tell(true)).isEqualTo(1);
        assertThat(steps.tell(false)).as("ends by itself").isEqualTo(AlertSteps.NONE);
        assertThat(steps.tell(true)).as("comes back").isEqualTo(AlertSteps.NONE);
        assertThat(steps.ask()).isEqualTo(2);
        assertThat(steps.tell(false)).isEqualTo(2);
        assertThat(steps.ask()).isEqualTo(3);
        assertThat(steps.ask()).isEqualTo(4);
        assertThat(steps.tell(false)).as("the one that raises it was lost").isEqualTo(4);
    }

    @Test
    void whatIsNotAcknowledgedIsNotSettled() {
        account.sent(BEGIN, BEGIN);
        account.sent(BEGIN, BEGIN);
        account.acked(BEGIN, BEGIN);
        assertThat(account.settled(true)).isFalse();
        assertThat(account.settled(false)).isTrue();
        account.refused(BEGIN);
        assertThat(account.settled(true)).isTrue();
    }
}
