package io.luyun.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.luyun.proto.uper.Dialect;
import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertDelivery;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Error;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.simulator.link.DeviceClient;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.measure.Count;
import io.luyun.simulator.measure.Totals;
import io.luyun.simulator.plan.Faults;
import io.luyun.simulator.plan.LinkPlan;
import io.luyun.simulator.plan.LoadScenario;
import io.luyun.simulator.plan.Outage;
import io.luyun.simulator.plan.Rates;
import io.luyun.simulator.plan.TrafficPlan;
import io.luyun.simulator.report.LoadReport;
import io.luyun.simulator.script.Device;
import io.luyun.simulator.script.Script;
import io.luyun.simulator.script.StepFrames;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;

class LoadRunTest {
    private static final int VEHICLES = 30;
    private static final int RSUS = 3;

    private static final Script SCRIPT = new Everybody(Long.MAX_VALUE);

    @Test
    void everyMessageIsSentOnceInOrderAndAcknowledged() throws Exception {
        try (TinyServer server = new TinyServer()) {
            final List<RunResult> seconds = new ArrayList<>();
            final RunResult result = run(server, plain(50, 2, false), seconds);

            assertThat(server.failures()).isEmpty();
            final long expected = 2 * 50 * (VEHICLES + 2 * RSUS);
            assertThat(result.totals().sent()).isEqualTo(expected);
            assertThat(result.totals().acked()).isEqualTo(expected);
            assertThat(result.totals().unacked()).isZero();
            assertThat(server.journaled()).isEqualTo(expected);
            assertThat(server.duplicates()).isZero();
            assertThat(server.journal()).containsKeys("veh-0001", "veh-0030", "rsu-01", "rsu-03");
            final List<Integer> counts = server.journal().get("veh-0007").values().stream()
                    .map(message -> message.getBsm().getMsgCnt())
                    .toList();
            assertThat(counts).hasSize(100).isSorted();
            assertThat(server.journal().get("veh-0007").get(5L).getBsm().getSpeed())
                    .isEqualTo(6);
            assertThat(result.totals().ack().getTotalCount()).isEqualTo(expected);
            assertThat(result.totals().lag().getTotalCount()).isEqualTo(expected);
            assertThat(result.seconds()).isBetween(1.9, 5.0);
            assertThat(seconds).isNotEmpty();
            assertThat(LoadReport.json(result, null))
                    .startsWith("{\"sent\":" + expected + ",\"acked\":" + expected + ",");
        }
    }

    @Test
    void whatABreakLeftUnansweredIsSentAgainAndNothingTwice() throws Exception {
        try (TinyServer server = new TinyServer()) {
            server.breakAfter(40);
            final RunResult result = run(server, plain(50, 2, false), new ArrayList<>());

            assertThat(server.failures()).isEmpty();
            assertThat(result.totals().unacked()).isZero();
            assertThat(result.totals().reconnects()).isPositive();
            assertThat(server.journaled()).isEqualTo(result.totals().sent());
            assertThat(server.duplicates()).isZero();
        }
    }

    @Test
    void refusalsAreCountedByReasonAndAlertsByKind() throws Exception {
        final Error tooFast = Error.newBuilder()
                .setCode(ErrorCode.ERROR_CODE_OUT_OF_RANGE)
                .setField("message.bsm.speed")
                .build();
        try (TinyServer server = new TinyServer(message -> message.getBsm().getSpeed() == 9 ? tooFast : null)) {
            server.greet(ServerFrame.newBuilder()
                    .setAlert(AlertDelivery.newBuilder()
                            .setReceivedAtNs(SystemEpochNanoClock.INSTANCE.nanoTime())
                            .setAlert(Alert.newBuilder()
                                    .setAlertId(77)
                                    .setKind(AlertKind.ALERT_KIND_FCW)
                                    .setState(AlertState.ALERT_STATE_RAISED)))
                    .build());
            final RunResult result = run(server, plain(50, 1, true), new ArrayList<>());

            assertThat(server.failures()).isEmpty();
            assertThat(result.totals().refusedByReason())
                    .containsExactly(Map.entry("OUT_OF_RANGE message.bsm.speed", 50L));
            assertThat(result.totals().refused()).isEqualTo(50);
            assertThat(result.totals().unacked()).isZero();
            assertThat(server.journaled()).isEqualTo(result.totals().acked());
            assertThat(result.alerts()).containsExactly(Map.entry("FCW", 1L));
            assertThat(result.totals().alert().getTotalCount()).isEqualTo(VEHICLES + RSUS);
        }
    }

