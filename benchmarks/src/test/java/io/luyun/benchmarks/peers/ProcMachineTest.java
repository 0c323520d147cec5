package io.luyun.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class ProcMachineTest {
    @Test
    void readsWhatTheSystemTells() {
        assertThat(ProcMachine.treeNanosIn("12 (a b) c) S 1 2 3 4 5 6 7 8 9 10 150 25 7 8 20 0 31 0 100 200 300"))
                .isEqualTo(1_900_000_000L);
        assertThat(ProcMachine.busyNanos("cpu  1 2 4 1000 2000 8 16 32 0 0\ncpu0 1 2 4 1000 2000 8 16 32 0 0\n"))
                .isEqualTo(630_000_000L);
        final String status = "Name:\tx\nVmRSS:\t    2048 kB\nRssAnon:\t    1024 kB\n";
        assertThat(ProcMachine.bytes(status, "RssAnon:")).isEqualTo(1 << 20);
        assertThat(ProcMachine.bytes(status, "VmRSS:")).isEqualTo(2 << 20);
    }

    @Test
    void seesWhatAProcessUses() throws IOException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/stat")), "no /proc here");
        final Machine machine = new ProcMachine(ProcessHandle.current().pid(), List.of());
        final Machine.Look before = machine.look();
        final long endNs = System.nanoTime() + 10_000_000_000L;
        Machine.Look after = machine.look();
        while (after.serverNs() - before.serverNs() < 50_000_000 && System.nanoTime() < endNs) {
            after = machine.look();
        }
        assertThat(after.serverNs()).isGreaterThanOrEqualTo(before.serverNs() + 50_000_000);
        assertThat(after.busyNs()).isGreaterThan(before.busyNs());
        assertThat(after.ownBytes()).isBetween(1L << 20, after.residentBytes());
    }

    @Test
    void aProcessThatHasEndedIsNamed() throws Exception {
        final Process process = new ProcessBuilder("true").start();
        process.waitFor();
        assertThatThrownBy(() -> new ProcMachine(process.pid(), List.of()))
                .hasMessageContaining("process " + process.pid());
    }
}
