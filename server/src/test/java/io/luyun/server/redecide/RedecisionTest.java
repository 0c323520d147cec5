package io.luyun.server.redecide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.alert.life.Order;
import io.luyun.server.core.CoreAgent;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.journal.RetentionRules;
import io.luyun.server.monitor.Counters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decides anew on what a server driven by hand has written. */
final class RedecisionTest {
    private static final int SLW = AlertKind.ALERT_KIND_SLW_VALUE;
    /** Too fast is a caution at any speed of the car. */
    private static final AlertConfig CAUTIONS = AlertScene.config(
            AlertScene.config("speedLimit", "criticalPercent", 100.0), "speedLimit", "warningPercent", 60.0);

    private static final AlertConfig LENIENT = AlertScene.config(CAUTIONS, "speedLimit", "toleranceKmh", 7.0);
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    private Path directory;

    private final List<Difference> differences = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void theSameConfigurationGivesTheSameAlertsByteForByte(final int cores) throws Exception {
        record(5 * LiveRun.STEPS);
        final Path again = directory.resolve("again");

        final Result result = Redecision.of(task(AlertConfig.DEFAULT).on(cores).writing(again), differences::add);

        assertThat(differences).isEmpty();
        assertThat(result.nothingDiffers()).isTrue();
        assertThat(result.kinds().get(SLW).same()).as("one a turn of the car").isEqualTo(5);
        assertThat(result.notLookedAt()).isZero();
        assertThat(result.beyond()).isZero();
        assertThat(result.records()).isEqualTo(3 + 5 + 2 * 5 * LiveRun.STEPS);
        assertThat(steps(again)).isNotEmpty().isEqualTo(steps(directory.resolve("alerts")));
        assertThat(Journal.openReadOnly(again).check().sound()).isTrue();
    }

    /** The car gains and loses 1 km/h a step: 4 km/h more are let pass 0.4 s later, and no longer 0.4 s before. */
    @Test
    void whatALargerToleranceDoesIsTold() {
        record(CAUTIONS, 5 * LiveRun.STEPS);

        final Result result = Redecision.of(task(LENIENT), differences::add);

        assertThat(differences).hasSize(5).allSatisfy(difference -> {
            assertThat(difference.sort()).isEqualTo(Difference.Sort.LATER);
            assertThat(difference.raisedLaterNs()).isEqualTo(4 * STEP_NS);
            assertThat(difference.clearedLaterNs()).isEqualTo(-4 * STEP_NS);
        });
        final KindCount slw = result.kinds().get(SLW);
        assertThat(slw.recorded()).isEqualTo(5);
        assertThat(slw.decided()).isEqualTo(5);
        assertThat(slw.later().count()).isEqualTo(5);
        assertThat(slw.later().medianMillis()).isEqualTo(400);
        assertThat(slw.later().mostMillis()).isEqualTo(400);
        assertThat(slw.clearedEarlier()).isEqualTo(5);
        assertThat(slw.same()
                        + slw.changed()
                        + slw.onlyRecorded()
                        + slw.onlyDecided()
                        + slw.earlier().count())
                .isZero();
        assertThat(result.nothingDiffers()).isFalse();
    }

    @Test
    void whatASmallerToleranceDoesIsTold() {
        record(LENIENT, 2 * LiveRun.STEPS);

        final Result result = Redecision.of(task(CAUTIONS), differences::add);

        final KindCount slw = result.kinds().get(SLW);
        assertThat(slw.earlier().count()).isEqualTo(2);
        assertThat(slw.earlier().medianMillis()).isEqualTo(400);
        assertThat(slw.clearedLater()).isEqualTo(2);
        assertThat(differences).hasSize(2);
    }

    /** The warning comes from another speed on, the alert does not. */
    @Test
    void anotherUrgencyIsAChangeOfTheSameAlert() {
        record(2 * LiveRun.STEPS);

        final Result result =
                Redecision.of(task(AlertScene.config("speedLimit", "warningPercent", 49.0)), differences::add);

        assertThat(differences).isNotEmpty().allSatisfy(difference -> {
            assertThat(difference.sort()).isEqualTo(Difference.Sort.CHANGED);
            assertThat(difference.raisedLaterNs()).isZero();
            assertThat(difference.changes()).isNotEmpty();
        });
        assertThat(result.kinds().get(SLW).changed()).isEqualTo(2);
    }

