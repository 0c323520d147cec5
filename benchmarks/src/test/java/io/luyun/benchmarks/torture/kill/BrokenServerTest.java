package io.luyun.benchmarks.torture.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.luyun.benchmarks.torture.Fault;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Subject;
import io.luyun.benchmarks.torture.Trial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The harness itself: a server that is broken on purpose fails the check that it should. That a sound one passes is what
 * {@code luyun torture --short} shows with every change.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class BrokenServerTest {
    @TempDir
    private Path directory;

    @Test
    void noticesThatNothingIsSynced() throws Exception {
        final Outcome.Notes notes = new Outcome.Notes();
        new Forced(new FaultAgent(directory), List.of(Tamper.NO_SYNC)).run(directory, notes);
        assertThat(notes.outcome().troubles())
                .singleElement()
                .asString()
                .matches("\\d+ KiB acknowledged as synced were not written");
    }

    @Test
    void noticesAcknowledgementsThatComeTooEarly() throws Exception {
        final Outcome.Notes notes = new Outcome.Notes();
        new Held(new FaultAgent(directory), List.of(Tamper.EARLY_ACKNOWLEDGEMENT))
                .run(List.of(Point.SYNC_BEFORE_FORCE), directory, notes);
        assertThat(notes.outcome().troubles())
                .contains("acknowledges what is not safe: on and on while held at SYNC_BEFORE_FORCE");
    }

    @Test
    void noticesThatWhatWasTakenIsTakenAgain() {
        // The second time it meets vehicles that have been answered before.
        final Fault kills = new PointKills(List.of(Point.OPEN_BEFORE_FORCE_OF_SCANNED), List.of(Tamper.EVERYTHING_NEW));
        assertThatThrownBy(() -> run(kills, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a vehicle found what must not be")
                .hasMessageContaining("acknowledged up to 0 after");
    }

    @Test
    void noticesThatChecksumsAreNotChecked() throws Exception {
        final List<String> command = new ArrayList<>(Subject.java(
                List.of("-XX:TieredStopAtLevel=1", new FaultAgent(directory).tamper(Tamper.NO_CHECKSUM)),
                "io.luyun.benchmarks.Main"));
        command.addAll(List.of("torture", "--only", "F5", "--cycles", "1"));
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        assertThat(said)
                .contains("is served with other bytes than were written")
                .contains("F5   broken");
    }

    private Outcome run(final Fault fault, final int cycles) throws IOException, InterruptedException {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        return fault.run(new Trial(directory, seed, cycles, false, System.out::println));
    }
}
