package io.luyun.server.redecide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.UnknownFieldSet;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.AlertReason;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which alert of one side is which of the other. Times in milliseconds. */
final class ComparisonTest {
    private static final int FCW = AlertKind.ALERT_KIND_FCW_VALUE;
    private static final long NANOS_A_MILLI = 1_000_000L;
    private static final long WINDOW_NS = 5_000 * NANOS_A_MILLI;
    private static final int NEVER = Integer.MAX_VALUE;

    private final List<Difference> differences = new ArrayList<>();
    private final Comparison comparison = new Comparison(Span.ALL, WINDOW_NS, true, differences::add);
    private final List<Step> steps = new ArrayList<>();

    private record Step(boolean decided, Alert alert) {}

    @Test
    void theSameIsTheSame() {
        recorded(1, "a", 1_000, 3_000);
        decided(1, "a", 1_000, 3_000);
        recorded(2, "b", 2_000, NEVER);
        decided(2, "b", 2_000, NEVER);

        compare();

        assertThat(differences).isEmpty();
        assertThat(comparison.kinds().get(FCW).same()).isEqualTo(2);
        assertThat(comparison.held()).isZero();
    }

    @Test
    void theNearestRaiseCountsThoughAnotherComesFirst() {
        recorded(1, "a", 10_000, 11_000);
        recorded(2, "a", 14_000, 16_000);
        decided(3, "a", 13_500, 16_000);

        compare();

        assertThat(differences)
                .extracting(
                        Difference::sort,
                        d -> d.recorded() == null ? 0 : d.recorded().getAlertId())
                .containsExactly(tuple(Difference.Sort.EARLIER, 2L), tuple(Difference.Sort.ONLY_RECORDED, 1L));
        assertThat(differences.getFirst().raisedLaterNs()).isEqualTo(-500 * NANOS_A_MILLI);
        assertThat(differences.getFirst().clearedLaterNs()).isZero();
    }

    @Test
    void oneThatIsNearerToTheOtherIsWaitedFor() {
        recorded(1, "a", 0, 1_000);
        decided(2, "a", 4_500, 8_000);
        recorded(3, "a", 7_000, 8_000);

        compare();

        assertThat(differences)
                .extracting(
                        Difference::sort,
                        d -> d.recorded() == null ? 0 : d.recorded().getAlertId())
                .containsExactlyInAnyOrder(
                        tuple(Difference.Sort.EARLIER, 3L), tuple(Difference.Sort.ONLY_RECORDED, 1L));
    }

    @Test
    void whatAServerMayNotHaveLookedAtBeforeItEndedIsNoDifference() {
        final long leftNs = 1_000 * NANOS_A_MILLI;
        for (int i = 0; i < 3; i++) {
            final Alert decided = alert(i, "a" + i, 999 + i).build();
            comparison.decided(decided, decided.toByteArray());
        }

        comparison.end(leftNs);

        assertThat(comparison.notLookedAt()).isEqualTo(2);
        assertThat(differences).extracting(Difference::sort).containsExactly(Difference.Sort.ONLY_DECIDED);
    }

    @Test
    void oneThatStandsIsTheSameHoweverLongAgoItWasRaised() {
        recorded(1, "a", 0, 100_000);
        decided(2, "a", 50_000, 99_000);

        compare();

        assertThat(differences).hasSize(1);
        assertThat(differences.getFirst().sort()).isEqualTo(Difference.Sort.LATER);
        assertThat(differences.getFirst().raisedLaterNs()).isEqualTo(50_000 * NANOS_A_MILLI);
        assertThat(differences.getFirst().clearedLaterNs()).isEqualTo(-1_000 * NANOS_A_MILLI);
    }

    @Test
    void whatIsFurtherApartThanTheWindowIsNotTheSame() {
        recorded(1, "a", 0, 1_000);
        decided(2, "a", 5_001, 6_000);
        recorded(3, "b", 0, 1_000);
        decided(4, "b", 5_000, 6_000);

        compare();

        assertThat(differences)
                .extracting(Difference::sort)
                .containsExactlyInAnyOrder(
                        Difference.Sort.ONLY_RECORDED, Difference.Sort.ONLY_DECIDED, Difference.Sort.LATER);
    }

