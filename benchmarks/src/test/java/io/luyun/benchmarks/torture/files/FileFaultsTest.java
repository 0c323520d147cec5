package io.luyun.benchmarks.torture.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.benchmarks.torture.Fault;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Outcome.Verdict;
import io.luyun.benchmarks.torture.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shortest form of these faults, against the real server. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class FileFaultsTest {
    @TempDir
    private Path directory;

    @Test
    void damageIsFoundAndTheRestServed() throws Exception {
        final Outcome outcome = held(new BitRot());
        assertThat(outcome.figures().get("detected"))
                .isEqualTo(outcome.figures().get("with damage"));
    }

    @Test
    void aStoppedServerGoesOnAndASecondIsRefused() throws Exception {
        assertThat(held(new Suspended()).figures())
                .containsEntry("lost", "0")
                .containsEntry("second servers refused", "2");
    }

    @Test
    void anEarlierJournalIsReadAndALaterOneRefused() throws Exception {
        assertThat(held(new OldJournal()).figures()).containsEntry("read again behind new ones", "301");
    }

    private Outcome held(final Fault fault) throws IOException, InterruptedException {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Outcome outcome = fault.run(new Trial(directory, seed, 1, true, System.out::println));
        assertThat(outcome.troubles()).isEmpty();
        assertThat(outcome.verdict()).isEqualTo(Verdict.HELD);
        return outcome;
    }
}
