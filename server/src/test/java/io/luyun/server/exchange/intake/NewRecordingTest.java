package io.luyun.server.exchange.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals made of messages. */
final class NewRecordingTest {
    private static final long TIME_NS = 1_767_225_600_000_000_000L;
    private static final int INTAKE_KIB = 64;
    private static final int LONGEST = 4_000;

    @TempDir
    private Path directory;

    /** Messages of all lengths, so that the ring ends within one, many times over. */
    @Test
    void takesMoreThanTheIntakeHasRoomFor() {
        final long seed = System.nanoTime();
        System.out.println("NewRecordingTest seed " + seed);
        final Random random = new Random(seed);
        final List<Throwable> errors = new ArrayList<>();
        final int messages = 10 * INTAKE_KIB * 1_024 / (LONGEST / 2);
        try (NewRecording recording = new NewRecording(
                directory,
                (at, clock) -> Journal.open(
                        new JournalConfig(
                                at.toString(), 2_000, 256, INTAKE_KIB, 1, "FAST_DAILY", 1, 2, 0, 1_000_000, 0),
                        clock,
                        new Counters(),
                        new Latencies(),
                        errors::add))) {
            for (int i = 0; i < messages; i++) {
                recording.raw("veh-1", "topic", TIME_NS + i, new byte[random.nextInt(LONGEST)], "why");
            }
            // the start of a server and a session are made up
            assertThat(recording.records()).isEqualTo(messages + 2);
        }
        assertThat(errors).isEmpty();
        assertThat(Journal.openReadOnly(directory.resolve("journal")).check().sound())
                .isTrue();
    }
}