    @Test
    void aRuleThatDoesNotRunIsMissedAndOneThatDidNotIsNew() {
        record(2 * LiveRun.STEPS);
        final AlertConfig without = AlertScene.config("speedLimit", "enabled", false);

        final Result result = Redecision.of(task(without), differences::add);

        assertThat(result.kinds().get(SLW).onlyRecorded()).isEqualTo(2);
        assertThat(result.kinds().get(SLW).decided()).isZero();
        assertThat(differences)
                .extracting(Difference::sort)
                .containsExactly(Difference.Sort.ONLY_RECORDED, Difference.Sort.ONLY_RECORDED);
        assertThat(differences.getFirst().decided()).isNull();

        differences.clear();
        final Path other = directory.resolve("other");
        try (LiveRun run = new LiveRun(other, without, "", ByteString.EMPTY)) {
            run.drive(2 * LiveRun.STEPS);
        }
        final Result now = Redecision.of(
                Task.of(
                        archive(other, "journal"),
                        archive(other, "alerts"),
                        LiveRun.config(AlertConfig.DEFAULT),
                        ByteString.EMPTY),
                differences::add);
        assertThat(now.kinds().get(SLW).onlyDecided()).isEqualTo(2);
        assertThat(differences)
                .extracting(Difference::sort)
                .containsExactly(Difference.Sort.ONLY_DECIDED, Difference.Sort.ONLY_DECIDED);
    }

    @Test
    void aRangeIsComparedAndWhatWasBeforeIsOnlyLookedAt() {
        final long beginNs;
        final long endNs;
        try (LiveRun run = new LiveRun(directory)) {
            run.drive(3 * LiveRun.STEPS);
            beginNs = run.nowNs();
            run.drive(2 * LiveRun.STEPS);
            endNs = run.nowNs();
            run.drive(5 * LiveRun.STEPS);
        }
        final Task task = task(AlertConfig.DEFAULT).within(new Span(beginNs, endNs), 0);

        final Result result = Redecision.of(task, differences::add);

        assertThat(result.nothingDiffers()).isTrue();
        assertThat(result.kinds().get(SLW).same()).isEqualTo(2);
        assertThat(result.beginning().sequence())
                .as("where the server had started")
                .isEqualTo(1);
        assertThat(result.beginning().exact()).isTrue();
        assertThat(result.records()).as("two windows further, not to the end").isLessThan(3 + 10 + 1_000);

        final Path part = directory.resolve("part");
        Redecision.of(task.writing(part), differences::add);
        assertThat(steps(part))
                .hasSize(times(directory.resolve("alerts"), beginNs, endNs).size())
                .isNotEmpty();
        assertThat(times(part, Long.MIN_VALUE, Long.MAX_VALUE))
                .isEqualTo(times(directory.resolve("alerts"), beginNs, endNs));
    }

    @Test
    void aWarmUpIsEnoughForWhatIsTold() {
        final long beginNs;
        try (LiveRun run = new LiveRun(directory)) {
            run.drive(10 * LiveRun.STEPS);
            beginNs = run.nowNs();
            run.drive(2 * LiveRun.STEPS);
        }
        final Span span = new Span(beginNs, Long.MAX_VALUE);

        final Result result = Redecision.of(task(AlertConfig.DEFAULT).within(span, 12 * SECOND_NS), differences::add);

        assertThat(result.beginning().exact()).isFalse();
        assertThat(result.beginning().timeNs()).isBetween(beginNs - 12 * SECOND_NS, beginNs - 12 * SECOND_NS + STEP_NS);
        assertThat(differences).as("numbers of road users are not compared").isEmpty();
        assertThat(result.kinds().get(SLW).same()).isEqualTo(2);

        final Result longer =
                Redecision.of(task(AlertConfig.DEFAULT).within(span, 3_600 * SECOND_NS), differences::add);
        assertThat(longer.beginning().exact())
                .as("the server started within the warm-up")
                .isTrue();
        assertThat(longer.nothingDiffers()).isTrue();
    }

    @Test
    void aWarmUpOfTheWholeJournalIsNone() {
        record(2 * LiveRun.STEPS);

        final Result result =
                Redecision.of(task(AlertConfig.DEFAULT).within(Span.ALL, 60 * SECOND_NS), differences::add);

        assertThat(result.beginning().exact()).isTrue();
        assertThat(result.kinds().get(SLW).same()).isEqualTo(2);
    }

