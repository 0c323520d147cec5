package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Error;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.Topic;
import io.luyun.server.monitor.Counter;
import io.luyun.server.research.RecordLines;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import io.luyun.server.research.TextBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The messages of phase II through a real session, journal and road; what must not go through does not. */
final class Phase2Test {
    private static final Set<MessageKind> OF_UNITS = EnumSet.of(
            MessageKind.MESSAGE_KIND_TEST,
            MessageKind.MESSAGE_KIND_RTCM,
            MessageKind.MESSAGE_KIND_RSC,
            MessageKind.MESSAGE_KIND_SSM,
            MessageKind.MESSAGE_KIND_PAM);
    private static final Set<MessageKind> OF_VEHICLES =
            EnumSet.of(MessageKind.MESSAGE_KIND_VIR, MessageKind.MESSAGE_KIND_PSM, MessageKind.MESSAGE_KIND_CLPMM);

    @TempDir
    private Path directory;

    private final TestClock clock = new TestClock();

    @Test
    void eachIsTakenByItsRoleJournaledOnceAndPrinted() throws Exception {
        try (TestServer server = start()) {
            sendTwice(server, Role.ROLE_RSU, OF_UNITS);
            sendTwice(server, Role.ROLE_OBU, OF_VEHICLES);
            final Set<MessageKind> all = EnumSet.copyOf(OF_UNITS);
            all.addAll(OF_VEHICLES);
            for (final MessageKind kind : all) {
                assertThat(server.journaled(RecordKind.forNumber(kind.getNumber())))
                        .as(kind.name())
                        .hasSize(1);
            }
        }
        final String printed = cat();
        assertThat(printed)
                .contains("\"kind\":\"TEST\"", "\"user_data\":\"0102030405060708\"")
                .contains("\"kind\":\"RTCM\"", "\"corrections\":[{\"payload\":\"0102030405060708\"}]")
                .contains("\"kind\":\"RSC\"", "\"coordinates\":[{\"veh_id\":\"0102030405060708\"}]")
                .contains("\"kind\":\"SSM\"", "\"participants\":[{\"ptc\":{\"ptc_type\":\"PARTICIPANT_MOTOR\"")
                .contains("\"kind\":\"VIR\"", "\"int_and_req\":{\"current_behavior\":1}")
                .contains("\"kind\":\"PAM\"", "\"parking_lot_info\":{\"name\":\"P1\"}")
                .contains("\"kind\":\"PSM\"", "\"overall_radius\":4")
                .contains("\"kind\":\"CLPMM\"", "\"capacity\":10,\"open_to_join\":true");
    }

    /** Sends one of each, and all of them again after a reconnect. */
    private void sendTwice(final TestServer server, final Role role, final Set<MessageKind> kinds) throws IOException {
        for (int round = 0; round < 2; round++) {
            try (TestDevice device = server.open("device-" + role, role, 5)) {
                int number = 0;
                for (final MessageKind kind : kinds) {
                    send(device, ++number, Phase2Messages.of(kind, clock.secMark()), kind);
                }
                device.awaitAck(number);
                assertThat(device.frames()).noneMatch(ServerFrame::hasError);
            }
        }
    }

    @Test
    void aRoleDoesNotSendTheOthersKindsNorAnybodyAPayment() throws IOException {
        try (TestServer server = start();
                TestDevice unit = server.open("rsu-1", Role.ROLE_RSU, 1);
                TestDevice car = server.open("car-1", Role.ROLE_OBU, 1)) {
            refuseAll(unit, OF_VEHICLES, "must be a kind the registry lets this device send");
            refuseAll(car, OF_UNITS, "must be a kind the registry lets this device send");
            final String never =
                    "is taken on a payment topic only: what a payment tells of its payer belongs in no journal";
            send(unit, 90, Phase2Messages.of(MessageKind.MESSAGE_KIND_VPM, 0), MessageKind.MESSAGE_KIND_VPM);
            assertError(unit, 90, ErrorCode.ERROR_CODE_NOT_ALLOWED, "message", "VPM", never);
            send(car, 91, Phase2Messages.of(MessageKind.MESSAGE_KIND_VPM, 0), MessageKind.MESSAGE_KIND_VPM);
            assertError(car, 91, ErrorCode.ERROR_CODE_NOT_ALLOWED, "message", "VPM", never);
            assertThat(server.count(Counter.REFUSED_NOT_ALLOWED)).isEqualTo(OF_VEHICLES.size() + OF_UNITS.size() + 2);
            for (final MessageKind kind : MessageKind.values()) {
                if (kind != MessageKind.UNRECOGNIZED && kind != MessageKind.MESSAGE_KIND_UNSPECIFIED) {
                    assertThat(server.journaled(RecordKind.forNumber(kind.getNumber())))
                            .isEmpty();
                }
            }
        }
    }