    @Test
    void anotherSubjectTargetOrReasonIsAnotherAlert() {
        recorded(1, "a", 1_000, 2_000);
        decided(1, "b", 1_000, 2_000);
        step(false, alert(2, "c", 1_000).setTarget(party("x")));
        step(true, alert(3, "c", 1_000).setTarget(party("y")));
        step(false, alert(4, "d", 1_000).setReason(AlertReason.ALERT_REASON_WEAVING));
        step(true, alert(5, "d", 1_000).setReason(AlertReason.ALERT_REASON_HARSH_BRAKING));

        compare();

        assertThat(comparison.kinds().get(FCW).onlyRecorded()).isEqualTo(3);
        assertThat(comparison.kinds().get(FCW).onlyDecided()).isEqualTo(3);
    }

    /** After a warm-up another road user may have the number. */
    @Test
    void numbersOfRoadUsersTellThemApartOnlyWhereBothSidesCountAlike() {
        final Comparison warm = new Comparison(Span.ALL, WINDOW_NS, false, differences::add);
        step(false, alert(1, "", 1_000).setSubject(seen("rsu-1", 7)));
        step(true, alert(2, "", 1_000).setSubject(seen("rsu-1", 8)));
        step(false, alert(3, "", 1_000).setSubject(seen("rsu-1", 9)));
        step(true, alert(4, "", 1_000).setSubject(seen("rsu-1", 9).setParticipantId(6)));

        compare(warm);

        assertThat(differences)
                .extracting(Difference::sort)
                .containsExactlyInAnyOrder(
                        Difference.Sort.ONLY_RECORDED, Difference.Sort.ONLY_DECIDED, Difference.Sort.CHANGED);
    }

    private static AlertParty.Builder seen(final String unit, final int ptcId) {
        return AlertParty.newBuilder().setParticipantId(5).setSeenBy(unit).setPtcId(ptcId);
    }

    @Test
    void ofOneThatComesAndGoesTheFirstIsTheSame() {
        recorded(1, "a", 0, 30_000);
        decided(2, "a", 200, 5_000);
        decided(3, "a", 8_000, 30_000);

        compare();

        assertThat(differences)
                .extracting(Difference::sort)
                .containsExactly(Difference.Sort.LATER, Difference.Sort.ONLY_DECIDED);
        assertThat(differences.getFirst().raisedLaterNs()).isEqualTo(200 * NANOS_A_MILLI);
        assertThat(comparison.kinds().get(FCW).clearedEarlier()).isEqualTo(1);
    }

    @Test
    void anotherNumberAtTheSameTimeIsAChange() {
        recorded(1, "a", 1_000, 2_000);
        decided(7, "a", 1_000, 2_000);

        compare();

        assertThat(differences).hasSize(1);
        assertThat(differences.getFirst().sort()).isEqualTo(Difference.Sort.CHANGED);
        assertThat(differences.getFirst().changes())
                .containsOnlyKeys("alert_id")
                .containsEntry("alert_id", new Change("1", "7"));
    }

    @Test
    void anotherStepOrUrgencyIsAChange() {
        recorded(1, "a", 1_000, 3_000);
        decided(1, "a", 1_000, 3_000);
        step(
                true,
                alert(1, "a", 1_000)
                        .setAtNs(2_000 * NANOS_A_MILLI)
                        .setState(AlertState.ALERT_STATE_UPDATED)
                        .setSeverity(Severity.SEVERITY_CRITICAL));

        compare();

        assertThat(differences).hasSize(1);
        assertThat(differences.getFirst().sort()).isEqualTo(Difference.Sort.CHANGED);
        assertThat(differences.getFirst().changes())
                .containsEntry("steps", new Change("2", "3"))
                .containsEntry("severity", new Change("SEVERITY_CAUTION", "SEVERITY_CRITICAL"));
    }

    @Test
    void bytesThatNoFieldTellsOfAreAChange() {
        step(false, alert(1, "a", 1_000));
        step(
                true,
                alert(1, "a", 1_000)
                        .setUnknownFields(UnknownFieldSet.newBuilder()
                                .addField(
                                        999,
                                        UnknownFieldSet.Field.newBuilder()
                                                .addVarint(1)
                                                .build())
                                .build()));

        compare();

        assertThat(differences).hasSize(1);
        assertThat(differences.getFirst().changes()).containsOnlyKeys("bytes");
    }

