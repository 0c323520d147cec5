package io.luyun.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HealthTest {
    private static final long MIB = 1 << 20;

    @TempDir
    private Path directory;

    @Test
    void refusesBelowTheLowMarkAndAcceptsAboveTheHighOne() {
        try (Rig rig = new Rig(directory.resolve("journal"))) {
            rig.config = new JournalConfig(
                    rig.directory.toString(), 2_000, 256, 1_024, 1, "FAST_HOURLY", 100, 150, 0, 1_000_000, 1);
            rig.open();
            final JournalWriter writer = rig.journal.writer();
            final int device = rig.session("obu-1", 1);
            rig.message(device, 1);
            usable(rig, 100 * MIB);
            assertThat(writer.accepting()).isTrue();
            usable(rig, 99 * MIB);
            assertThat(writer.accepting()).isFalse();
            assertThat(writer.refusal()).isEqualTo("disk low: 99 MiB free, 150 MiB needed");
            assertThat(writer.doWork())
                    .as("what was taken in is still appended")
                    .isEqualTo(2);
            usable(rig, 149 * MIB);
            assertThat(writer.accepting()).isFalse();
            usable(rig, 49 * MIB);
            rig.message(device, 2);
            assertThat(writer.doWork()).as("but not into a full disk").isZero();
            usable(rig, 150 * MIB);
            assertThat(writer.accepting()).isTrue();
            assertThat(writer.doWork()).isEqualTo(1);
            assertThat(rig.read()).hasSize(3);
        }
    }

    @Test
    void endsWhenCompiledCodeHearsLateThatAPageWasNotToBeHad() {
        try (Rig rig = new Rig(directory.resolve("journal")).open()) {
            final JournalWriter writer = rig.journal.writer();
            final int device = rig.session("obu-1", 1);
            writer.doWork();
            final long before = writer.appendedSequence();
            writer.observe(
                    (session, kind, number, sequence, duplicate) -> {
                        throw new InternalError("a fault occurred in a recent unsafe memory access operation");
                    },
                    sequence -> {});
            rig.message(device, 1);
            assertThat(writer.doWork()).isZero();
            assertThat(writer.appendedSequence())
                    .as("what may be synced and acknowledged")
                    .isEqualTo(before);
            assertThat(writer.refusal()).startsWith("cannot append to the journal: java.lang.InternalError");
            assertThat(writer.accepting()).isFalse();
        }
    }

    private static void usable(final Rig rig, final long bytes) {
        rig.usableBytes = bytes;
        rig.journal.keeper().duty();
    }
}
