package io.luyun.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.RetentionStep.Action;
import io.luyun.server.journal.Rig.Seen;
import io.luyun.server.monitor.Counter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal of two runs, a file each ten days, the last of which a server still writes. */
final class RetentionTest {
    private static final int RSM = RecordKind.RECORD_KIND_RSM_VALUE;
    private static final int SPAT = RecordKind.RECORD_KIND_SPAT_VALUE;
    private static final int FIRST_RUN = 3;
    private static final int SECOND_RUN = 4;
    private static final long DAY_NS = Duration.ofDays(1).toNanos();
    private static final RetentionRules BYSTANDERS_25 = new RetentionRules(null, 25, null, null);
    private static final RetentionRules ALL_400 = new RetentionRules(400, 30, 30, null);

    @TempDir
    private Path directory;

    private Rig rig;
    private int vehicle;
    private int unit;
    private long number;
    private List<Seen> all;
    private List<String> names;

    @BeforeEach
    void write() {
        rig = new Rig(directory.resolve("journal")).open();
        vehicle = rig.session("obu-1", 7);
        unit = rig.session("rsu-1", 8);
        append();
        for (int i = 1; i < FIRST_RUN; i++) {
            tenDays();
        }
        rig.nowNs += 10 * DAY_NS;
        rig.reopen();
        rig.session("obu-1", 7);
        rig.session("rsu-1", 8);
        append();
        for (int i = 1; i < SECOND_RUN; i++) {
            tenDays();
        }
        all = rig.read();
        names = archive().files().stream().map(JournalArchive.Entry::name).toList();
        assertThat(names).hasSize(FIRST_RUN + SECOND_RUN);
    }

    @AfterEach
    void close() {
        rig.close();
        assertThat(rig.errors).isEmpty();
    }

    @Test
    void takesOutBystandersWhoseTimeIsOver() throws IOException {
        final RetentionReport report = retain(BYSTANDERS_25, true);
        // The last record of the newest file is now; that of the one before is 10 days old.
        assertThat(report.steps()).hasSize(4).allSatisfy(step -> {
            assertThat(step.action()).isEqualTo(Action.REWRITE);
            assertThat(step.classes()).containsExactly("bystanders");
            assertThat(step.records()).isEqualTo(20);
            assertThat(step.why()).isEqualTo("older than bystanders 25 days");
        });
        assertThat(report.steps()).extracting(RetentionStep::file).isEqualTo(names.subList(0, 4));
        assertThat(report.bytesAfter()).isLessThan(report.bytesBefore());
        final List<Seen> left = stays(seen -> seen.kind() != RSM || seen.sequence() > sequenceBefore(4));
        assertThat(left).hasSize(all.size() - 4 * 20);
        isSound(left, 80);
        assertThat(retain(BYSTANDERS_25, true).steps())
                .as("nothing is left to do")
                .isEmpty();
        assertThat(archive().missing()).hasSize(4);
    }

    @Test
    void tellsWithoutDoing() throws IOException {
        final RetentionRules rules = new RetentionRules(365, 15, 25, null);
        rig.nowNs += 340 * DAY_NS;
        final List<String> before = listing();
        final RetentionReport told = retain(rules, false);
        assertThat(told.applied()).isFalse();
        assertThat(listing()).isEqualTo(before);
        assertThat(rig.read()).isEqualTo(all);
        final RetentionReport done = retain(rules, true);
        assertThat(done.steps()).isEqualTo(told.steps()).hasSize(FIRST_RUN + SECOND_RUN - 1);
        assertThat(done.steps()).extracting(RetentionStep::action).contains(Action.DELETE, Action.REWRITE);
        assertThat(done.bytesBefore()).isEqualTo(told.bytesBefore());
        assertThat(done.bytesAfter()).isCloseTo(told.bytesAfter(), org.assertj.core.data.Percentage.withPercentage(5));
    }