    private void refuseAll(final TestDevice device, final Set<MessageKind> kinds, final String rule) {
        int number = 0;
        for (final MessageKind kind : kinds) {
            send(device, ++number, Phase2Messages.of(kind, clock.secMark()), kind);
            assertError(
                    device,
                    number,
                    ErrorCode.ERROR_CODE_NOT_ALLOWED,
                    "message",
                    kind.name().substring("MESSAGE_KIND_".length()),
                    rule);
        }
    }

    @Test
    void badInputIsNamed() throws IOException {
        try (TestServer server = start();
                TestDevice unit = server.open("rsu-1", Role.ROLE_RSU, 1);
                TestDevice car = server.open("car-1", Role.ROLE_OBU, 1)) {
            final var ssm = Phase2Messages.ssm(clock.secMark());
            ssm.getParticipantsBuilder(0).getPtcBuilder().setSpeed(8191);
            send(unit, 1, ssm.build(), MessageKind.MESSAGE_KIND_SSM);
            assertError(
                    unit,
                    1,
                    ErrorCode.ERROR_CODE_OUT_OF_RANGE,
                    "message.ssm.participants[0].ptc.speed",
                    "8191",
                    "0..8190 in 0.02 m/s; leave it out when unknown");
            final var clpmm = Phase2Messages.clpmm(clock.secMark());
            clpmm.getLeadingExtBuilder().clearOpenToJoin();
            send(car, 1, clpmm.build(), MessageKind.MESSAGE_KIND_CLPMM);
            assertError(
                    car,
                    1,
                    ErrorCode.ERROR_CODE_MISSING,
                    "message.clpmm.leading_ext.open_to_join",
                    "absent",
                    "required");
            final int behind = (clock.secMark() + 30_000) % 60_000;
            send(car, 2, Phase2Messages.of(MessageKind.MESSAGE_KIND_PSM, behind), MessageKind.MESSAGE_KIND_PSM);
            final Error late = error(car, 2);
            assertThat(late.getCode()).isEqualTo(ErrorCode.ERROR_CODE_CLOCK);
            assertThat(late.getField()).isEqualTo("message.psm.sec_mark");
            assertThat(late.getValue()).isEqualTo(Integer.toString(behind));
            assertThat(server.journaled(RecordKind.RECORD_KIND_SSM)).isEmpty();
        }
    }

    @Test
    void theRegistryBindsIdsAndPlaces() throws IOException {
        Files.writeString(directory.resolve("registry.yaml"), """
                devices:
                  - {id: rsu-1, role: RSU, kinds: [SSM, RSC, PAM], ids: [0102030405060708], area: {south: 1, west: 1, north: 2, east: 2}}
                  - {id: vru-1, role: OBU, kinds: [PSM, CLPMM], ids: ["0000000000000001"]}
                """);
        try (TestServer server = new TestServer(directory, "shared", clock, ", registry: registry.yaml", "");
                TestDevice unit = server.open("rsu-1", Role.ROLE_RSU, 1);
                TestDevice person = server.open("vru-1", Role.ROLE_OBU, 1)) {
            send(
                    unit,
                    1,
                    Phase2Messages.of(MessageKind.MESSAGE_KIND_SSM, clock.secMark()),
                    MessageKind.MESSAGE_KIND_SSM);
            assertThat(error(unit, 1).getField()).isEqualTo("message.ssm.sensor_pos");
            send(
                    unit,
                    2,
                    Phase2Messages.of(MessageKind.MESSAGE_KIND_RSC, clock.secMark()),
                    MessageKind.MESSAGE_KIND_RSC);
            assertThat(error(unit, 2).getField()).isEqualTo("message.rsc.ref_pos");
            send(
                    unit,
                    3,
                    Phase2Messages.of(MessageKind.MESSAGE_KIND_PAM, clock.secMark()),
                    MessageKind.MESSAGE_KIND_PAM);
            assertThat(error(unit, 3).getField()).isEqualTo("message.pam.nodes[0].ref_pos");
            send(
                    person,
                    1,
                    Phase2Messages.of(MessageKind.MESSAGE_KIND_PSM, clock.secMark()),
                    MessageKind.MESSAGE_KIND_PSM);
            assertError(
                    person,
                    1,
                    ErrorCode.ERROR_CODE_NOT_ALLOWED,
                    "message.psm.id",
                    "0102030405060708",
                    "must be one of the ids the registry gives this device");
            send(
                    person,
                    2,
                    Phase2Messages.of(MessageKind.MESSAGE_KIND_CLPMM, clock.secMark()),
                    MessageKind.MESSAGE_KIND_CLPMM);
            assertThat(error(person, 2).getField()).isEqualTo("message.clpmm.id");
            assertThat(server.count(Counter.REFUSED_NOT_ALLOWED)).isEqualTo(5);
        }
    }

