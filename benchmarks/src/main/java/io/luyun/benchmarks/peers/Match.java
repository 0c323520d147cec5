package io.luyun.benchmarks.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.benchmarks.rig.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Luyun against one peer: both are started, warmed up and given the same load in turn, each turn by a process of its own, while the
 * other idles. Both are ended and their data deleted whatever happens.
 */
public final class Match {
    private final Plan plan;
    private final OwnHost own;
    private final Hosts hosts;
    private final Processes processes;
    private final ObjectMapper mapper = new ObjectMapper();

    /**
     * Nothing is started yet.
     *
     * @param maven finds peers that are Maven artifacts
     * @param processes knows what runs, so that whoever is told to stop can end it
     */
    public Match(final Plan plan, final OwnHost own, final MavenJars maven, final Processes processes) {
        this.plan = plan;
        this.own = own;
        this.processes = processes;
        hosts = new Hosts(own, maven);
    }

    /**
     * Plays it.
     *
     * @param directory for data and logs; logs stay
     * @param onRound is told of each round when it is over, Luyun's turn first
     * @throws MissingPeerException when the peer is not to be had
     * @throws IOException when something does not start or does not hold
     */
    public MatchResult play(
            final Contender peer, final Path directory, final BiConsumer<TurnResult, TurnResult> onRound)
            throws IOException, InterruptedException {
        final String version = Programs.version(peer);
        final Path ofPeer = directory.resolve(peer.label());
        final Path ofLuyun = directory.resolve(peer.label() + "-luyun");
        final Path log = directory.resolve(peer.label() + "-generator.log");
        try (Hosts.Running other = processes.start(() -> hosts.start(peer, ofPeer));
                Hosts.Running luyun = processes.start(() -> hosts.start(Contender.LUYUN, ofLuyun))) {
            if (plan.warmUpSeconds() > 0) {
                turn(Contender.LUYUN, luyun, plan.warmUp(), log);
                turn(peer, other, plan.warmUp(), log);
            }
            final List<TurnResult> ours = new ArrayList<>();
            final List<TurnResult> theirs = new ArrayList<>();
            for (int round = 0; round < plan.rounds(); round++) {
                ours.add(turn(Contender.LUYUN, luyun, plan.load(), log));
                theirs.add(turn(peer, other, plan.load(), log));
                onRound.accept(ours.getLast(), theirs.getLast());
            }
            return new MatchResult(peer, version, ours, theirs);
        } catch (final MissingPeerException e) {
            throw e;
        } catch (final IOException e) {
            throw new IOException(
                    peer.label() + ": " + e.getMessage() + Child.lastLines(logOf(ofPeer))
                            + Child.lastLines(logOf(ofLuyun)) + Child.lastLines(log),
                    e);
        } finally {
            delete(ofPeer);
            delete(ofLuyun);
        }
    }

    private TurnResult turn(final Contender contender, final Hosts.Running under, final Load load, final Path log)
            throws IOException, InterruptedException {
        final Turn turn = new Turn(
                contender,
                under.port(),
                under.child().pid(),
                ProcessHandle.current().pid(),
                plan.foreignLimitPercent());
        try (Hosts.Running generator = processes.start(
                () -> new Hosts.Running(own.generator(turn, load, under.classPath(), log), under.port()))) {
            return mapper.readValue(generator.child().awaitResult(), TurnResult.class);
        }
    }

    private static Path logOf(final Path directory) {
        return directory.resolveSibling(directory.getFileName() + ".log");
    }

    static void delete(final Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
