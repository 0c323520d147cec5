package io.luyun.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.server.journal.Journal;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Selection;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the thread that reads ahead hands over: which records, from where, how often, and what it has met. */
@Timeout(60)
final class ReadAheadTest {
    private static final long MS = SmallJournal.MS;
    private static final int TENTHS = 30;
    /** In {@link #TENTHS}: two BSM each, and every fifth a SPAT, an RSI and a TICK; three sessions, one RAW. */
    private static final int RECORDS = 2 * TENTHS + 3 * TENTHS / 5 + 3 + 1;

    @TempDir
    private Path directory;

    private final List<ReplayDevice> seen = new CopyOnWriteArrayList<>();

    private ReadAhead open(final Selection selection, final long offsetMs, final long durationMs, final boolean loop) {
        final Recording recording = Recording.open(directory);
        final Roles roles = new Roles(recording.journal(), Roles.LOOK_BACK);
        final ReadAhead feed = new ReadAhead(
                recording,
                selection,
                new ReadAhead.Excerpt(offsetMs * MS, durationMs == 0 ? Long.MAX_VALUE : durationMs * MS, loop),
                new Devices(Remap.of(List.of("veh-1=other-1")), roles, seen::add));
        feed.start();
        return feed;
    }

    private static @Nullable Recorded next(final ReadAhead feed) {
        if (feed.peek() == null) {
            await().pollInterval(Duration.ofMillis(1)).until(() -> feed.peek() != null);
        }
        final Recorded next = feed.peek();
        if (next == null || next.end()) {
            return null;
        }
        feed.remove();
        return next;
    }

    private static List<Recorded> all(final ReadAhead feed) {
        final List<Recorded> all = new ArrayList<>();
        for (Recorded next = next(feed); next != null; next = next(feed)) {
            all.add(next);
        }
        return all;
    }

    @Test
    void handsOverEveryRecordInOrderWithItsDevice() {
        SmallJournal.write(directory, TENTHS);
        try (ReadAhead feed = open(Selection.ALL, 0, 0, false)) {
            final List<Recorded> all = all(feed);

            assertThat(feed.primed()).isTrue();
            assertThat(feed.beginNs()).isEqualTo(SmallJournal.BEGIN_NS);
            assertThat(all).hasSize(RECORDS).extracting(Recorded::sequence).isSorted();
            assertThat(all.stream().filter(record -> record.device() == null))
                    .extracting(Recorded::kind)
                    .containsOnly(
                            RecordKind.RECORD_KIND_SESSION_OPENED_VALUE,
                            RecordKind.RECORD_KIND_TICK_VALUE,
                            RecordKind.RECORD_KIND_RAW_VALUE)
                    .hasSize(3 + TENTHS / 5 + 1);
            assertThat(seen)
                    .containsExactly(
                            new ReplayDevice("veh-1", "other-1", Role.ROLE_OBU),
                            new ReplayDevice("veh-2", "veh-2", Role.ROLE_OBU),
                            new ReplayDevice("rsu-1", "rsu-1", Role.ROLE_RSU));
            assertThat(feed.damage()).isEmpty();
        }
    }

    @Test
    void rolesAreKnownAlsoOfSessionsBeforeWhatIsPlayed() {
        SmallJournal.write(directory, TENTHS);
        // a unit that passes on what a vehicle says has the role of a unit
        try (SmallJournal journal = new SmallJournal(directory)) {
            final int unit = journal.opened("rsu-2", Role.ROLE_RSU);
            for (int i = 0; i < 10; i++) {
                journal.bsm(unit, SmallJournal.BEGIN_NS + (60 + i) * 1_000L * MS);
            }
        }
        final Selection selection = Selection.ALL
                .withTimes(SmallJournal.BEGIN_NS + 62_000 * MS, Long.MAX_VALUE)
                .withKinds(Set.of(1));
        try (ReadAhead feed = open(selection, 1_000, 0, false)) {
            assertThat(all(feed)).hasSize(7);
            assertThat(feed.beginNs()).isEqualTo(SmallJournal.BEGIN_NS + 63_000 * MS);
            assertThat(seen).containsExactly(new ReplayDevice("rsu-2", "rsu-2", Role.ROLE_RSU));
        }
    }

    @Test
    void rolesAreLookedForSoFarBackAndUntilItIsStopped() {
        try (SmallJournal journal = new SmallJournal(directory)) {
            final int unit = journal.opened("rsu-2", Role.ROLE_RSU);
            for (int i = 0; i < 10; i++) {
                journal.bsm(unit, SmallJournal.BEGIN_NS + i * 1_000L * MS);
            }
        }
        assertThat(role(10, false)).isEqualTo(Role.ROLE_RSU);
        assertThat(role(9, false)).isEqualTo(Role.ROLE_OBU);
        assertThat(role(10, true)).isEqualTo(Role.ROLE_OBU);
    }

