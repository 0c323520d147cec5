package io.luyun.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.luyun.proto.uper.Dialect;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.measure.Ledger;
import io.luyun.simulator.report.RunReport;
import io.luyun.simulator.report.Runs;
import io.luyun.simulator.report.Workers;
import io.luyun.simulator.scenario.Part;
import io.luyun.simulator.scenario.ResourceException;
import io.luyun.simulator.scenario.TinyServer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Processes that share a run, as real ones. */
final class WorkerProcessesTest {
    private static final String SCENARIO = """
            name: shared
            traffic: {vehicles: 9, units: 2, stepsPerSecond: 20}
            seconds: 1
            """;

    @Test
    void everyDeviceIsPlayedByOneOfThem() throws Exception {
        final List<RunReport> parts;
        try (TinyServer server = new TinyServer()) {
            try (WorkerProcesses workers = new WorkerProcesses(command(), 2, i -> job(SCENARIO, server.port(), i))) {
                parts = workers.run();
            }
            assertThat(server.failures()).isEmpty();
            assertThat(server.journal()).hasSize(11).containsKeys("veh-0001", "veh-0009", "rsu-01", "rsu-02");
            assertThat(server.journal().get("veh-0004")).hasSize(20);
            assertThat(server.duplicates()).isZero();
            final RunReport joined = Workers.joined(new Runs(List.of("a", "b"), parts));
            assertThat(joined.ledger().script().sent()).isEqualTo(server.journaled());
            assertThat(joined.ledger().answers().acknowledged()).isEqualTo(server.journaled());
            assertThat(joined.ledger().balances()).allMatch(Ledger.Balance::closes);
            assertThat(joined.latencyMicros().get("ack").count()).isEqualTo(server.journaled());
        }
        assertThat(parts).hasSize(2).allMatch(part -> part.ledger().script().sent() > 80);
    }

    @Test
    void oneThatCannotBeginEndsTheRun() throws Exception {
        try (WorkerProcesses workers = new WorkerProcesses(command(), 1, i -> job("name: shared\n", 1, i))) {
            assertThatThrownBy(workers::run)
                    .isInstanceOf(ResourceException.class)
                    .hasMessageStartingWith("worker 0 ended before its time");
        }
    }

    private static WorkerJob job(final String scenario, final int port, final int index) {
        return new WorkerJob(
                "shared.yaml",
                scenario,
                Path.of(""),
                LinkConfig.plain("127.0.0.1", port),
                null,
                null,
                Dialect.PHASE_2,
                null,
                new Part(index, 2),
                null,
                1e6);
    }

    /** This test's own JVM and classes. */
    private static List<String> command() {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> Stream.of("--add", "--enable", "--sun").anyMatch(argument::startsWith))
                .forEach(command::add);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.addAll(List.of(Main.class.getName(), "sim", "worker"));
        return command;
    }
}