    @Test
    void onlyWhatHasAStepInTheSpanIsTold() {
        final Comparison part = new Comparison(
                new Span(5_000 * NANOS_A_MILLI, 10_000 * NANOS_A_MILLI), WINDOW_NS, true, differences::add);
        recorded(1, "a", 1_000, 4_999);
        recorded(2, "b", 1_000, 5_000);
        recorded(3, "c", 9_999, NEVER);
        recorded(4, "d", 10_000, NEVER);
        recorded(5, "e", 4_000, 9_000);
        decided(6, "e", 3_000, 11_000);

        compare(part);

        assertThat(differences).extracting(d -> d.alert().getAlertId()).containsExactlyInAnyOrder(2L, 3L, 6L);
    }

    /** Alerts of an hour, each decided up to four seconds off: no more is kept than what may still be paired. */
    @Test
    void memoryIsThatOfTwoWindows() {
        final long seed = 5;
        final Random random = new Random(seed);
        for (int i = 0; i < 3_600; i++) {
            final int atMillis = i * 1_000 + random.nextInt(500);
            recorded(2L * i, "car-" + i, atMillis, atMillis + 3_000);
            decided(2L * i + 1, "car-" + i, atMillis + random.nextInt(4_000), atMillis + 5_000);
        }

        final int most = compare();

        System.out.println("seed " + seed + ": at most " + most + " alerts kept of 7,200");
        assertThat(most).isLessThan(2 * 20);
        assertThat(comparison.held()).isZero();
        assertThat(comparison.kinds().get(FCW).later().count()
                        + comparison.kinds().get(FCW).changed())
                .isEqualTo(3_600);
    }

    /** One side goes on telling of an alert that the other has long cleared. */
    @Test
    void stepsThatNobodyWaitsForAreNotKept() {
        recorded(1, "a", 0, 1_000);
        step(true, alert(1, "a", 0));
        for (int i = 1; i <= 10_000; i++) {
            step(true, alert(1, "a", 0).setAtNs(i * 100L * NANOS_A_MILLI).setState(AlertState.ALERT_STATE_UPDATED));
        }

        compare();

        assertThat(differences).hasSize(1);
        assertThat(differences.getFirst().changes()).containsEntry("steps", new Change("2", "10001"));
    }

    private int compare() {
        return compare(comparison);
    }

    /** Both sides in the order of time; the most that was kept. */
    private int compare(final Comparison with) {
        steps.sort(Comparator.comparingLong(step -> step.alert().getAtNs()));
        int most = 0;
        for (final Step step : steps) {
            with.advance(step.alert().getAtNs());
            if (step.decided()) {
                with.decided(step.alert(), step.alert().toByteArray());
            } else {
                with.recorded(step.alert(), step.alert().toByteArray());
            }
            most = Math.max(most, with.held());
        }
        with.end(Long.MAX_VALUE);
        return most;
    }

    private void recorded(final long id, final String subject, final int raisedMillis, final int clearedMillis) {
        life(false, id, subject, raisedMillis, clearedMillis);
    }

    private void decided(final long id, final String subject, final int raisedMillis, final int clearedMillis) {
        life(true, id, subject, raisedMillis, clearedMillis);
    }

    private void life(
            final boolean decided,
            final long id,
            final String subject,
            final int raisedMillis,
            final int clearedMillis) {
        step(decided, alert(id, subject, raisedMillis));
        if (clearedMillis != NEVER) {
            step(
                    decided,
                    alert(id, subject, raisedMillis)
                            .setState(AlertState.ALERT_STATE_CLEARED)
                            .setAtNs(clearedMillis * NANOS_A_MILLI));
        }
    }

    private void step(final boolean decided, final Alert.Builder alert) {
        steps.add(new Step(decided, alert.build()));
    }

    private static Alert.Builder alert(final long id, final String subject, final int raisedMillis) {
        return Alert.newBuilder()
                .setAlertId(id)
                .setKind(AlertKind.ALERT_KIND_FCW)
                .setState(AlertState.ALERT_STATE_RAISED)
                .setSeverity(Severity.SEVERITY_CAUTION)
                .setSubject(party(subject))
                .setRaisedAtNs(raisedMillis * NANOS_A_MILLI)
                .setAtNs(raisedMillis * NANOS_A_MILLI);
    }

    private static AlertParty party(final String device) {
        return AlertParty.newBuilder().setDeviceId(device).build();
    }
}