    @Test
    void whereRetentionHasDeletedTheStartNamesAreKnownAndNumbersNotCompared() {
        final long endNs;
        try (LiveRun run = new LiveRun(directory)) {
            run.drive(LiveRun.STEPS).pause(TimeUnit.HOURS.toNanos(2)).drive(2 * LiveRun.STEPS);
            endNs = run.nowNs();
        }
        archive(directory, "journal")
                .retain(
                        new RetentionRules(365, 1, 1, null),
                        true,
                        () -> endNs + TimeUnit.DAYS.toNanos(400),
                        step -> {});

        final Result result = Redecision.of(task(AlertConfig.DEFAULT), differences::add);

        assertThat(result.beginning().sequence()).isGreaterThan(LiveRun.STEPS);
        assertThat(result.beginning().exact()).isFalse();
        assertThat(result.beginning().warmUp()).isFalse();
        assertThat(differences)
                .as("a sign that was told of before is told of anew, nothing else")
                .allSatisfy(
                        difference -> assertThat(difference.alert().getKind()).isEqualTo(AlertKind.ALERT_KIND_IVS));
        assertThat(result.kinds().get(SLW).same()).isEqualTo(2);
    }

    /** A rule that fails in one core ends what that core does with the record, and nothing else. */
    @Test
    void aCoreThatFailedAtARecordIsInStepAtTheNext() {
        record(3 * LiveRun.STEPS);

        final List<Order> whole = orders(0);
        final List<Order> failed = orders(1);

        assertThat(whole).hasSizeGreaterThan(3);
        assertThat(failed.getFirst()).isEqualTo(whole.getFirst());
        assertThat(failed.subList(1, failed.size())).isEqualTo(whole.subList(1, whole.size()));
    }

    /** Where the steps stand of a core that fails at the first so many of them. */
    private List<Order> orders(final int failures) {
        final List<Order> orders = new ArrayList<>();
        final List<Throwable> errors = new ArrayList<>();
        final CoreAgent[] core = new CoreAgent[1];
        core[0] = new CoreAgent(
                archive(directory, "journal").reader(1),
                LiveRun.config(CAUTIONS),
                (_, _) -> (told, _, _) -> {
                    orders.add(core[0].alerts().order());
                    if (orders.size() <= failures) {
                        throw new IllegalStateException("fails here");
                    }
                },
                new Counters(),
                errors::add);
        try (CoreAgent closed = core[0]) {
            assertThat(closed.take(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE))
                    .isPositive();
        }
        assertThat(errors).hasSize(failures);
        return orders;
    }

    @Test
    void serversThatStartedWithAlertsStandingGiveTheSame() {
        for (int run = 0; run < 3; run++) {
            record(LiveRun.STEPS + LiveRun.STEPS / 2);
        }

        final Result result = Redecision.of(task(AlertConfig.DEFAULT), differences::add);

        assertThat(differences).isEmpty();
        assertThat(result.kinds().get(SLW).same())
                .as("one cleared and one that stands in each run")
                .isEqualTo(6);

        final long lastNs;
        try (LiveRun run = new LiveRun(directory)) {
            run.drive(2 * LiveRun.STEPS);
            lastNs = run.nowNs();
        }
        final Result last = Redecision.of(
                task(AlertConfig.DEFAULT).within(new Span(lastNs - 4 * SECOND_NS, Long.MAX_VALUE), 0),
                differences::add);
        assertThat(last.nothingDiffers()).isTrue();
        assertThat(last.beginning().sequence()).as("the last server's start").isGreaterThan(3 * 2 * LiveRun.STEPS);
        assertThat(last.records()).isEqualTo(3 + 2 + 2 * 2 * LiveRun.STEPS);
    }

    /** The car is too fast from step 16 on; the server is killed at step 18 having looked at 15. */
    @Test
    void whatAServerEndedBeforeItLookedAtIsNoDifference() {
        try (LiveRun run = new LiveRun(directory)) {
            run.drive(LiveRun.STEPS + 15).driveUnseen(3);
        }

        final Result result = Redecision.of(task(AlertConfig.DEFAULT), differences::add);

        assertThat(differences).isEmpty();
        assertThat(result.notLookedAt()).isEqualTo(1);
        assertThat(result.kinds().get(SLW).same()).isEqualTo(1);
    }

    /** Cores on threads of their own come to the same end though the journal goes on. */
    @Test
    void theJournalOfARunningServerIsDecidedAsFarAsItIs() throws Exception {
        try (LiveRun run = new LiveRun(directory)) {
            run.drive(LiveRun.STEPS);
            final Thread server = new Thread(() -> run.drive(100 * LiveRun.STEPS), "server");
            server.start();
            long before = 0;
            do {
                final Result result = Redecision.of(task(AlertConfig.DEFAULT).on(3), differences::add);
                assertThat(differences).isEmpty();
                assertThat(result.records()).isGreaterThanOrEqualTo(before);
                before = result.records();
            } while (server.isAlive());
            server.join();
            assertThat(before).isGreaterThan(3 * LiveRun.STEPS);
        }
    }

