package io.luyun.server.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertAcknowledged;
import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.AlertReason;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapNode;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.RoadSign;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Severity;
import io.luyun.proto.v1.Spat;
import io.luyun.server.journal.EvidenceHold;
import io.luyun.server.journal.EvidenceHolds;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.IOException;
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
    private long number;
    private Runnable atMark = () -> {};
    private int freeMiB;
    private int totalMiB = 1_000;
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
                new EvidenceConfig.Limits(3, 5, 5, 1_000, freeMiB, totalMiB),
                new EvidenceConfig.Keep(0, false));
        return new EvidenceRoom(
                config,
                directory.resolve("evidence"),
                new EvidenceSource(directory.resolve("journal"), directory.resolve("alerts"), null, "test"),
                new SyncState(
                        () -> {
                            atMark.run();
                            return journal.writer().appendedSequence();
                        },
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

    /** A record of a device that nobody opened a session for. */
    private void say(final int kind, final int device, final byte[] payload) {
        journal.writer().append(kind, device, ++number, nowNs, new UnsafeBuffer(payload), 0, payload.length);
    }

    private static byte[] map(final int node, final int metresNorth) {
        return MapData.newBuilder()
                .addNodes(MapNode.newBuilder()
                        .setId(NodeReference.newBuilder().setRegion(1).setId(node))
                        .setRefPos(Position.newBuilder()
                                .setLat(LAT + metresNorth * 90)
                                .setLon(LON)))
                .build()
                .toByteArray();
    }

    @Test
    void whatWasSaidBeforeTheWindowAndStillHoldsIsInThePackageAndNamed() throws IOException {
        say(RecordKind.RECORD_KIND_MAP_VALUE, 0, map(5, 50));
        say(RecordKind.RECORD_KIND_MAP_VALUE, 0, map(5, 50));
        final long map = journal.writer().appendedSequence();
        final byte[] sign = Rsi.newBuilder()
                .setRefPos(Position.newBuilder().setLat(LAT).setLon(LON))
                .addSigns(RoadSign.newBuilder().setSignId(1))
                .build()
                .toByteArray();
        say(RecordKind.RECORD_KIND_RSI_VALUE, 0, sign);
        say(RecordKind.RECORD_KIND_MAP_VALUE, 1, map(6, 5_000)); // elsewhere
        pass(120);
        say(
                RecordKind.RECORD_KIND_SPAT_VALUE,
                0,
                Spat.newBuilder()
                        .addIntersections(IntersectionState.newBuilder()
                                .setIntersection(
                                        NodeReference.newBuilder().setRegion(1).setId(5)))
                        .build()
                        .toByteArray());
        final long spat = journal.writer().appendedSequence();
        alert(collision(Severity.SEVERITY_CRITICAL, 0));
        room.turn();
        pass(100);
        final String id = room.store().ids().getFirst();
        final ObjectNode manifest = room.store().manifest(id);
        assertThat(manifest.path("standing").path("sequences").toString()).isEqualTo("[" + map + "," + (map + 1) + "]");
        final Path there = directory.resolve("evidence/packages").resolve(id);
        assertThat(Files.readString(there.resolve("journal.ndjson")))
                .startsWith("{\"sequence\":" + map)
                .contains("\"sequence\":" + spat + ",");
        assertThat(Files.readString(there.resolve("maps.geojson"))).contains("1:5");
        assertThat(Files.readString(there.resolve("summary.txt")))
                .contains("before the window: 2 records of MAP and RSI that may still hold");
        assertThat(new PackageCheck(room.store(), directory).all()).isEmpty();
        // a manifest that names others is found, whatever the hashes say
        final List<Finding> findings = new ArrayList<>();
        manifest.withObject("/standing").putArray("sequences");
        new RecordsCheck(id, there, java.util.Map.of(0, "#0"), findings).run(manifest, null);
        assertThat(findings).hasSize(1).first().asString().contains("before the window");
    }

    @Test
    void whoAnswersAfterTheWindowIsFoundInTheJournal() {
        alert(collision(Severity.SEVERITY_CRITICAL, 0));
        room.turn();
        pass(100);
        final ObjectNode manifest = room.store().manifest(room.store().ids().getFirst());
        assertThat(LateAcknowledgements.of(manifest, directory))
                .containsExactly("no acknowledgement stands in the journal within 1 h after the window");
        for (final long of : new long[] {99, 100}) {
            say(
                    RecordKind.RECORD_KIND_ALERT_ACKNOWLEDGED_VALUE,
                    3,
                    AlertAcknowledged.newBuilder()
                            .setAcknowledgement(AlertAcknowledgement.newBuilder()
                                    .setAlertId(of)
                                    .setNote("patrol sent"))
                            .build()
                            .toByteArray());
        }
        pass(1);
        assertThat(LateAcknowledgements.of(manifest, directory))
                .hasSize(1)
                .first()
                .asString()
                .contains("alert 100  by #3  patrol sent");
        assertThat(LateAcknowledgements.of(manifest, directory.resolve("elsewhere")))
                .containsExactly("acknowledgements after the window stand in the journal, which is not here");
    }

    @Test
    void aTriggerThatCannotBeWrittenDownIsNotLost() throws IOException {
        Files.createDirectories(directory.resolve("evidence"));
        Files.writeString(directory.resolve("evidence/pending"), "in the way");
        alert(collision(Severity.SEVERITY_CRITICAL, 0));
        room.turn();
        assertThat(errors).isNotEmpty();
        nowNs += 6 * SECOND_NS;
        room.turn();
        room.close();
        Files.delete(directory.resolve("evidence/pending"));
        errors.clear();
        room = room();
        room.turn();
        assertThat(room.pending()).hasSize(1);
    }

    @Test
    void fromTheFirstTurnOnNoAlertIsMissedByAServerThatIsKilled() {
        alert(collision(Severity.SEVERITY_CRITICAL, 0));
        final EvidenceRoom killed = room;
        room = room();
        room.turn();
        assertThat(room.pending()).hasSize(1);
        killed.close();
    }

    @Test
    void theHoldOfAnIncidentIsMadeGoodAfterAKill() {
        alert(collision(Severity.SEVERITY_CRITICAL, 0));
        room.turn();
        room.close();
        final EvidenceHolds holds = new EvidenceHolds(directory.resolve("journal"));
        holds.remove(holds.list().getFirst().id(), () -> nowNs);
        room = room();
        room.turn();
        assertThat(holds()).hasSize(1);
    }

    @Test
    void aWindowThatGrowsWhenItIsAboutToBeSealedIsNotSealedYet() {
        alert(collision(Severity.SEVERITY_CRITICAL, 0));
        room.turn();
        final long lastNs = nowNs + 89 * SECOND_NS;
        atMark = () -> {
            atMark = () -> {};
            room.freeze(new Trigger(
                    Trigger.Kind.MANUAL,
                    lastNs,
                    new Place(LAT, LON),
                    new Trigger.Cause("", 0, "centre", "and there again")));
        };
        pass(100);
        assertThat(room.store().ids()).isEmpty();
        assertThat(room.pending())
                .hasSize(1)
                .first()
                .satisfies(each -> assertThat(each.triggers()).hasSize(2));
        pass(90);
        assertThat(room.store().ids()).hasSize(1);
    }

    @Test
    void whatWasOnlyCountedIsCountedOnceAndToldAfterARestart() {
        for (int i = 0; i < 4; i++) {
            alert(collision(Severity.SEVERITY_CRITICAL, 1_000 * i));
        }
        nextAlert--;
        alert(collision(Severity.SEVERITY_CRITICAL, 3_000).setState(AlertState.ALERT_STATE_UPDATED));
        room.turn();
        assertThat(room.counts().suppressedCount()).isEqualTo(1);
        room.close();
        room = room();
        room.turn();
        assertThat(EvidenceList.of(room.store(), List.of()).path("suppressed").toString())
                .isEqualTo("{\"count\":1,\"last\":\"2026-01-01T00:00:00Z\"}");
        pass(100);
        assertThat(room.store().manifest(room.store().ids().getFirst()).path("notes"))
                .hasSize(1)
                .first()
                .asString()
                .contains("1 incidents were only counted");
    }

    @Test
    void harshBrakingLeavesHalfOfTheRoomToOthers() {
        for (int i = 0; i < 4; i++) {
            alert(collision(Severity.SEVERITY_CAUTION, 1_000 * i)
                    .setKind(AlertKind.ALERT_KIND_ABNORMAL_DRIVING)
                    .setReason(AlertReason.ALERT_REASON_HARSH_BRAKING));
        }
        room.turn();
        assertThat(room.pending()).hasSize(2);
        alert(collision(Severity.SEVERITY_CRITICAL, 9_000));
        room.turn();
        assertThat(room.pending()).hasSize(3);
    }

    @Test
    void allPackagesTogetherHaveABound() {
        totalMiB = 1;
        room.close();
        room = room();
        room.turn();
        for (int i = 0; i < 12; i++) {
            say(RecordKind.RECORD_KIND_RAW_VALUE, 0, new byte[30_000]);
        }
        final Trigger everywhere =
                new Trigger(Trigger.Kind.MANUAL, nowNs, null, new Trigger.Cause("", 0, "centre", "first"));
        room.freeze(everywhere);
        pass(100);
        assertThat(room.store().ids()).hasSize(1);
        alert(collision(Severity.SEVERITY_CRITICAL, 0));
        room.turn();
        pass(100);
        assertThat(room.store().ids()).hasSize(1);
        assertThat(room.pending()).hasSize(1);
        assertThat(errors).hasSize(1).allMatch(each -> each.getMessage().contains("evidence.limits.totalMiB is 1"));
        errors.clear();
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
