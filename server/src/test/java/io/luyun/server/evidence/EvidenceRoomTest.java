package io.luyun.server.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.AlertReason;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Severity;
import io.luyun.server.journal.EvidenceHold;
import io.luyun.server.journal.EvidenceHolds;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts become incidents, incidents packages, when their window is over and on the disk; turn by turn on a clock of the test. */
final class EvidenceRoomTest {
    private static final long TIME_NS = 1_767_225_600_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int LAT = 296_000_000;
    private static final int LON = 1_063_000_000;

    @TempDir
    private Path directory;

    private final List<Throwable> errors = new ArrayList<>();
    private final AtomicLong syncedNs = new AtomicLong(Long.MAX_VALUE);
    private long nowNs = TIME_NS;
    private long nextAlert = 100;
    private int freeMiB;
    private Journal journal;
    private Journal alerts;
    private EvidenceRoom room;

    @BeforeEach
    void open() {
        journal = open("journal");
        alerts = open("alerts");
        room = room();
        room.turn();
    }

    private Journal open(final String name) {
        final JournalConfig config = new JournalConfig(
                directory.resolve(name).toString(), 2_000, 256, 1_024, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        return Journal.open(config, () -> nowNs, new Counters(), new Latencies(), errors::add);
    }

    private EvidenceRoom room() {
        final EvidenceConfig config = new EvidenceConfig(
                true,
                new EvidenceConfig.Triggers(List.of("FCW"), "CRITICAL", true, true, true),
                new EvidenceConfig.Extent(90, 90, 300, 50, 400),
                new EvidenceConfig.Limits(3, 5, 5, 1_000, freeMiB),
                new EvidenceConfig.Keep(0, false));
        return new EvidenceRoom(
                config,
                directory.resolve("evidence"),
                new EvidenceSource(directory.resolve("journal"), directory.resolve("alerts"), null, "test"),
                new SyncState(
                        () -> journal.writer().appendedSequence(),
                        () -> Math.min(syncedNs.get(), journal.writer().appendedSequence()),
                        () -> 0,
                        () -> 0),
                () -> nowNs,
                errors::add);
    }

    @AfterEach
    void close() {
        room.close();
        journal.close();
        alerts.close();
        assertThat(errors).isEmpty();
    }

    private void alert(final Alert.Builder alert) {
        final byte[] payload = alert.setAtNs(nowNs).build().toByteArray();
        alerts.writer()
                .append(RecordKind.RECORD_KIND_ALERT_VALUE, -1, 0, nowNs, new UnsafeBuffer(payload), 0, payload.length);
    }

    private Alert.Builder collision(final Severity severity, final int metresNorth) {
        return Alert.newBuilder()
                .setAlertId(nextAlert++)
                .setKind(AlertKind.ALERT_KIND_FCW)
                .setState(AlertState.ALERT_STATE_RAISED)
                .setSeverity(severity)
                .setSubject(AlertParty.newBuilder().setDeviceId("veh-1"))
                .setPos(Position.newBuilder().setLat(LAT + metresNorth * 90).setLon(LON));
    }

    /** Time passes, of which ticks are in the journal. */
    private void pass(final int seconds) {
        for (int i = 0; i < seconds; i++) {
            nowNs += SECOND_NS;
            journal.writer()
                    .append(RecordKind.RECORD_KIND_TICK_VALUE, -1, 0, nowNs, new UnsafeBuffer(new byte[0]), 0, 0);
        }
        room.turn();
    }

    private List<EvidenceHold> holds() {
        return new EvidenceHolds(directory.resolve("journal")).list();
    }

    @Test
    void anAlertIsFrozenWhenItsWindowIsOverAndOnTheDisk() {
        pass(100);
        alert(collision(Severity.SEVERITY_WARNING, 0));
        room.turn();
        assertThat(room.pending()).isEmpty();
        alert(collision(Severity.SEVERITY_CRITICAL, 0));
        room.turn();
        assertThat(room.pending()).hasSize(1);
        assertThat(holds()).hasSize(1);
        assertThat(holds().getFirst().reason())
                .isEqualTo("evidence " + room.pending().getFirst().id());
        pass(94);
        assertThat(room.store().ids()).isEmpty();
        syncedNs.set(journal.writer().appendedSequence() - 1);
        pass(1);
        assertThat(room.store().ids()).as("before it is on the disk").isEmpty();
        syncedNs.set(Long.MAX_VALUE);
        room.turn();
        assertThat(room.store().ids()).hasSize(1).first().asString().endsWith("-alert-101");
        assertThat(room.pending()).isEmpty();
        assertThat(holds()).isEmpty();
        assertThat(new PackageCheck(room.store(), directory).all()).isEmpty();
        assertThat(room.store()
                        .manifest(room.store().ids().getFirst())
                        .path("journal")
                        .path("records")
                        .asLong())
                .isEqualTo(180);
    }

    @Test
    void stepsOfAnAlertAndNeighboursShareAPackageAndThoseFartherRefer() {
        pass(10);
        final Alert.Builder first = collision(Severity.SEVERITY_CRITICAL, 0);
        alert(first);
        pass(1);
        alert(first.setState(AlertState.ALERT_STATE_UPDATED));
        alert(collision(Severity.SEVERITY_CRITICAL, 20));
        alert(collision(Severity.SEVERITY_CRITICAL, 200));
        room.turn();
        assertThat(room.pending()).hasSize(2);
        assertThat(room.pending().getFirst().triggers()).hasSize(2);
        assertThat(room.pending().getFirst().untilNs()).isEqualTo(nowNs + 90 * SECOND_NS);
        pass(100);
        assertThat(room.store().ids()).hasSize(2);
        assertThat(room.store().manifest(room.store().ids().getFirst()).path("refersTo"))
                .hasSize(1);
        assertThat(room.counts().sharedCount()).isEqualTo(1);
    }

    @Test
    void harshBrakingIsAnIncidentWhateverItsSeverity() {
        alert(collision(Severity.SEVERITY_CAUTION, 0)
                .setKind(AlertKind.ALERT_KIND_ABNORMAL_DRIVING)
                .setReason(AlertReason.ALERT_REASON_HARSH_BRAKING));
        room.turn();
        assertThat(room.pending()).hasSize(1);
        assertThat(room.pending().getFirst().triggers().getFirst().kind()).isEqualTo(Trigger.Kind.HARD_BRAKING);
    }

    @Test
    void aStormIsCountedAndWhatSomebodyAsksForIsNot() {
        for (int i = 0; i < 20; i++) {
            alert(collision(Severity.SEVERITY_CRITICAL, 1_000 * i));
        }
        room.turn();
        assertThat(room.pending()).hasSize(3);
        assertThat(room.counts().suppressedCount()).isEqualTo(17);
        final String asked = room.freeze(new Trigger(
                Trigger.Kind.MANUAL, nowNs, Place.of(29.9, 106.3), new Trigger.Cause("", 0, "centre", "looks odd")));
        assertThat(room.pending()).hasSize(4).anyMatch(each -> each.id().equals(asked));
        pass(100);
        assertThat(room.store().ids()).hasSize(4);
        assertThat(room.store().manifest(room.store().ids().getFirst()).path("notes"))
                .hasSize(1)
                .first()
                .asString()
                .contains("17 incidents were only counted");
        // one more within the hour, which that by hand counts in, then no more
        for (int i = 0; i < 20; i++) {
            alert(collision(Severity.SEVERITY_CRITICAL, 1_000 * i));
        }
        room.turn();
        assertThat(room.pending()).hasSize(1);
    }

    @Test
    void aRestartInBetweenLosesNothing() {
        pass(10);
        alert(collision(Severity.SEVERITY_CRITICAL, 0));
        room.turn();
        assertThat(room.pending()).hasSize(1);
        room.close();
        // decided while nobody looked
        alert(collision(Severity.SEVERITY_CRITICAL, 2_000));
        room = room();
        room.turn();
        assertThat(room.pending()).hasSize(2);
        assertThat(holds()).hasSize(2);
        room.close();
        room = room();
        pass(100);
        assertThat(room.store().ids()).hasSize(2);
        assertThat(holds()).isEmpty();
        assertThat(new PackageCheck(room.store(), directory).all()).isEmpty();
        // read again from the beginning, they are the same incidents
        room.close();
        assertThat(directory.resolve("evidence/position.json")).exists();
        rewind();
        room = room();
        pass(100);
        assertThat(room.pending()).isEmpty();
        assertThat(room.store().ids()).hasSize(2);
    }

    @Test
    void aFullDiskLetsIncidentsWaitAndHoldsTheirRecords() {
        room.close();
        freeMiB = 1_000_000_000;
        room = room();
        alert(collision(Severity.SEVERITY_CRITICAL, 0));
        room.turn();
        pass(100);
        assertThat(room.store().ids()).isEmpty();
        assertThat(room.pending()).hasSize(1);
        assertThat(holds()).hasSize(1);
        assertThat(errors).isNotEmpty().allMatch(each -> each.getMessage().contains("evidence.limits.freeMiB"));
        errors.clear();
        room.close();
        freeMiB = 0;
        room = room();
        room.turn();
        assertThat(room.store().ids()).hasSize(1);
    }

    private void rewind() {
        try {
            Files.writeString(directory.resolve("evidence/position.json"), "{\"alertSequence\":0}");
        } catch (final java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void onePendingFileThatNobodyCanReadDoesNotKeepTheOthers() throws Exception {
        alert(collision(Severity.SEVERITY_CRITICAL, 0));
        room.turn();
        Files.writeString(directory.resolve("evidence/pending/0.json"), "{");
        pass(100);
        assertThat(room.store().ids()).hasSize(1);
        assertThat(errors).isNotEmpty().allMatch(each -> each.getMessage().contains("0.json"));
        errors.clear();
        Files.delete(directory.resolve("evidence/pending/0.json"));
    }
}
