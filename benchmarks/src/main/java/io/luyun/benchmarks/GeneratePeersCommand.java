package io.luyun.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.benchmarks.peers.Contender;
import io.luyun.benchmarks.peers.Load;
import io.luyun.benchmarks.peers.Turn;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The process that sends to Luyun or a peer in one turn of {@link PeersCommand}. */
@Command(name = "generate-peers", hidden = true, description = "Sends reports to a system on loopback at a fixed rate.")
final class GeneratePeersCommand implements Callable<Integer> {
    @Option(names = "--contender", required = true, description = "What is at the other end.")
    private String contender = "";

    @Option(names = "--port", required = true, description = "Where to.")
    private int port;

    @Option(names = "--pid", required = true, description = "Process of the system.")
    private long pid;

    @Option(names = "--harness", required = true, description = "Process that measures.")
    private long harness;

    @Option(
            names = "--max-foreign",
            required = true,
            description = "What others may use of a core in a second that counts.")
    private double foreignLimitPercent;

    @Option(names = "--rate", required = true, description = "Messages a second.")
    private int rate;

    @Option(names = "--connections", required = true, description = "Connections.")
    private int connections;

    @Option(names = "--alert-every", required = true, description = "One in so many concerns somebody.")
    private int every;

    @Option(names = "--lead", required = true, description = "Seconds before those that are measured.")
    private int leadSeconds;

    @Option(names = "--seconds", required = true, description = "Seconds that are measured.")
    private int seconds;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    /** The words that lead to this turn. */
    static List<String> words(final Turn turn, final Load load) {
        return List.of(
                "generate-peers",
                "--contender=" + turn.contender().label(),
                "--port=" + turn.port(),
                "--pid=" + turn.server(),
                "--harness=" + turn.harness(),
                "--max-foreign=" + turn.foreignLimitPercent(),
                "--rate=" + load.rate(),
                "--connections=" + load.vehicles(),
                "--alert-every=" + load.every(),
                "--lead=" + load.leadSeconds(),
                "--seconds=" + load.seconds());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Turn turn = new Turn(Contender.of(contender), port, pid, harness, foreignLimitPercent);
        final Load load = new Load(rate, connections, every, leadSeconds, seconds);
        final PrintWriter out = spec.commandLine().getOut();
        out.println(new ObjectMapper().writeValueAsString(turn.run(load, new FleetReports(connections))));
        out.flush();
        return 0;
    }
}
