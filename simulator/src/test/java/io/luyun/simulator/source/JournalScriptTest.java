package io.luyun.simulator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.journal.JournalException;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.luyun.simulator.script.Device;
import io.luyun.simulator.script.StepFrames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal as the traffic of a load. */
final class JournalScriptTest {
    private static final long SEED = 20_261_130;
    private static final long MS = 1_000_000;
    private static final long BEGIN_MS = 1_767_225_599_000L;
    private static final long START_MS = 1_780_000_000_123L;
    private static final ByteString BUS_ID = ByteString.copyFromUtf8("VEHICLE1");
    private static final ByteString CAR_ID = ByteString.copyFromUtf8("VEHICLE2");

    @TempDir
    private Path directory;

    private final StepFrames frames = new StepFrames();

    /** Two vehicles for a second, the second one 30 ms after the first and with a clock 250 ms ahead, and a unit that sees one of them. */
    @BeforeEach
    void record() {
        final List<Throwable> errors = new ArrayList<>();
        final JournalConfig config =
                new JournalConfig(directory.toString(), 2_000, 256, 64, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        try (Journal journal =
                Journal.open(config, () -> BEGIN_MS * MS, new Counters(), new Latencies(), errors::add)) {
            final int bus = opened(journal, "bus-7", Role.ROLE_OBU);
            final int car = opened(journal, "car", Role.ROLE_OBU);
            final int unit = opened(journal, "rsu-x", Role.ROLE_RSU);
            for (int tenth = 0; tenth <= 10; tenth++) {
                final long atMs = BEGIN_MS + 100L * tenth;
                append(journal, RecordKind.RECORD_KIND_BSM_VALUE, bus, tenth + 1, atMs, bsm(BUS_ID, tenth, atMs));
                append(
                        journal,
                        RecordKind.RECORD_KIND_BSM_VALUE,
                        car,
                        tenth + 1,
                        atMs + 30,
                        bsm(CAR_ID, tenth, atMs + 280));
                append(
                        journal,
                        RecordKind.RECORD_KIND_RSM_VALUE,
                        unit,
                        tenth + 1,
                        atMs + 40,
                        Rsm.newBuilder()
                                .setId(ByteString.copyFromUtf8("UNIT0001"))
                                .setRefPos(position(500))
                                .addParticipants(RsmParticipant.newBuilder()
                                        .setId(BUS_ID)
                                        .setSecMark((int) (atMs % 60_000))
                                        .setPos(position(tenth)))
                                .build());
            }
        }
        assertThat(errors).isEmpty();
    }

    private static Position position(final int tenth) {
        return Position.newBuilder()
                .setLat(295_000_000 + 1_000 * tenth)
                .setLon(1_063_000_000)
                .build();
    }

    private static Bsm bsm(final ByteString id, final int tenth, final long clockMs) {
        return Bsm.newBuilder()
                .setId(id)
                .setSecMark((int) (clockMs % 60_000))
                .setPos(position(tenth))
                .build();
    }

    private static int opened(final Journal journal, final String id, final Role role) {
        final int device = journal.devices().indexOf(id);
        append(
                journal,
                RecordKind.RECORD_KIND_SESSION_OPENED_VALUE,
                device,
                0,
                BEGIN_MS,
                SessionOpened.newBuilder().setDeviceId(id).setRole(role).build());
        return device;
    }

    private static void append(
            final Journal journal,
            final int kind,
            final int device,
            final long number,
            final long atMs,
            final MessageLite message) {
        final byte[] bytes = message.toByteArray();
        journal.writer().append(kind, device, number, atMs * MS, new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private void write(final JournalScript script, final int tenth) {
        frames.clear();
        script.write(tenth, tenth / 10.0, START_MS + 100L * tenth, frames);
        assertThat(frames.devices()).isEqualTo(script.devices().size());
    }

    private List<byte[]> messages(final int device) {
        final List<byte[]> messages = new ArrayList<>();
        for (int i = frames.first(device); i < frames.first(device + 1); i++) {
            final byte[] bytes = new byte[frames.length(i)];
            frames.buffer().getBytes(frames.offset(i), bytes);
            messages.add(bytes);
        }
        return messages;
    }

    private Bsm bsm(final int device) throws Exception {
        assertThat(messages(device)).hasSize(1);
        assertThat(frames.kind(frames.first(device))).isEqualTo(MessageKind.MESSAGE_KIND_BSM_VALUE);
        return Bsm.parseFrom(messages(device).getFirst());
    }

    @Test
    void messagesComeAtTheirTimesWithTheirClocks() throws Exception {
        try (JournalScript script = new JournalScript(directory, JournalOptions.plain(false, SEED))) {
            assertThat(script.devices()).extracting(Device::id).containsExactly("veh-0001", "veh-0002");
            write(script, 0);
            assertThat(bsm(0).getSecMark()).isEqualTo((int) (START_MS % 60_000));
            assertThat(messages(1)).as("received 30 ms later").isEmpty();
            write(script, 1);
            assertThat(bsm(0).getSecMark()).isEqualTo((int) ((START_MS + 100) % 60_000));
            assertThat(bsm(0).getPos()).isEqualTo(position(1));
            // received 70 ms before this step, by a clock that was 250 ms ahead
            assertThat(bsm(1).getSecMark()).isEqualTo((int) ((START_MS + 100 - 70 + 250) % 60_000));
            assertThat(bsm(1).getPos()).isEqualTo(position(0));
            assertThat(bsm(0).getId()).isNotEqualTo(BUS_ID);
            assertThat(script.damage()).isEmpty();
        }
    }

    @Test
    void beginsAnewAfterASilenceWithOtherIds() throws Exception {
        try (JournalScript script = new JournalScript(directory, JournalOptions.plain(false, SEED))) {
            final Set<ByteString> ids = new HashSet<>();
            final List<Integer> spoken = new ArrayList<>();
            for (int tenth = 0; tenth < 100; tenth++) {
                write(script, tenth);
                if (!messages(0).isEmpty()) {
                    spoken.add(tenth);
                    ids.add(bsm(0).getId());
                }
            }
            // eleven messages up to 1.0 s; the journal ends at 1.03 s, the next round begins at 4.03 s, that after it
            // at 8.06 s
            assertThat(spoken).hasSize(33).contains(0, 10, 41, 51, 81, 91).doesNotContain(11, 40, 52, 80, 92);
            assertThat(ids).hasSize(3);
        }
    }

    @Test
    void copiesLieSideBySideWithTheirOwnIdsWhichUnitsKnow() throws Exception {
        final JournalOptions options = new JournalOptions(10, 0, 50, 0, true, 3_000, SEED);
        try (JournalScript script = new JournalScript(directory, options)) {
            assertThat(script.devices()).hasSize(30);
            assertThat(script.devices().get(19).id()).isEqualTo("veh-0020");
            assertThat(script.devices().get(29)).isEqualTo(new Device("rsu-10", Role.ROLE_RSU));
            write(script, 0);
            write(script, 1);
            final Set<ByteString> ids = new HashSet<>();
            for (int copy = 0; copy < 10; copy++) {
                final Bsm bus = bsm(2 * copy);
                assertThat((bus.getPos().getLat() - position(1).getLat()) * 0.0111320)
                        .isCloseTo(50.0 * copy, within(0.01));
                assertThat(bus.getPos().getLon()).isEqualTo(position(1).getLon());
                ids.add(bus.getId());
                ids.add(bsm(2 * copy + 1).getId());
                final Rsm rsm = Rsm.parseFrom(messages(20 + copy).getFirst());
                assertThat(rsm.getParticipants(0).getId()).isEqualTo(bus.getId());
                assertThat(rsm.getParticipants(0).getPos().getLat()
                                - position(0).getLat())
                        .isEqualTo(bus.getPos().getLat() - position(1).getLat());
                assertThat((rsm.getRefPos().getLat() - position(500).getLat()) * 0.0111320)
                        .as("the unit moves with what it sees")
                        .isCloseTo(50.0 * copy, within(0.01));
                ids.add(rsm.getId());
            }
            assertThat(ids).as("nobody is anybody else").hasSize(30);
        }
    }

    @Test
    void copiesMayAlsoDriveLater() throws Exception {
        try (JournalScript script =
                new JournalScript(directory, new JournalOptions(2, 0, 0, 0.5, false, 3_000, SEED))) {
            write(script, 0);
            assertThat(bsm(0).getPos()).isEqualTo(position(0));
            assertThat(bsm(2).getPos()).isEqualTo(position(5));
            assertThat(bsm(2).getSecMark()).isEqualTo((int) (START_MS % 60_000));
            for (int tenth = 1; tenth <= 36; tenth++) {
                write(script, tenth);
            }
            assertThat(messages(0)).isEmpty();
            assertThat(bsm(2).getPos()).as("in its second round").isEqualTo(position(0));
        }
        assertThatThrownBy(() -> new JournalOptions(2, 0, 0, 0, false, 0, SEED))
                .hasMessageContaining("must be shifted");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> new JournalScript(directory.resolve("none"), JournalOptions.plain(false, SEED)))
                .isInstanceOf(JournalException.class);
    }
}
