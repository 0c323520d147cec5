package io.luyun.benchmarks.torture.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.server.ServerLine;
import io.luyun.server.journal.BrokenJournals;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a server is found to break that keeps its promises, and what one that was broken on purpose. */
final class SimulationTest {
    private static final int SEEDS = 10;
    private static final int SEEDS_TO_FIND = 40;

    @Test
    void everyPromiseIsKept() {
        long acknowledged = 0;
        long alerts = 0;
        int deaths = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            final SimulationResult result = Simulation.run(seed);
            assertThat(result.violation())
                    .as("seed %d%n%s", seed, String.join("\n", result.log()))
                    .isNull();
            acknowledged += result.acknowledged();
            alerts += result.alerts();
            deaths += result.deaths();
        }
        assertThat(acknowledged).isGreaterThan(SEEDS * 100L);
        assertThat(alerts).isGreaterThan(SEEDS);
        assertThat(deaths).isGreaterThan(SEEDS);
    }

    @Test
    void theSameSeedDoesTheSame() {
        final SimulationResult once = Simulation.run(11);
        assertThat(Simulation.run(11)).isEqualTo(once);
        assertThat(Simulation.run(12).fingerprint()).isNotEqualTo(once.fingerprint());
    }

    @Test
    void findsAServerWhoseSyncsDoNothing() {
        finds(new Sabotage() {
            @Override
            public boolean losesSyncs() {
                return true;
            }
        });
    }

    @Test
    void findsAServerThatAcknowledgesBeforeTheSync() {
        finds(new Sabotage() {
            @Override
            public void onTurn(final ServerLine line) {
                line.devices().onSynced(line.journal().writer().appendedSequence());
            }
        });
    }

    @Test
    void findsAServerThatForgetsTheNumbersWhenItStarts() {
        finds(new Sabotage() {
            @Override
            public void onOpened(final ServerLine line) {
                BrokenJournals.forgetNumbers(line.journal());
            }
        });
    }

    @Test
    void findsAServerThatWritesAMessageTwice() {
        finds(new Sabotage() {
            @Override
            public void onOpened(final ServerLine line) {
                BrokenJournals.repeatLast(line.journal());
            }
        });
    }

    @Test
    void findsAServerThatTrustsTheMemoryAfterASyncHasFailed() {
        finds(new Sabotage() {
            @Override
            public boolean renews() {
                return false;
            }
        });
    }

    @Test
    void findsAServerThatDoesNotLookAtChecksums() {
        finds(new Sabotage() {
            @Override
            public void onPowerCut(final Path file) {
                BrokenJournals.seal(file);
            }
        });
    }

    private static void finds(final Sabotage sabotage) {
        for (long seed = 1; seed <= SEEDS_TO_FIND; seed++) {
            final SimulationResult result = Simulation.run(seed, sabotage);
            if (!result.kept()) {
                System.out.println("found by seed " + seed + ": " + result.violation());
                assertThat(Simulation.run(seed).violation())
                        .as("the same seed with a server as it is")
                        .isNull();
                return;
            }
        }
        assertThat(SEEDS_TO_FIND).as("seeds that found nothing").isZero();
    }
}