    @Test
    void takesOutOneClassAfterTheOther() throws IOException {
        retain(BYSTANDERS_25, true);
        final RetentionReport report = retain(new RetentionRules(null, 25, 35, null), true);
        assertThat(report.steps())
                .hasSize(3)
                .allSatisfy(step -> assertThat(step.classes()).containsExactly("infrastructure"));
        final long third = sequenceBefore(3);
        final List<Seen> left = stays(seen -> (seen.kind() != RSM || seen.sequence() > sequenceBefore(4))
                && (seen.kind() != SPAT || seen.sequence() > third));
        isSound(left, 80 + 3 * 10);
        assertThat(archive().missing().getFirst())
                .hasToString(
                        "records 1 to 52 in " + names.getFirst() + ", 30 of them: retired, bystanders, infrastructure");
    }

    @Test
    void deletesWhatIsOlderThanEveryClassIsKept() throws IOException {
        rig.nowNs += 385 * DAY_NS;
        final RetentionReport report = retain(ALL_400, true);
        assertThat(report.steps())
                .extracting(RetentionStep::action)
                .containsExactly(
                        Action.DELETE, Action.DELETE, Action.DELETE, Action.DELETE, Action.DELETE, Action.REWRITE);
        assertThat(report.steps().getFirst().why())
                .isEqualTo(
                        "older than every class is kept: testVehicles 400 days, bystanders 30 days, infrastructure 30 days");
        assertThat(archive().files()).hasSize(2);
        final List<Seen> left = rig.read();
        assertThat(all).containsAll(left);
        assertThat(left).hasSize(20 + 50);
        isSound(left, all.size() - left.size());
        assertThat(archive().deviceIds()).as("openings are gone, names are not").containsExactly("obu-1", "rsu-1");
    }

    @Test
    void aRunningServerGoesOnAndItsNextStartIsNotConfused() throws IOException {
        rig.nowNs += 390 * DAY_NS;
        retain(ALL_400, true);
        final List<Seen> left = new ArrayList<>(rig.read());
        tenDays();
        tenDays();
        retain(ALL_400, true);
        tenDays();
        rig.reopen();
        assertThat(rig.journal.scan().damage()).isEmpty();
        assertThat(rig.journal.scan().records()).as("the checkpoint is trusted").isZero();
        onceAsBefore();
        assertThat(rig.read()).extracting(Seen::sequence).isSorted().endsWith(all.size() + 3 * 50L + 2);
        assertThat(left).isNotEmpty();
        assertThat(archive().check().sound()).isTrue();
        rig.reopen();
        assertThat(rig.journal.scan().records()).isZero();
    }

    @Test
    void aStartWithoutACheckpointForgetsNothing() throws IOException {
        rig.nowNs += 390 * DAY_NS;
        retain(ALL_400, true);
        final int left = rig.read().size();
        rig.journal.close();
        Files.delete(rig.directory.resolve(Checkpoint.NAME));
        rig.open();
        assertThat(rig.journal.scan().damage()).isEmpty();
        assertThat(rig.journal.scan().records()).isEqualTo(left);
        assertThat(rig.journal.scan().lastSequence()).isEqualTo(all.size());
        onceAsBefore();
    }

    @Test
    void makesRoomButNotByWhatTestVehiclesSaidWithinAYear() throws IOException {
        final RetentionReport report = retain(new RetentionRules(null, null, null, 1L), true);
        assertThat(report.tooLarge()).startsWith("maxBytes = 1: " + report.bytesAfter() + " bytes stay; ");
        assertThat(report.steps()).hasSize(6).allSatisfy(step -> {
            assertThat(step.action()).isEqualTo(Action.REWRITE);
            assertThat(step.classes()).containsExactly("bystanders", "infrastructure");
        });
        final long live = sequenceBefore(6);
        isSound(stays(seen -> (seen.kind() != RSM && seen.kind() != SPAT) || seen.sequence() > live), 6 * 30);
    }

