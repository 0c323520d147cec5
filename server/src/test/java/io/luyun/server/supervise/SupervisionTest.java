package io.luyun.server.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.proto.v1.Acceleration4Way;
import io.luyun.proto.v1.AlertReason;
import io.luyun.proto.v1.VehicleSafetyExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What test vehicles did, out of the journals; kept over restarts as if there were none. */
final class SupervisionTest {
    /** Noon in Chongqing. */
    private static final long NOON_NS = Instant.parse("2026-03-10T04:00:00Z").toEpochMilli() * 1_000_000L;

    private static final LocalDate DAY = LocalDate.of(2026, 3, 10);
    private static final Offset<Double> TENTH = within(0.11);
    private static final String VEHICLES = """
            utcOffsetMinutes: 480
            mode: {topic: "veh/*/state", pointer: /drive/mode, manual: ["1"], automated: ["2"], validSeconds: 3}
            vehicles:
              - {device: bus-1, plate: P1, enterprise: E, operator: O, permit: {from: 2026-01-01, to: 2026-03-20, fromHour: 7, toHour: 22}, roads: [Ring]}
              - {device: bus-2, permit: {number: T-2}}
            """;

    @TempDir
    private Path directory;

    private Path data;
    private TestVehicles vehicles;
    private Recorded recorded;
    private final List<String> events = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        data = directory.resolve("data");
        final Path file = directory.resolve("vehicles.yaml");
        Files.writeString(file, VEHICLES);
        vehicles = TestVehicles.read(file);
        recorded = new Recorded(data, NOON_NS);
    }

    @AfterEach
    void close() {
        recorded.close();
        assertThat(recorded.errors).isEmpty();
    }

    private JsonNode row(final String device) {
        return row(device, DAY);
    }

    private JsonNode row(final String device, final LocalDate day) {
        for (final JsonNode row :
                SupervisionReport.anew(data, vehicles, day, day, false).json().path("rows")) {
            if (row.path("device").asText().equals(device)) {
                return row;
            }
        }
        throw new AssertionError("no row of " + device + " on " + day);
    }

    private SupervisionRoom room() {
        return new SupervisionRoom(
                vehicles,
                data,
                (what, device, atNs, latE7, lonE7) -> events.add(what + " " + device + " " + latE7 + " " + lonE7),
                () -> recorded.nowNs,
                recorded.errors::add);
    }

    private void mode(final int mode) {
        recorded.tells("bus-1", "veh/bus-1/state", "{\"drive\":{\"mode\":" + mode + "}}");
    }

    @Test
    void waysAndTimesAreThoseOfTheModeThatWasTold() {
        recorded.opens("bus-1");
        recorded.drives("bus-1", 10, 10);
        for (int second = 0; second < 20; second++) {
            mode(2);
            recorded.drives("bus-1", 1, 20);
        }
        mode(1);
        // three seconds it is a person, then nobody knows
        recorded.drives("bus-1", 10, 5);
        final JsonNode row = row("bus-1");
        assertThat(row.path("automated").path("metres").asDouble()).isCloseTo(400, within(2.0));
        assertThat(row.path("automated").path("seconds").asDouble()).isCloseTo(20, TENTH);
        assertThat(row.path("manual").path("metres").asDouble()).isCloseTo(15, within(2.0));
        assertThat(row.path("manual").path("seconds").asDouble()).isCloseTo(3, TENTH);
        assertThat(row.path("unknown").path("metres").asDouble()).isCloseTo(134, within(2.0));
        assertThat(row.path("takeovers").asInt()).isEqualTo(1);
        assertThat(row.path("messages").asInt()).isEqualTo(400);
    }

    @Test
    void aTakeoverIsOneWhileItMovesAndTheNewModeIsTold() {
        recorded.opens("bus-1");
        recorded.drives("bus-1", 1, 0);
        mode(2);
        mode(1);
        recorded.drives("bus-1", 1, 8);
        mode(1);
        mode(2);
        // what it said of its speed is of no worth after a while
        recorded.nowNs += Duration.ofSeconds(20).toNanos();
        mode(2);
        mode(1);
        recorded.drives("bus-1", 1, 8);
        mode(2);
        recorded.tells("bus-1", "veh/bus-1/state", "no JSON");
        recorded.tells("bus-1", "veh/bus-1/other", "{\"drive\":{\"mode\":1}}");
        mode(1);
        try (SupervisionRoom room = room()) {
            room.turn();
            assertThat(events).containsExactly("TAKEOVER bus-1 " + Recorded.LAT + " " + Recorded.LON);
        }
        assertThat(row("bus-1").path("takeovers").asInt()).isEqualTo(1);
    }

    @Test
    void brakingFailuresAndLateMessagesAreCountedOnceEach() throws IOException {
        recorded.opens("bus-1");
        recorded.drives("bus-1", 1, 10);
        recorded.drives(
                "bus-1", 1, 8, bsm -> bsm.setAccel(Acceleration4Way.newBuilder().setLongitudinal(-650)));
        recorded.drives(
                "bus-1", 5, 8, bsm -> bsm.setAccel(Acceleration4Way.newBuilder().setLongitudinal(-590)));
        recorded.drives(
                "bus-1",
                1,
                8,
                bsm -> bsm.setSafetyExt(VehicleSafetyExtension.newBuilder().setEvents(1 << 7)));
        recorded.drives(
                "bus-1",
                1,
                8,
                bsm -> bsm.setSafetyExt(VehicleSafetyExtension.newBuilder().setEvents(1 << 12)));
        recorded.drives("bus-1", 0.5, 8, bsm -> bsm.setSecMark((bsm.getSecMark() + 60_000 - 1_500) % 60_000));
        try (SupervisionRoom room = room()) {
            room.turn();
        }
        assertThat(events).containsExactly("FAILURE bus-1 " + Recorded.LAT + " " + Recorded.LON);
        final JsonNode row = row("bus-1");
        assertThat(row.path("harshBrakings").asInt()).isEqualTo(2);
        assertThat(row.path("failures").asInt()).isEqualTo(1);
        assertThat(row.path("lateMessages").asInt()).isEqualTo(5);
        // What it did stands with its time and place, also behind a restart.
        try (SupervisionRoom again = room()) {
            again.turn();
            final JsonNode moments = new ObjectMapper()
                    .readTree(again.table())
                    .path("vehicles")
                    .get(0)
                    .path("moments");
            assertThat(moments.findValuesAsText("what")).containsExactly("failures", "harshBrakings", "harshBrakings");
            assertThat(moments.findValuesAsText("at"))
                    .isSortedAccordingTo(Comparator.reverseOrder())
                    .doesNotHaveDuplicates();
            assertThat(moments.at("/0/lat").asDouble()).isEqualTo(Recorded.LAT / 1e7);
            assertThat(moments.at("/0/lon").asDouble()).isEqualTo(Recorded.LON / 1e7);
        }
    }

    @Test
    void aSilenceIsOneOnlyWhileThereIsASession() {
        recorded.opens("bus-1");
        recorded.drives("bus-1", 1, 10);
        recorded.nowNs += Duration.ofSeconds(30).toNanos();
        recorded.drives("bus-1", 1, 10);
        recorded.closes("bus-1");
        recorded.nowNs += Duration.ofMinutes(5).toNanos();
        recorded.opens("bus-1");
        recorded.drives("bus-1", 1, 10);
        final JsonNode row = row("bus-1");
        assertThat(row.path("offline").asInt()).isEqualTo(1);
        assertThat(row.path("offlineSeconds").asDouble()).isCloseTo(30.1, TENTH);
        assertThat(row.path("unknown").path("seconds").asDouble()).isCloseTo(2.7, within(0.2));
    }

    @Test
    void drivingOutsideOfThePermitAndItsRoadsIsAViolation() {
        recorded.opens("bus-1");
        recorded.opens("bus-2");
        recorded.nowNs =
                NOON_NS + Duration.ofHours(9).toNanos() + Duration.ofMinutes(59).toNanos();
        recorded.drives("bus-1", 30, 10);
        assertThat(row("bus-1").path("outsidePermit").asInt()).isZero();
        recorded.off("bus-1", AlertReason.ALERT_REASON_OFF_ROAD);
        recorded.off("bus-1", AlertReason.ALERT_REASON_OUTSIDE_HOURS);
        recorded.off("stranger", AlertReason.ALERT_REASON_OFF_ROAD);
        recorded.drives("bus-1", 60, 10);
        // it stands: that is no driving
        recorded.drives("bus-1", 90, 0);
        recorded.drives("bus-1", 5, 10);
        recorded.drives("bus-2", 5, 10);
        assertThat(row("bus-1").path("outsidePermit").asInt()).isEqualTo(2);
        assertThat(row("bus-1").path("offRoad").asInt()).isEqualTo(1);
        assertThat(row("bus-1").path("outsideHours").asInt()).isEqualTo(1);
        assertThat(row("bus-2").path("outsidePermit").asInt()).isZero();
        recorded.nowNs = NOON_NS + Duration.ofDays(11).toNanos();
        recorded.drives("bus-1", 2, 10);
        assertThat(row("bus-1", DAY.plusDays(11)).path("outsidePermit").asInt()).isEqualTo(1);
    }

    @Test
    void whatIsKeptOverRestartsIsWhatTheJournalSays() throws IOException {
        final long seed = 5;
        final Random random = new Random(seed);
        recorded.nowNs = NOON_NS + Duration.ofDays(20).toNanos();
        recorded.opens("bus-1");
        recorded.opens("bus-2");
        SupervisionRoom room = room();
        for (int turn = 0; turn < 80; turn++) {
            final String device = "bus-" + (1 + random.nextInt(2));
            switch (random.nextInt(5)) {
                case 0 -> recorded.opens(device);
                case 1 -> recorded.closes(device);
                case 2 -> mode(1 + random.nextInt(2));
                case 3 ->
                    recorded.nowNs += Duration.ofMinutes(random.nextInt(1_500)).toNanos();
                default -> recorded.drives(device, 1 + random.nextInt(30), random.nextInt(20));
            }
            room.turn();
            if (random.nextInt(3) == 0) {
                room.close();
                room = room();
            }
        }
        room.turn();
        final JsonNode table = new ObjectMapper().readTree(room.table());
        room.close();
        final LocalDate first = DAY.withDayOfMonth(1);
        final LocalDate last = DAY.plusMonths(3);
        final JsonNode kept =
                SupervisionReport.kept(data, first, last, false).json().path("rows");
        final JsonNode anew = SupervisionReport.anew(data, vehicles, first, last, false)
                .json()
                .path("rows");
        assertThat(anew).as("seed %d", seed).hasSizeGreaterThan(4);
        assertThat(kept).hasSameSizeAs(anew);
        for (int i = 0; i < anew.size(); i++) {
            for (final String key : List.of("period", "device", "messages", "takeovers", "offline", "outsidePermit")) {
                assertThat(kept.get(i).path(key))
                        .as("row %d %s", i, key)
                        .isEqualTo(anew.get(i).path(key));
            }
            for (final Mode mode : Mode.values()) {
                assertThat(kept.get(i).path(mode.label()).path("metres").asDouble())
                        .isCloseTo(anew.get(i).path(mode.label()).path("metres").asDouble(), within(0.1));
            }
        }
        assertThat(data.resolve("supervision/2026-03.json")).exists();
        double month = 0;
        final String monthNow = table.path("day").asText().substring(0, 7);
        for (final JsonNode row : anew) {
            month += row.path("device").asText().equals("bus-1")
                            && row.path("period").asText().startsWith(monthNow)
                    ? row.path("messages").asLong()
                    : 0;
        }
        assertThat(table.path("vehicles").get(0).path("month").path("messages").asDouble())
                .isEqualTo(month);
    }

    @Test
    void aBacklogOfDaysIsAccountedWholeHoweverItIsCut() {
        recorded.opens("bus-1");
        for (int day = 0; day < 4; day++) {
            recorded.drives("bus-1", 60, 10);
            recorded.off("bus-1", AlertReason.ALERT_REASON_OFF_ROAD);
            recorded.nowNs += Duration.ofDays(1).toNanos();
        }
        for (int turn = 0; turn < 12; turn++) {
            try (SupervisionRoom room = room()) {
                room.turn(-1);
            }
        }
        try (SupervisionRoom room = room()) {
            room.turn();
        }
        final JsonNode kept =
                SupervisionReport.kept(data, DAY, DAY.plusDays(4), false).json().path("rows");
        for (int day = 0; day < 4; day++) {
            int messages = 0;
            int off = 0;
            for (final JsonNode row : kept) {
                if (row.path("period").asText().equals(DAY.plusDays(day).toString())) {
                    messages += row.path("messages").asInt();
                    off += row.path("offRoad").asInt();
                }
            }
            assertThat(messages).as("messages of day %d", day).isEqualTo(600);
            assertThat(off).as("alerts of day %d", day).isEqualTo(1);
        }
    }

    @Test
    void whatAVehicleDidThatIsNoLongerInTheFileStays() throws IOException {
        recorded.opens("bus-1");
        recorded.drives("bus-1", 1, 10);
        try (SupervisionRoom room = room()) {
            room.turn();
        }
        final Path fewer = directory.resolve("fewer.yaml");
        Files.writeString(fewer, "vehicles: [{device: bus-2, plate: P2}]");
        vehicles = TestVehicles.read(fewer);
        for (int start = 0; start < 2; start++) {
            try (SupervisionRoom room = room()) {
                room.turn();
            }
        }
        final String rows = SupervisionReport.kept(data, DAY, DAY, false).json().toString();
        assertThat(rows).contains("bus-1").contains("\"messages\":10");
    }

    @Test
    void aPermitOfTheNightHoldsInTheMorningBehindItsLastDay() {
        final TestVehicles.Permit night = new TestVehicles.Permit("T", DAY, DAY, 22, 6);
        assertThat(night.allows(DAY, 23)).isTrue();
        assertThat(night.allows(DAY.plusDays(1), 5.9)).isTrue();
        assertThat(night.allows(DAY.plusDays(1), 6)).isFalse();
        assertThat(night.allows(DAY.plusDays(1), 23)).isFalse();
        assertThat(night.allows(DAY, 5)).as("the night before the first day").isFalse();
    }

    @Test
    void theTableTellsWhoAndHow() throws IOException {
        recorded.opens("bus-1");
        mode(2);
        recorded.drives("bus-1", 1, 10);
        try (SupervisionRoom room = room()) {
            room.turn();
            JsonNode bus =
                    new ObjectMapper().readTree(room.table()).path("vehicles").get(0);
            assertThat(bus.path("plate").asText()).isEqualTo("P1");
            assertThat(bus.path("permit").path("to").asText()).isEqualTo("2026-03-20");
            assertThat(bus.path("roads").get(0).asText()).isEqualTo("Ring");
            assertThat(bus.path("mode").asText()).isEqualTo("AUTOMATED");
            assertThat(bus.path("online").asBoolean()).isTrue();
            assertThat(bus.path("permitted").asBoolean()).isTrue();
            assertThat(bus.path("speedMps").asDouble()).isEqualTo(10);
            assertThat(bus.path("today").path("messages").asInt()).isEqualTo(10);
            recorded.nowNs += Duration.ofHours(11).toNanos();
            room.turn();
            bus = new ObjectMapper().readTree(room.table()).path("vehicles").get(0);
            assertThat(bus.path("online").asBoolean()).isFalse();
            assertThat(bus.path("mode").asText()).isEqualTo("UNKNOWN");
            assertThat(bus.path("permitted").asBoolean()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "vehicles: [{device: a}]; vehicles[0].plate = nothing: must be a plate",
                "vehicles: [{device: a, plate: p}, {device: a, plate: q}]; vehicles[1].device = a: must stand there once",
                "vehicles: [{device: a, plate: p, permit: {from: x}}]; vehicles[0].permit.from = x: must be a day",
                "vehicles: [{device: a, plate: p, permit: {from: 2026-02-01, to: 2026-01-01}}]; vehicles[0].permit.to = 2026-01-01: must not be before",
                "vehicles: [{device: a, plate: p, permit: {fromHour: 7, toHour: 7}}]; vehicles[0].permit.toHour = 7.0: must not be fromHour",
                "vehicles: [{device: a, plate: p, permit: {toHour: 25}}]; vehicles[0].permit.toHour = 25.0: must be 0.0 to 24.0",
                "vehicles: [{device: a, plate: p, colour: red}]; Unrecognized field",
                "offlineSeconds: 3; vehicles = nothing: must be a list",
                "{mode: {topic: t, pointer: /m, manual: [x], automated: [x]}, vehicles: []}; mode.manual = x: must not be in",
                "{mode: {topic: t, pointer: m, manual: [x], automated: [y]}, vehicles: []}; mode.pointer = m: must begin with /",
            })
    void aFileThatCannotBeUsedIsNamedInOneLine(final String yaml, final String line) throws IOException {
        final Path file = directory.resolve("bad.yaml");
        Files.writeString(file, yaml);
        assertThatThrownBy(() -> TestVehicles.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("test vehicles " + file + ": " + line)
                .message()
                .satisfies(message -> assertThat(message.lines()).hasSize(1));
    }
}
