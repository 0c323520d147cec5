package io.luyun.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.luyun.server.journal.Rig.Seen;
import io.luyun.server.monitor.Counter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a journal says to devices after a loss of power, or a sync that failed: 2 sessions and 20 messages before the
 * checkpoint, as many behind it that were synced, and 60 messages of two devices by turns that were not, with sequences 45 to 104.
 */
final class RecoveryTest {
    private static final int SYNCED = 44;
    private static final int WRITTEN = 104;

    @TempDir
    private Path base;

    private Rig rig;
    private int one;
    private int two;

    @BeforeEach
    void write() {
        rig = new Rig(base.resolve("journal")).open();
        one = rig.session("obu-1", 7);
        two = rig.session("obu-2", 7);
        messages(1, 10);
        rig.reopen();
        sessions(rig);
        messages(11, 20);
        rig.sync();
        messages(21, 50);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void tellsDevicesNoMoreThanIsThereBeforeAHole() throws IOException {
        final Rig next = powerCut(72, 73);
        next.open();
        // 45 is number 21 of the first: 71 is its 34th, 70 the 33rd of the other
        assertThat(sessions(next)).containsExactly(34L, 33L);
        assertThat(next.journal.scan().damage()).isEmpty();
        final Missing lost = next.journal.scan().unsynced();
        assertThat(lost).isNotNull();
        assertThat(lost.firstSequence()).isEqualTo(72);
        assertThat(lost.lastSequence()).isEqualTo(WRITTEN);
        assertThat(lost.records()).isEqualTo(33);
        sendsAgain(next, 21);
        everythingOnce(next, WRITTEN);
        next.reopen();
        assertThat(next.journal.scan().unsynced()).as("once").isNull();
        everythingOnce(next, WRITTEN);
        next.close();
    }

    @Test
    void cutsFilesBehindTheHoleToo() throws IOException {
        rig.nowNs += Rig.HOUR_NS;
        messages(51, 60);
        final Rig next = powerCut(72, 73);
        assertThat(next.files()).hasSize(3);
        next.open();
        assertThat(next.files()).hasSize(2);
        assertThat(sessions(next)).containsExactly(34L, 33L);
        sendsAgain(next, 21);
        everythingOnce(next, WRITTEN + 20);
        next.close();
    }

    @Test
    void cutsWithoutANoteWhenTheListIsNotSound() throws IOException {
        final Rig next = powerCut(72, 73);
        Files.writeString(next.directory.resolve(MissingFile.NAME), "not sound\n");
        next.open();
        assertThat(sessions(next)).containsExactly(34L, 33L);
        assertThat(next.directory.resolve(MissingFile.NAME)).hasContent("not sound");
        sendsAgain(next, 21);
        assertThat(next.read().stream().filter(seen -> seen.kind() == Rig.BSM)).hasSize(120);
        next.close();
    }

    @Test
    void damageOfWhatWasSyncedIsDamageAndNothingIsCut() throws IOException {
        final Rig next = powerCut(30);
        next.open();
        assertThat(sessions(next)).containsExactly(50L, 50L);
        assertThat(next.journal.scan().unsynced()).isNull();
        assertThat(next.journal.scan().damage())
                .extracting(Damage::firstSequence, Damage::lastSequence)
                .containsExactly(tuple(30L, 30L));
        assertThat(next.count(Counter.JOURNAL_DAMAGE)).isOne();
        next.close();
    }

    @Test
    void tellsDamageFromAHole() throws IOException {
        final Rig next = powerCut(30, SYNCED, SYNCED + 1, 80);
        next.open();
        assertThat(sessions(next)).containsExactly(20L, 19L);
        assertThat(next.journal.scan().damage())
                .extracting(Damage::firstSequence, Damage::lastSequence)
                .containsExactly(tuple(30L, 30L), tuple((long) SYNCED, (long) SYNCED));
        assertThat(next.journal.scan().unsynced().firstSequence()).isEqualTo(SYNCED + 1);
        next.close();
    }

    @Test
    void aCopyEndsBeforeTheHole() throws IOException {
        final Rig next = powerCut(30, SYNCED, SYNCED + 1, 80);
        final Path copy = base.resolve("copy");
        final RepairReport report = Journal.openReadOnly(next.directory).repair(copy, () -> next.nowNs);
        assertThat(report.records()).isEqualTo(42);
        assertThat(report.missing())
                .extracting(Missing::firstSequence, Missing::lastSequence, Missing::records)
                .containsExactly(tuple(30L, 30L, 1L), tuple(44L, 44L, 1L), tuple(45L, 104L, 60L));
        assertThat(Journal.openReadOnly(copy).check().sound()).isTrue();
        final Rig opened = new Rig(copy).open();
        assertThat(sessions(opened)).containsExactly(20L, 19L);
        opened.close();
    }

    @Test
    void givesOutNoSequenceThatIsKnownElsewhere() throws IOException {
        final Rig next = powerCut();
        next.used = 200;
        next.open();
        assertThat(sessions(next)).containsExactly(50L, 50L);
        assertThat(next.journal.scan().unsynced()).hasToString("records 105 to 200: never synced, lost with the power");
        next.message(one, 51);
        next.work();
        assertThat(next.read()).extracting(Seen::sequence).endsWith(104L, 201L, 202L, 203L);
        assertThat(Rig.read(next.journal.reader(1))).isEqualTo(next.read());
        next.reopen();
        assertThat(next.journal.scan().unsynced()).as("once").isNull();
        assertThat(Journal.openReadOnly(next.directory).check().sound()).isTrue();
        next.close();
    }

    @Test
    void bringsToTheDiskWhatAFailedSyncHasLeftInMemory() throws IOException {
        final ForgetfulDisk disk = new ForgetfulDisk();
        rig.journal.close();
        rig = new Rig(base.resolve("other"));
        rig.force = disk;
        rig.open();
        one = rig.session("obu-1", 7);
        two = rig.session("obu-2", 7);
        messages(1, 20);
        rig.sync();
        messages(21, 50);
        disk.fails(true);
        rig.sync();
        assertThat(rig.synced).as("told of none of it").contains(42L).doesNotContain(102L);
        disk.fails(false);
        rig.reopen();
        assertThat(sessions(rig)).as("is acknowledged by this").containsExactly(50L, 50L);
        rig.close();
        disk.cut();
        assertThat(rig.read().stream().filter(seen -> seen.kind() == Rig.BSM)).hasSize(100);
        rig.open();
        assertThat(sessions(rig)).containsExactly(50L, 50L);
    }

    private void messages(final int first, final int last) {
        for (int number = first; number <= last; number++) {
            rig.message(one, number);
            rig.message(two, number);
        }
        rig.work();
    }

    /** Both devices open sessions; what they are told. */
    private List<Long> sessions(final Rig next) {
        one = next.session("obu-1", 7);
        two = next.session("obu-2", 7);
        next.work();
        return next.taken.subList(next.taken.size() - 2, next.taken.size()).stream()
                .map(Rig.Taken::number)
                .toList();
    }

    private void sendsAgain(final Rig next, final int from) {
        for (int number = from; number <= 60; number++) {
            next.message(one, number);
            next.message(two, number);
        }
        next.work();
    }

    private void everythingOnce(final Rig next, final int used) {
        assertThat(Journal.openReadOnly(next.directory).check().sound()).isTrue();
        final List<Seen> seen = next.read();
        assertThat(Rig.read(next.journal.reader(1))).isEqualTo(seen);
        for (final int device : new int[] {one, two}) {
            final List<Long> numbers = seen.stream()
                    .filter(record -> record.kind() == Rig.BSM && record.device() == device)
                    .map(Seen::number)
                    .toList();
            assertThat(numbers).hasSize(60).isSorted().doesNotHaveDuplicates();
        }
        assertThat(seen.stream().filter(record -> record.sequence() >= 72))
                .as("sequences of what is lost are not used again")
                .allMatch(record -> record.sequence() > used);
    }

    /** Another journal: what of this one is there after a loss of power that took these records. */
    private Rig powerCut(final long... lost) throws IOException {
        final Map<Long, long[]> places = new HashMap<>();
        final Map<Long, Path> files = new HashMap<>();
        try (JournalReader reader = Journal.openReadOnly(rig.directory).reader(1)) {
            while (reader.next()) {
                places.put(reader.sequence(), new long[] {reader.recordPosition(), reader.recordLength()});
                files.put(reader.sequence(), rig.directory.resolve(reader.file()));
            }
        }
        final Path left = base.resolve("left");
        try (Stream<Path> paths = Files.walk(rig.directory)) {
            for (final Path path : paths.toList()) {
                Files.copy(path, left.resolve(rig.directory.relativize(path).toString()));
            }
        }
        for (final long sequence : lost) {
            final long[] place = places.get(sequence);
            final Path file =
                    left.resolve(rig.directory.relativize(files.get(sequence)).toString());
            Rig.patch(file, place[0] - FileWalker.HEADER, new byte[FileWalker.HEADER + (int) place[1]]);
        }
        final Rig next = new Rig(left);
        next.nowNs = rig.nowNs;
        return next;
    }
}