    @Test
    void whatIsNotAnsweredIsToldAfterTheWait() throws Exception {
        try (TinyServer server = new TinyServer()) {
            server.mute(true);
            final RunResult result = run(server, plain(20, 1, false), new ArrayList<>());

            assertThat(result.totals().unacked())
                    .isEqualTo(result.totals().sent())
                    .isPositive();
        }
    }

    @Test
    void aServerThatIsNotThereIsAResourceProblem() throws Exception {
        final int port;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }
        final LoadRun run = new LoadRun(
                plain(50, 1, false),
                target(port),
                SCRIPT,
                List.of(),
                SystemNanoClock.INSTANCE,
                SystemEpochNanoClock.INSTANCE,
                300);
        assertThatThrownBy(() -> run.run(_ -> {}))
                .isInstanceOf(ResourceException.class)
                .hasMessageContaining("33 sessions are not open")
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void aFailingScriptEndsTheRun() throws Exception {
        try (TinyServer server = new TinyServer()) {
            final LoadRun run = new LoadRun(
                    plain(50, 5, false),
                    target(server.port()),
                    new Everybody(3),
                    List.of(),
                    SystemNanoClock.INSTANCE,
                    SystemEpochNanoClock.INSTANCE,
                    5_000);
            assertThatThrownBy(() -> run.run(_ -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("a bug");
        }
    }

    @Test
    void ratesThatChangeLeaveNoStepOut() throws Exception {
        final Rates rates = new Rates(List.of(new Rates.Stretch(1, 20, 60), new Rates.Stretch(1, 30, 30)));
        try (TinyServer server = new TinyServer()) {
            final RunResult result = run(server, scenario(rates, List.of(), List.of()), new ArrayList<>());

            assertThat(server.failures()).isEmpty();
            final int steps = 40 + 30;
            assertThat(result.totals().sent()).isEqualTo(steps * (VEHICLES + 2L * RSUS));
            assertThat(server.journaled()).isEqualTo(result.totals().sent());
            assertThat(server.journal().get("veh-0003").values().stream()
                            .map(message -> message.getBsm().getMsgCnt()))
                    .containsExactlyElementsOf(IntStream.range(0, steps).boxed().toList());
        }
    }

    @Test
    void whatGoesWrongIsCountedAndTheAccountCloses() throws Exception {
        final Faults faults = new Faults(0.2, 0.1, 0.1, 0, 0);
        final LinkPlan vehicles = new LinkPlan(Role.ROLE_OBU, 0.5, LinkPlan.Carrier.NATIVE, faults);
        try (TinyServer server = new TinyServer()) {
            final RunResult result =
                    run(server, scenario(Rates.constant(50), List.of(vehicles), List.of()), new ArrayList<>());

            assertThat(server.failures()).isEmpty();
            final Totals totals = result.totals();
            final long offered = 2 * 50 * (VEHICLES + 2L * RSUS);
            assertThat(totals.of(Count.WITHHELD)).isBetween(150L, 450L);
            assertThat(totals.sent() + totals.of(Count.WITHHELD)).isEqualTo(offered);
            assertThat(totals.of(Count.REPEATED)).isBetween(40L, 250L);
            assertThat(server.duplicates()).isEqualTo(totals.of(Count.REPEATED));
            assertThat(server.journaled()).isEqualTo(totals.sent()).isEqualTo(totals.acked());
            final List<Integer> swapped = server.journal().values().stream()
                    .filter(messages -> !messages.firstEntry().getValue().hasRsm())
                    .map(messages -> messages.values().stream()
                            .map(message -> message.getBsm().getMsgCnt())
                            .toList())
                    .filter(counts -> !counts.equals(counts.stream().sorted().toList()))
                    .map(List::size)
                    .toList();
            assertThat(swapped).as("vehicles with messages out of turn").hasSizeBetween(10, VEHICLES / 2);
        }
    }

    @Test
    void aLinkThatGoesComesAgainAndNothingIsMissing() throws Exception {
        final Outage outage = new Outage(0.5, 0.5, 0.3, true);
        try (TinyServer server = new TinyServer()) {
            final RunResult result =
                    run(server, scenario(Rates.constant(50), List.of(), List.of(outage)), new ArrayList<>());

            assertThat(server.failures()).isEmpty();
            assertThat(result.totals().reconnects()).isBetween(16L, 17L);
            assertThat(result.totals().closedByReason())
                    .containsExactly(
                            Map.entry(DeviceClient.ON_PURPOSE, result.totals().reconnects()));
            assertThat(result.totals().shed()).isZero();
            assertThat(result.totals().sent()).isEqualTo(2 * 50 * (VEHICLES + 2L * RSUS));
            assertThat(server.journaled())
                    .isEqualTo(result.totals().sent())
                    .isEqualTo(result.totals().acked());
        }
    }

    private static LoadScenario plain(final double rate, final int seconds, final boolean observe) {
        return LoadScenario.plain(
                TrafficPlan.zone(VEHICLES, RSUS, false), rate, seconds, 0, 1, AckLevel.ACK_LEVEL_SYNCED, observe);
    }

    /** Two seconds. */
    private static LoadScenario scenario(final Rates rates, final List<LinkPlan> links, final List<Outage> outages) {
        return new LoadScenario(
                "test",
                "",
                "",
                TrafficPlan.zone(VEHICLES, RSUS, false),
                rates,
                50,
                2,
                0,
                1,
                AckLevel.ACK_LEVEL_SYNCED,
                links,
                List.of(),
                outages,
                List.of(),
                null,
                "");
    }

    private static LoadTarget target(final int port) {
        return new LoadTarget(LinkConfig.plain("127.0.0.1", port), null, null, Dialect.PHASE_2, null, 2, 2_000);
    }

    private static RunResult run(final TinyServer server, final LoadScenario scenario, final List<RunResult> seconds)
            throws Exception {
        return new LoadRun(
                        scenario,
                        target(server.port()),
                        SCRIPT,
                        List.of(),
                        SystemNanoClock.INSTANCE,
                        SystemEpochNanoClock.INSTANCE,
                        5_000)
                .run(seconds::add);
    }

    /** One message of every vehicle and two of every roadside unit, until it fails. */
    private record Everybody(long failsAt) implements Script {
        @Override
        public List<Device> devices() {
            return IntStream.range(0, VEHICLES + RSUS)
                    .mapToObj(i -> i < VEHICLES
                            ? new Device(String.format(Locale.ROOT, "veh-%04d", i + 1), Role.ROLE_OBU)
                            : new Device(String.format(Locale.ROOT, "rsu-%02d", i - VEHICLES + 1), Role.ROLE_RSU))
                    .toList();
        }

        @Override
        public void write(final long step, final double seconds, final long utcMs, final StepFrames out) {
            for (int i = 0; i < VEHICLES; i++) {
                out.nextDevice();
                out.add(
                        MessageKind.MESSAGE_KIND_BSM_VALUE,
                        Bsm.newBuilder()
                                .setMsgCnt((int) (step & 127))
                                .setSpeed(i)
                                .build());
            }
            for (int i = 0; i < RSUS; i++) {
                out.nextDevice();
                out.add(
                        MessageKind.MESSAGE_KIND_RSM_VALUE,
                        Rsm.newBuilder().setMsgCnt(1).build());
                out.add(
                        MessageKind.MESSAGE_KIND_RSM_VALUE,
                        Rsm.newBuilder().setMsgCnt(2).build());
            }
            if (step == failsAt) {
                throw new IllegalArgumentException("a bug");
            }
        }
    }
}