    @Test
    void makesRoomByTheOldestThatMayGo() throws IOException {
        rig.nowNs += 340 * DAY_NS;
        tenDays();
        all = rig.read();
        final long bytes =
                retain(new RetentionRules(null, null, null, 1L << 40), false).bytesBefore();
        final long file = Seek.last(JournalFile.list(rig.directory).getFirst()).end();
        final RetentionReport report = retain(new RetentionRules(null, null, null, bytes - file - 1), true);
        assertThat(report.tooLarge()).isNull();
        assertThat(report.steps()).extracting(RetentionStep::file).containsExactly(names.get(0), names.get(1));
        assertThat(report.steps()).extracting(RetentionStep::action).containsOnly(Action.DELETE);
        final long second = sequenceBefore(2);
        isSound(stays(seen -> seen.sequence() > second), (int) second);
    }

    @Test
    void leavesWhatSomebodyReadsAndAllAfterIt() throws IOException {
        rig.nowNs += 390 * DAY_NS;
        try (JournalReader reader = archive().reader(sequenceBefore(2) + 5)) {
            final List<RetentionStep> told = retain(ALL_400, false).steps();
            final RetentionReport report = retain(ALL_400, true);
            assertThat(report.steps()).isEqualTo(told);
            assertThat(report.steps().subList(0, 2))
                    .extracting(RetentionStep::action)
                    .containsOnly(Action.DELETE);
            assertThat(report.steps().subList(2, 6)).allSatisfy(step -> {
                assertThat(step.action()).isEqualTo(Action.KEEP);
                assertThat(step.why()).isEqualTo("somebody reads " + names.get(2));
            });
            long sequence = sequenceBefore(2) + 4;
            while (sequence <= sequenceBefore(4)) {
                assertThat(reader.next()).isTrue();
                assertThat(reader.sequence()).isEqualTo(++sequence);
            }
            assertThat(reader.file()).isEqualTo(names.get(4));
            assertThat(retain(ALL_400, true).steps().stream().filter(step -> step.action() == Action.DELETE))
                    .extracting(RetentionStep::file)
                    .containsExactly(names.get(2), names.get(3));
            while (reader.next()) {
                assertThat(reader.sequence()).isEqualTo(++sequence);
            }
            assertThat(reader.damage()).isEmpty();
            assertThat(sequence).isEqualTo(all.size());
        }
        assertThat(retain(ALL_400, true).steps()).noneMatch(step -> step.action() == Action.KEEP);
    }