    /** The role of who wrote the eleventh record, a BSM. */
    private Role role(final long lookBack, final boolean stopped) {
        try (Roles roles = new Roles(Journal.openReadOnly(directory), lookBack)) {
            if (stopped) {
                roles.stop();
            }
            return roles.of("rsu-2", 11, 1);
        }
    }

    @Test
    void anExcerptBeginsAndEndsWhereItIsTold() {
        SmallJournal.write(directory, TENTHS);
        try (ReadAhead feed = open(Selection.ALL.withKinds(Set.of(1)), 1_000, 500, false)) {
            final List<Recorded> all = all(feed);
            assertThat(all).hasSize(10);
            assertThat(all.getFirst().timeNs()).isEqualTo(SmallJournal.BEGIN_NS + 1_000 * MS);
            assertThat(all.getLast().timeNs()).isEqualTo(SmallJournal.BEGIN_NS + 1_407 * MS);
        }
    }

    @Test
    void goesRoundAsOftenAsItIsRead() {
        SmallJournal.write(directory, 5);
        try (ReadAhead feed = open(Selection.ALL.withKinds(Set.of(1)), 0, 0, true)) {
            for (int record = 0; record < 100; record++) {
                final Recorded next = next(feed);
                assertThat(next).isNotNull();
                assertThat(next.pass()).isEqualTo(record / 10);
                assertThat(next.timeNs())
                        .isEqualTo(SmallJournal.BEGIN_NS + (record % 10 / 2 * 100 + (record % 2) * 7) * MS);
            }
        }
    }

    @Test
    void aSeekForgetsWhatWasReadAhead() {
        SmallJournal.write(directory, TENTHS);
        try (ReadAhead feed = open(Selection.ALL.withKinds(Set.of(1)), 0, 0, false)) {
            assertThat(next(feed)).isNotNull();
            feed.seek(SmallJournal.BEGIN_NS + 2_050 * MS);
            final Recorded forward = next(feed);
            assertThat(forward).isNotNull();
            assertThat(forward.timeNs()).isEqualTo(SmallJournal.BEGIN_NS + 2_100 * MS);
            feed.seek(SmallJournal.BEGIN_NS + 1_107 * MS);
            assertThat(all(feed)).hasSize(2 * 18 + 1);
            // also from behind the end
            feed.seek(Long.MIN_VALUE);
            assertThat(all(feed)).hasSize(2 * TENTHS);
            feed.seek(SmallJournal.BEGIN_NS + 3_600_000 * MS);
            assertThat(all(feed)).isEmpty();
        }
    }

    @Test
    void aSelectionOfNothingEndsAtOnceAlsoWhenItGoesRound() {
        SmallJournal.write(directory, 5);
        try (ReadAhead feed = open(Selection.ALL.withDevices(List.of("nobody")), 0, 0, true)) {
            assertThat(all(feed)).isEmpty();
            assertThat(feed.primed()).isTrue();
        }
        try (ReadAhead feed = open(Selection.ALL, 10_000, 0, true)) {
            assertThat(all(feed)).isEmpty();
        }
    }

    @Test
    void theQueueIsBounded() {
        final int many = 20_000;
        try (SmallJournal journal = new SmallJournal(directory)) {
            final int device = journal.opened("veh-2", Role.ROLE_OBU);
            for (int i = 0; i < many; i++) {
                journal.bsm(device, SmallJournal.BEGIN_NS + i * MS);
            }
        }
        try (ReadAhead feed = open(Selection.ALL, 0, 0, false)) {
            await().until(feed::primed);
            assertThat(feed.waiting()).isBetween(8_000, 16_384);
            assertThat(all(feed)).hasSize(many + 1);
        }
    }

    @Test
    void damageIsSteppedOverAndTold() throws Exception {
        SmallJournal.write(directory, TENTHS);
        damage(directory);
        try (ReadAhead feed = open(Selection.ALL, 0, 0, false)) {
            assertThat(all(feed)).hasSize(RECORDS - 1);
            feed.seek(Long.MIN_VALUE);
            assertThat(all(feed)).hasSize(RECORDS - 1);
            feed.finish();
            assertThat(feed.damage()).hasSize(1);
        }
    }

    /** Changes an octet in the middle of the records. */
    static void damage(final Path journal) throws Exception {
        final Path file;
        try (Stream<Path> files = Files.walk(journal)) {
            file = files.filter(path -> path.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
        final byte[] bytes = Files.readAllBytes(file);
        int at = 0;
        for (int found = 0; found < 20; at++) {
            if (bytes[at] == 'V' && bytes[at + 1] == 'E' && bytes[at + 2] == 'H' && bytes[at + 3] == 'I') {
                found++;
            }
        }
        try (RandomAccessFile writer = new RandomAccessFile(file.toFile(), "rw")) {
            writer.seek(at);
            writer.write('X');
        }
    }
}
