package io.luyun.benchmarks.browsers;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.benchmarks.peers.Contender;
import io.luyun.benchmarks.peers.Load;
import io.luyun.benchmarks.peers.OwnHost;
import io.luyun.benchmarks.peers.Turn;
import io.luyun.benchmarks.peers.TurnResult;
import io.luyun.benchmarks.rig.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** One server, and turns with no, one and many browsers that follow each other, in another order in each round. */
public final class Rounds {
    /** A generator that has sent its last message ends within this; what comes meanwhile is not counted. */
    private static final long END_NS = TimeUnit.SECONDS.toNanos(1);

    private final WatchPlan plan;
    private final OwnHost own;
    private final Path directory;
    private final ObjectMapper mapper = new ObjectMapper();

    /**
     * Nothing is started yet.
     *
     * @param directory for the server's data and what the processes say
     */
    public Rounds(final WatchPlan plan, final OwnHost own, final Path directory) {
        this.plan = plan;
        this.own = own;
        this.directory = directory;
    }

    /**
     * Measures.
     *
     * @param onTurn is told of each turn and its round, from 1, when it is over
     * @return for each round its turns
     * @throws IOException when something does not start or does not hold
     */
    public List<List<WatchTurn>> run(final BiConsumer<Integer, WatchTurn> onTurn)
            throws IOException, InterruptedException {
        final Path log = directory.resolve("log");
        final List<List<WatchTurn>> rounds = new ArrayList<>();
        try (Child server = own.luyun(directory, log)) {
            server.awaitReady();
            if (plan.warmUpSeconds() > 0) {
                turn(server, plan.browsers(), plan.warmUp(), log);
            }
            for (int round = 1; round <= plan.rounds(); round++) {
                final List<Integer> crowds = new ArrayList<>(plan.crowds());
                Collections.rotate(crowds, 1 - round);
                final List<WatchTurn> turns = new ArrayList<>();
                for (final int browsers : crowds) {
                    turns.add(turn(server, browsers, plan.load(), log));
                    onTurn.accept(round, turns.getLast());
                }
                rounds.add(turns);
            }
            return rounds;
        } catch (final IOException e) {
            throw new IOException(e.getMessage() + Child.lastLines(log), e);
        }
    }

    private WatchTurn turn(final Child server, final int browsers, final Load load, final Path log)
            throws IOException, InterruptedException {
        final int cores = Runtime.getRuntime().availableProcessors();
        if (browsers == 0) {
            return new WatchTurn(0, cores, generate(server, load, log), Sight.NONE);
        }
        try (Crowd crowd = Crowd.open(server.awaitReady("http"), browsers, plan.hz())) {
            final TurnResult result = generate(server, load, log);
            final long endNs = System.nanoTime();
            final long sentNs = TimeUnit.SECONDS.toNanos(load.leadSeconds() + load.seconds());
            return new WatchTurn(browsers, cores, result, crowd.between(endNs - sentNs, endNs - END_NS));
        }
    }

    private TurnResult generate(final Child server, final Load load, final Path log)
            throws IOException, InterruptedException {
        final Turn turn = new Turn(
                Contender.LUYUN,
                server.awaitReady(),
                server.pid(),
                ProcessHandle.current().pid(),
                plan.goals().foreignPercent());
        try (Child generator = own.generator(turn, load, List.of(), log)) {
            return mapper.readValue(generator.awaitResult(), TurnResult.class);
        }
    }
}