    @Test
    void whatAServerDidNotSeeForLongerIsADifference() {
        try (LiveRun run = new LiveRun(directory)) {
            run.drive(LiveRun.STEPS + 15).driveUnseen(30);
        }

        final Result result = Redecision.of(task(AlertConfig.DEFAULT), differences::add);

        assertThat(result.kinds().get(SLW).onlyDecided()).isEqualTo(1);
    }

    @Test
    void anotherZoneFileIsToldAndAnotherZoneRefused() {
        try (LiveRun run = new LiveRun(directory, AlertConfig.DEFAULT, "", ByteString.copyFromUtf8("other file"))) {
            run.drive(10);
        }
        final Result result = Redecision.of(task(AlertConfig.DEFAULT), differences::add);
        assertThat(result.otherZones())
                .singleElement()
                .satisfies(other -> assertThat(other.getZoneSha256()).isEqualTo(ByteString.copyFromUtf8("other file")));

        final Path elsewhere = directory.resolve("elsewhere");
        try (LiveRun run = new LiveRun(elsewhere, AlertConfig.DEFAULT, "Elsewhere", ByteString.EMPTY)) {
            run.drive(10);
        }
        assertThatThrownBy(() -> Redecision.of(
                        Task.of(
                                archive(elsewhere, "journal"),
                                archive(elsewhere, "alerts"),
                                LiveRun.config(AlertConfig.DEFAULT),
                                ByteString.EMPTY),
                        differences::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the server that wrote the journal had the zone 'Elsewhere', the zone file is of ''");
    }

    @Test
    void anotherZoneOfALaterServerIsRefusedToo() {
        record(10);
        try (LiveRun run = new LiveRun(directory, AlertConfig.DEFAULT, "Elsewhere", ByteString.EMPTY)) {
            run.drive(10);
        }

        assertThatThrownBy(() -> Redecision.of(task(AlertConfig.DEFAULT), differences::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the server that wrote the journal had the zone 'Elsewhere', the zone file is of ''");
    }

    @Test
    void nothingIsWrittenWhereSomethingIs() throws Exception {
        record(10);
        final Path there = Files.createDirectory(directory.resolve("there"));
        Files.writeString(there.resolve("note"), "mine");

        assertThatThrownBy(() -> Redecision.of(task(AlertConfig.DEFAULT).writing(there), differences::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(there + ": must be empty or not there");
        assertThat(there).isDirectoryContaining("glob:**/note");
        assertThatThrownBy(
                        () -> Redecision.of(task(AlertConfig.DEFAULT).writing(there.resolve("note")), differences::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(there.resolve("note") + ": must be a directory that can be read");
    }

    @Test
    void aSpanWithoutRecordsIsRefused() {
        record(10);
        assertThatThrownBy(() -> Redecision.of(task(AlertConfig.DEFAULT).within(new Span(1, 2), 0), differences::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there are no records to decide on in what is chosen");
    }

    private void record(final int steps) {
        record(AlertConfig.DEFAULT, steps);
    }

    private void record(final AlertConfig alert, final int steps) {
        try (LiveRun run = new LiveRun(directory, alert, "", ByteString.EMPTY)) {
            run.drive(steps);
        }
    }

    private Task task(final AlertConfig alert) {
        return Task.of(
                archive(directory, "journal"), archive(directory, "alerts"), LiveRun.config(alert), ByteString.EMPTY);
    }

    private static io.luyun.server.journal.JournalArchive archive(final Path directory, final String name) {
        return Journal.openReadOnly(directory.resolve(name));
    }

    private static List<String> steps(final Path alerts) {
        final List<String> steps = new ArrayList<>();
        try (JournalReader reader = Journal.openReadOnly(alerts).reader(1)) {
            while (reader.next()) {
                final byte[] bytes = new byte[reader.payloadLength()];
                reader.buffer().getBytes(reader.payloadOffset(), bytes);
                assertThat(reader.kind()).isEqualTo(RecordKind.RECORD_KIND_ALERT_VALUE);
                steps.add(HexFormat.of().formatHex(bytes));
            }
        }
        return steps;
    }

    private static List<Long> times(final Path alerts, final long fromNs, final long untilNs) {
        final List<Long> times = new ArrayList<>();
        try (JournalReader reader = Journal.openReadOnly(alerts).reader(1)) {
            while (reader.next()) {
                if (reader.receivedAtNs() >= fromNs && reader.receivedAtNs() < untilNs) {
                    times.add(reader.receivedAtNs());
                }
            }
        }
        return times;
    }
}
