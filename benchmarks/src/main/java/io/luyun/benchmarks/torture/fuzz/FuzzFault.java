package io.luyun.benchmarks.torture.fuzz;

import io.luyun.benchmarks.torture.Fault;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Trial;
import java.io.IOException;
import java.util.List;

/** F15: every decoder is given what no sender should send. */
public final class FuzzFault implements Fault {
    private static final long INPUTS_A_CYCLE = 1_000;
    private static final long SOME_INPUTS = 300;

    @Override
    public String id() {
        return "F15";
    }

    @Override
    public String what() {
        return "mutated inputs for every decoder: UPER, protobuf, JSON, TCP, MQTT, UDP, HTTP, WebSocket, files, journal";
    }

    @Override
    public String promise() {
        return "nothing is thrown but what says why in one line, no buffer lost, time and memory of an input bounded";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException {
        final Outcome.Notes notes = new Outcome.Notes();
        try (Targets targets = Targets.in(trial.directory())) {
            final FuzzPlan plan =
                    FuzzPlan.inputs(trial.seed(), trial.brief() ? SOME_INPUTS : INPUTS_A_CYCLE * trial.cycles());
            final List<FuzzResult> results =
                    FuzzRun.run(targets.all(), plan, result -> trial.say().accept(result.line()));
            for (final FuzzResult result : results) {
                notes.expect(result.uncaught() == 0 && result.leaks() <= 0, result.line())
                        .inTime(result.holds(), result.line());
            }
            return notes.figure("decoders", results.size())
                    .figure(
                            "inputs",
                            results.stream().mapToLong(FuzzResult::inputs).sum())
                    .figure(
                            "uncaught",
                            results.stream().mapToLong(FuzzResult::uncaught).sum())
                    .figure(
                            "buffers lost",
                            results.stream()
                                    .mapToLong(result -> Math.max(0, result.leaks()))
                                    .sum())
                    .outcome();
        }
    }
}