    @Test
    void whoWatchesSeesWhatIsSharedAndThePerson() throws IOException {
        try (TestServer server = start();
                TestDevice unit = server.open("rsu-1", Role.ROLE_RSU, 1);
                TestDevice person = server.open("vru-1", Role.ROLE_OBU, 1);
                TestDevice observer = server.open("observer-1", Role.ROLE_OBSERVER, 1)) {
            observer.subscribe(Subscribe.newBuilder().setSubscriptionId(1).addTopics(Topic.TOPIC_PARTICIPANTS));
            for (int number = 1; number <= 4; number++) {
                clock.passMillis(100);
                send(
                        unit,
                        number,
                        Phase2Messages.of(MessageKind.MESSAGE_KIND_SSM, clock.secMark()),
                        MessageKind.MESSAGE_KIND_SSM);
                send(
                        person,
                        number,
                        Phase2Messages.of(MessageKind.MESSAGE_KIND_PSM, clock.secMark()),
                        MessageKind.MESSAGE_KIND_PSM);
                unit.awaitAck(number);
                person.awaitAck(number);
            }
            observer.await(frame -> frame.getUpdate().getParticipantsList().stream()
                    .anyMatch(state -> state.getPos().equals(Messages.position(50))));
            observer.await(frame -> frame.getUpdate().getParticipantsList().stream()
                    .anyMatch(state -> state.getPos().equals(Messages.position(0))));
            assertThat(server.count(Counter.WORLD_REJECTED)).isZero();
        }
    }

    private TestServer start() throws IOException {
        return new TestServer(directory, "shared", clock, "");
    }

    private static void send(final TestDevice device, final long number, final Message body, final MessageKind kind) {
        final var message = io.luyun.proto.v1.Message.newBuilder().setNumber(number);
        message.setField(message.getDescriptorForType().findFieldByNumber(kind.getNumber() + 1), body);
        device.send(DeviceFrame.newBuilder().setMessage(message));
    }

    private static Error error(final TestDevice device, final long number) {
        return device.await(frame -> frame.hasError() && frame.getError().getNumber() == number)
                .getError();
    }

    private static void assertError(
            final TestDevice device,
            final long number,
            final ErrorCode code,
            final String field,
            final String value,
            final String rule) {
        final Error error = error(device, number);
        assertThat(error.getCode()).isEqualTo(code);
        assertThat(error.getField()).isEqualTo(field);
        assertThat(error.getValue()).isEqualTo(value);
        assertThat(error.getRule()).isEqualTo(rule);
        assertThat(error.getCloses()).isFalse();
    }

    /** What the journal holds, in the lines that the command prints. */
    private String cat() {
        final TextBytes lines = new TextBytes();
        final RecordLines printer = new RecordLines(RecordLines.Form.NDJSON, false);
        try (Records records = Recording.open(directory.resolve("data/journal")).messages(Selection.ALL)) {
            while (records.next()) {
                printer.print(lines, records);
            }
            assertThat(records.damage()).isEmpty();
        }
        return lines.toString();
    }
}