    @Test
    void aReaderThatDiedHoldsNothing() throws Exception {
        final Path file = rig.directory.resolve(names.getFirst());
        final Process reader;
        try {
            reader = new ProcessBuilder("flock", "--shared", "--no-fork", file.toString(), "cat").start();
        } catch (final IOException e) {
            System.out.println("SKIPPED: no flock here to read with (Debian: util-linux): " + e.getMessage());
            return;
        }
        try {
            final JournalFile first = JournalFile.list(rig.directory).getFirst();
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!CycleChange.isRead(first) && System.nanoTime() < deadlineNs) {
                Thread.onSpinWait();
            }
            assertThat(retain(BYSTANDERS_25, true).steps()).hasSize(4).allMatch(step -> step.action() == Action.KEEP);
        } finally {
            reader.destroyForcibly().waitFor();
        }
        assertThat(retain(BYSTANDERS_25, true).steps()).hasSize(4).allMatch(step -> step.action() == Action.REWRITE);
    }

    @Test
    void leavesWhatIsUnderAHold() throws IOException {
        final EvidenceHolds holds = new EvidenceHolds(rig.directory);
        final Instant third = time(sequenceBefore(2) + 1);
        final EvidenceHold hold = holds.add(third, third.plusNanos(1), "accident at the east gate", () -> rig.nowNs);
        final EvidenceHold before = holds.add(third.minusSeconds(60), third, "does not reach it", () -> rig.nowNs);
        assertThat(holds.list()).containsExactly(hold, before);
        rig.nowNs += 390 * DAY_NS;
        final RetentionReport report = retain(new RetentionRules(400, 30, 30, 1L), true);
        assertThat(report.steps().stream().filter(step -> step.file().equals(names.get(2))))
                .isNotEmpty()
                .allSatisfy(step -> {
                    assertThat(step.action()).isEqualTo(Action.KEEP);
                    assertThat(step.why()).isEqualTo("under hold H1: accident at the east gate");
                });
        assertThat(rig.read().stream()
                        .filter(seen -> seen.sequence() > sequenceBefore(2) && seen.sequence() <= sequenceBefore(3)))
                .hasSize(50);
        assertThat(archive().check().sound()).isTrue();
        assertThat(holds.remove("H1", () -> rig.nowNs)).isTrue();
        assertThat(holds.remove("H1", () -> rig.nowNs)).isFalse();
        retain(ALL_400, true);
        assertThat(rig.directory.resolve(names.get(2))).doesNotExist();
    }

    @Test
    void aHoldThatComesAtTheLastInstantCounts() throws IOException {
        final EvidenceHolds holds = new EvidenceHolds(rig.directory);
        final List<RetentionStep> steps = retain(BYSTANDERS_25, what -> {
                    if (what.equals("copy") && holds.list().isEmpty()) {
                        holds.add(time(1), time(1).plusNanos(1), "just now", () -> rig.nowNs);
                    }
                })
                .steps();
        assertThat(steps.getFirst().action()).isEqualTo(Action.KEEP);
        assertThat(steps.getFirst().why()).isEqualTo("under hold H1: just now");
        assertThat(steps.get(1).action()).isEqualTo(Action.REWRITE);
    }

    @Test
    void aReaderThatComesAtTheLastInstantCounts() {
        final List<JournalReader> readers = new ArrayList<>();
        final List<RetentionStep> steps = retain(BYSTANDERS_25, what -> {
                    if (readers.isEmpty()) {
                        readers.add(archive().reader(1));
                    }
                })
                .steps();
        readers.forEach(JournalReader::close);
        assertThat(steps).hasSize(4).allSatisfy(step -> {
            assertThat(step.action()).isEqualTo(Action.KEEP);
            assertThat(step.why()).isEqualTo("somebody reads " + names.getFirst());
        });
    }

    @Test
    void nothingGoesWhileItIsNotKnownWhatIsHeld() throws IOException {
        new EvidenceHolds(rig.directory).add(time(1), time(1).plusNanos(1), "why", () -> rig.nowNs);
        final Path file = rig.directory.resolve("holds");
        Files.writeString(file, Files.readString(file).replace("why", "who"));
        assertThatThrownBy(() -> retain(BYSTANDERS_25, true))
                .isInstanceOf(JournalException.class)
                .hasMessage("the file " + file + " is not sound, line 2: wrong checksum: what is held is not known");
        assertThat(rig.read()).isEqualTo(all);
    }

    /** A copy of the directory at an instant is what a process killed then leaves. */
    @Test
    void isSoundWheneverItIsKilled() throws IOException {
        rig.journal.close();
        final RetentionRules rules = new RetentionRules(365, 15, 25, null);
        rig.nowNs += 330 * DAY_NS;
        final List<Path> killed = new ArrayList<>();
        final List<String> steps = new ArrayList<>();
        retain(rules, what -> {
            final Path copy = directory.resolve("killed-" + killed.size());
            copy(rig.directory, copy);
            killed.add(copy);
            steps.add(what);
        });
        assertThat(steps)
                .contains("copy", "read", "carried", "missing", "file", "directory", "end")
                .hasSizeGreaterThan(30);
        final List<Seen> finished = rig.read();
        final JournalCheck check = archive().check();
        for (int i = 0; i < killed.size(); i++) {
            final Path copy = killed.get(i);
            final String at = i + " before " + steps.get(i);
            final JournalReader reader = Journal.openReadOnly(copy).reader(1);
            final Set<Seen> seen = new HashSet<>(Rig.read(reader));
            assertThat(reader.damage()).as(at).isEmpty();
            assertThat(seen).as(at).containsAll(finished);
            assertThat(new HashSet<>(all)).as(at).containsAll(seen);
            assertThat(Journal.openReadOnly(copy).deviceIds()).as(at).containsExactly("obu-1", "rsu-1");
            if (i % 5 == 0) {
                startsOn(copy, directory.resolve("started-" + i), at);
            }
            Journal.openReadOnly(copy).retain(rules, true, () -> rig.nowNs, step -> {});
            assertThat(Rig.read(Journal.openReadOnly(copy).reader(1)))
                    .as(at + ", and again")
                    .isEqualTo(finished);
            final JournalCheck again = Journal.openReadOnly(copy).check();
            assertThat(again.sound()).as(at).isTrue();
            assertThat(again.missing().records())
                    .as(at)
                    .isEqualTo(check.missing().records());
            assertThat(copy.resolve("retaining")).as(at).doesNotExist();
        }
    }

    /** The length of a file says nothing, it goes in blocks: here it is the same before and after. */
    @Test
    void whatWasNotedAndNotDoneIsDoneAlsoWhereTheLengthIsTheSame() throws IOException {
        rig.journal.close();
        final Path killed = directory.resolve("killed");
        retain(BYSTANDERS_25, what -> {
            if (what.equals("file") && !Files.exists(killed)) {
                copy(rig.directory, killed);
            }
        });
        try (FileChannel old = FileChannel.open(killed.resolve(names.getFirst()), StandardOpenOption.WRITE)) {
            final long length = Files.size(rig.directory.resolve(names.getFirst()));
            assertThat(old.size()).isGreaterThanOrEqualTo(length);
            old.truncate(length);
        }
        assertThat(Rig.read(Journal.openReadOnly(killed).reader(1))).isEqualTo(all);
        Journal.openReadOnly(killed).retain(BYSTANDERS_25, true, () -> rig.nowNs, step -> {});
        assertThat(Rig.read(Journal.openReadOnly(killed).reader(1))).isEqualTo(rig.read());
    }

    private void startsOn(final Path killed, final Path started, final String at) throws IOException {
        copy(killed, started);
        final Rig server = new Rig(started);
        server.nowNs = rig.nowNs;
        try (server) {
            server.open();
            assertThat(server.journal.scan().damage()).as(at).isEmpty();
            assertThat(server.journal.scan().lastSequence()).as(at).isEqualTo(all.size());
            server.offer(Rig.BSM, server.session("obu-1", 7), number, session(server), new byte[8]);
            server.work();
            assertThat(server.count(Counter.JOURNAL_DUPLICATES)).as(at).isEqualTo(1);
        }
        assertThat(server.errors).isEmpty();
    }

    @Test
    void damageOfWhatStaysIsNamedAndLaterDamageIsFound() throws IOException {
        damage(15);
        final RetentionReport report = retain(BYSTANDERS_25, true);
        assertThat(report.steps()).hasSize(4);
        assertThat(archive().check().sound()).isTrue();
        assertThat(archive().missing())
                .filteredOn(entry -> entry.cause() instanceof Missing.Damaged)
                .singleElement()
                .satisfies(entry -> assertThat(entry.firstSequence()).isEqualTo(15));
        final long later = all.stream()
                .filter(seen -> seen.kind() == SPAT)
                .mapToLong(Seen::sequence)
                .min()
                .orElseThrow();
        damage(later);
        final JournalCheck check = archive().check();
        assertThat(check.sound()).isFalse();
        assertThat(check.damage())
                .singleElement()
                .satisfies(found -> assertThat(found.lastSequence()).isGreaterThanOrEqualTo(later));
        assertThat(check.records()).isEqualTo(all.size() - 80 - 2);
    }

    @Test
    void aFileInWhichEverythingIsOverIsDeleted() throws IOException {
        rig.nowNs += 10 * DAY_NS;
        for (int i = 0; i < 20; i++) {
            rig.offer(RSM, unit, 10_000 + i, rig.sessions.get(unit), Rig.payload(unit, i));
        }
        rig.work();
        for (int i = 0; i < 3; i++) {
            tenDays();
        }
        all = rig.read();
        final String seen = archive().files().get(FIRST_RUN + SECOND_RUN).name();
        final RetentionReport told = retain(BYSTANDERS_25, false);
        final RetentionReport done = retain(BYSTANDERS_25, true);
        assertThat(done.steps()).isEqualTo(told.steps()).hasSize(8);
        assertThat(done.steps().getLast())
                .satisfies(step -> assertThat(step.file()).isEqualTo(seen))
                .satisfies(step -> assertThat(step.action()).isEqualTo(Action.DELETE))
                .satisfies(step -> assertThat(step.records()).isEqualTo(20));
        assertThat(rig.directory.resolve(seen)).doesNotExist();
        final long last = sequenceBefore(7) + 20;
        isSound(stays(each -> each.kind() != RSM || each.sequence() > last), 8 * 20);
        assertThat(retain(BYSTANDERS_25, true).steps()).isEmpty();
    }

    @Test
    void tellsTheSameOfFilesThatAreThinnedAndThenDeleted() throws IOException {
        rig.nowNs += 340 * DAY_NS;
        tenDays();
        final long thinned = retain(BYSTANDERS_25, false).bytesAfter();
        final RetentionRules rules = new RetentionRules(null, 25, null, thinned - thinned / 5);
        final RetentionReport told = retain(rules, false);
        final RetentionReport done = retain(rules, true);
        assertThat(done.steps()).isEqualTo(told.steps());
        assertThat(done.steps())
                .filteredOn(step -> step.action() == Action.DELETE)
                .hasSize(2)
                .allSatisfy(step -> {
                    assertThat(step.records()).as("20 of them are gone before").isBetween(30L, 32L);
                });
    }

    @Test
    void nothingGoesWhenWhatWasRemovedBeforeIsNotKnown() throws IOException {
        retain(BYSTANDERS_25, true);
        final Path carried = rig.directory.resolve(Checkpoint.CARRIED);
        Rig.patch(carried, 12, new byte[] {9, 9});
        final byte[] damaged = Files.readAllBytes(carried);
        tenDays();
        final List<Seen> before = rig.read();
        assertThatThrownBy(() -> retain(BYSTANDERS_25, true))
                .isInstanceOf(JournalException.class)
                .hasMessage("the file " + carried + " is not sound: what was removed before is not known");
        assertThatThrownBy(() -> archive().repair(directory.resolve("copy"), () -> rig.nowNs))
                .isInstanceOf(JournalException.class)
                .hasMessage("the file " + carried + " is not sound: what was removed before is not known");
        assertThat(rig.read()).isEqualTo(before);
        assertThat(carried).hasBinaryContent(damaged);
    }

    @Test
    void numbersOfHoldsAreGivenOutOnce() {
        final EvidenceHolds holds = new EvidenceHolds(rig.directory);
        assertThat(holds.add(time(1), time(60), "first", () -> rig.nowNs).id()).isEqualTo("H1");
        assertThat(holds.add(time(1), time(60), "second", () -> rig.nowNs).id()).isEqualTo("H2");
        assertThat(holds.remove("H2", () -> rig.nowNs)).isTrue();
        assertThat(holds.add(time(1), time(60), "third", () -> rig.nowNs).id()).isEqualTo("H3");
        assertThat(holds.remove("H3", () -> rig.nowNs)).isTrue();
        assertThat(holds.remove("H1", () -> rig.nowNs)).isTrue();
        assertThat(holds.list()).isEmpty();
        assertThat(holds.add(time(1), time(60), "fourth", () -> rig.nowNs).id()).isEqualTo("H4");
    }

    @Test
    void whoIsNotTheOwnerLeavesNoFilesThatTheServerCannotOpen() throws IOException {
        if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            System.out.println("SKIPPED: only root can give a journal to another user");
            assumeTrue(false);
        }
        Files.setAttribute(rig.directory, "unix:uid", 12_345);
        final EvidenceHolds holds = new EvidenceHolds(rig.directory);
        assertThatThrownBy(() -> holds.add(time(1), time(60), "why", () -> rig.nowNs))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(" belongs to 12345: must be changed as that user");
        assertThatThrownBy(() -> holds.remove("H1", () -> rig.nowNs)).hasMessageContaining("belongs to");
        assertThatThrownBy(() -> retain(ALL_400, true)).hasMessageContaining("belongs to");
        assertThat(rig.directory.resolve("retention.run.lock")).doesNotExist();
    }

    @Test
    void oneAtATime() {
        final RetentionReport report = retain(
                BYSTANDERS_25,
                what -> assertThatThrownBy(() -> retain(BYSTANDERS_25, true))
                        .isInstanceOf(JournalException.class)
                        .hasMessage("another retention is at work on " + rig.directory));
        assertThat(report.steps()).hasSize(4);
    }

    /** Applies them, with a hook before each change. */
    private RetentionReport retain(final RetentionRules rules, final CycleChange.Steps hook) {
        return archive().retain(rules, true, () -> rig.nowNs, hook, step -> {});
    }

    private RetentionReport retain(final RetentionRules rules, final boolean apply) {
        return archive().retain(rules, apply, () -> rig.nowNs, step -> {});
    }

    private JournalArchive archive() {
        return Journal.openReadOnly(rig.directory);
    }

    private void tenDays() {
        rig.nowNs += 10 * DAY_NS;
        append();
    }

    /** 20 messages of the vehicle, 20 of what the unit sees, 10 of its signals. */
    private void append() {
        for (int i = 0; i < 20; i++) {
            number++;
            rig.offer(Rig.BSM, vehicle, number, rig.sessions.get(vehicle), Rig.payload(vehicle, number));
            rig.offer(RSM, unit, 2 * number, rig.sessions.get(unit), Rig.payload(unit, number));
            if (i % 2 == 0) {
                rig.offer(SPAT, unit, 2 * number + 1, rig.sessions.get(unit), Rig.payload(unit, number));
            }
            rig.work();
            rig.nowNs += 1_000;
        }
    }

    /** What was taken in before is known to be there, also of files that are gone. */
    private void onceAsBefore() {
        final long before = rig.count(Counter.JOURNAL_DUPLICATES);
        final int again = rig.session("obu-1", 7);
        final int unitAgain = rig.session("rsu-1", 8);
        assertThat(again).isEqualTo(vehicle);
        assertThat(unitAgain).isEqualTo(unit);
        rig.message(again, number);
        rig.message(unitAgain, 2 * number);
        rig.work();
        assertThat(rig.count(Counter.JOURNAL_DUPLICATES)).isEqualTo(before + 2);
        assertThat(rig.journal.devices().idOf(vehicle)).isEqualTo("obu-1");
        assertThat(rig.journal.devices().idOf(unit)).isEqualTo("rsu-1");
    }

    private void isSound(final List<Seen> left, final int missing) {
        final JournalReader reader = archive().reader(1);
        assertThat(Rig.read(reader)).isEqualTo(left);
        assertThat(reader.damage()).isEmpty();
        final JournalCheck check = archive().check();
        assertThat(check.sound()).isTrue();
        assertThat(check.missing().records()).isEqualTo(missing);
        assertThat(check.missing().ranges().stream().mapToLong(Missing::records).sum())
                .isEqualTo(missing);
    }

    private List<Seen> stays(final java.util.function.Predicate<Seen> which) {
        return all.stream().filter(which).toList();
    }

    /** The last sequence before a file. */
    private long sequenceBefore(final int file) {
        // Two sessions in the first file of each run.
        return file * 50L + (file > 0 ? 2 : 0) + (file > FIRST_RUN ? 2 : 0);
    }

    private Instant time(final long sequence) {
        return Instant.EPOCH.plusNanos(all.get((int) sequence - 1).timeNs());
    }

    private void damage(final long sequence) throws IOException {
        try (JournalReader reader = archive().reader(sequence)) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.sequence()).isEqualTo(sequence);
            Rig.patch(rig.directory.resolve(reader.file()), reader.recordPosition() + Frame.HEADER_LENGTH, new byte[] {
                9, 9
            });
        }
    }

    private static long session(final Rig server) {
        return server.sessions.values().iterator().next();
    }

    private List<String> listing() throws IOException {
        try (Stream<Path> paths = Files.walk(rig.directory)) {
            final List<String> lines = new ArrayList<>();
            for (final Path path : paths.sorted().toList()) {
                lines.add(path + " " + Files.getLastModifiedTime(path));
            }
            return lines;
        }
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (final Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
