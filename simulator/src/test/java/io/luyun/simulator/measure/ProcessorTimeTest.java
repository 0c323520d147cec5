package io.luyun.simulator.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What a report tells of processor time is what {@code /proc} tells. */
final class ProcessorTimeTest {
    private static final Path STAT = Path.of("/proc/self/stat");
    private static final long NANOS_PER_TICK = 10_000_000;

    @Test
    void agreesWithProc() throws IOException {
        Assumptions.assumeTrue(Files.isReadable(STAT), "no /proc here");
        final ProcessorTime own = ProcessorTime.own();
        final long begin = own.nanos();
        double work = 0;
        // until so much has been used that a tick more or less does not matter; not by the clock on the wall
        while (own.nanos() - begin < 300_000_000) {
            work += Math.sin(work + 1);
        }
        final long before = fromProc();
        final long told = own.nanos();
        final long after = fromProc();

        assertThat(work).isFinite();
        assertThat(told).isBetween(before - NANOS_PER_TICK, after + NANOS_PER_TICK);
    }

    @Test
    void allOfTheMachineUsesNoLessThanOneProcess() throws IOException {
        Assumptions.assumeTrue(Files.isReadable(STAT), "no /proc here");
        assertThat(MachineTime.nanos()).isGreaterThanOrEqualTo(fromProc() - NANOS_PER_TICK);
        assertThat(MachineTime.nanosIn("cpu  10 20 30 40 50 60 70 80 90 100\ncpu0 1\n"))
                .as("all but what was idle or waited, and guests once")
                .isEqualTo((10 + 20 + 30 + 60 + 70 + 80) * NANOS_PER_TICK);
    }

    @Test
    void aProcessThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new ProcessorTime(999_999_999)).hasMessage("there is no process 999999999");
    }

    private static long fromProc() throws IOException {
        final String stat = Files.readString(STAT);
        final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK;
    }
}
